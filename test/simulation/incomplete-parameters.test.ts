import { expect, it } from "vitest";
import type { ParameterOverrides, Parameters } from "../../src/model/parameters.ts";
import { Simulation } from "../../src/simulation/advance.ts";

// A caller in JavaScript has no compiler that says so.
it.each<ParameterOverrides | undefined>([
  undefined,
  {},
  { protocol: "training" },
  { model: "2014" },
])("overrides alone, such as %j, are no parameters", (overrides) => {
  expect(() => new Simulation(overrides as Parameters)).toThrow(
    / is missing: expected all parameters, as resolveParameters\(\{ … \}\) returns them\.$/,
  );
});

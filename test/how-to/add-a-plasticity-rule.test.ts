import { join } from "node:path";
import { expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { followPage } from "./page.ts";

it("the page Add a plasticity rule adds one by which a run learns", () => {
  const run = openRun(join(followPage("add-a-plasticity-rule"), "runs/weight-dependent"));
  expect(run.manifest.parameters["weightDependentPotentiation"]).toMatchObject({ value: 0.02 });
  const gains = run.gains(run.gainTimesMs.length - 1);
  expect(Math.min(...gains)).toBeLessThan(1);
  expect(Math.max(...gains)).toBeGreaterThan(1);
});

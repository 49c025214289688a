import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import {
  definitionOf,
  type ParameterName,
  type ParameterOverrides,
  parameterNames,
} from "../../src/model/parameters.ts";
import {
  allowedValues,
  consistencyErrors,
  overrideErrors,
  valueError,
} from "../../src/model/validation.ts";

const numeric = parameterNames.flatMap((name) => {
  const definition = definitionOf(name);
  return definition.kind === "number" || definition.kind === "integer"
    ? [[name, definition] as const]
    : [];
});

test("every published value is allowed, and so are the derived ones", () => {
  for (const protocol of ["training", "deletion"] as const) {
    const parameters = resolveParameters({ protocol });
    expect(overrideErrors(parameters)).toEqual([]);
    expect(consistencyErrors(parameters)).toEqual([]);
  }
});

test.each(numeric)("%s keeps to its range", (name, { kind, range: [min, max], aboveMin }) => {
  expect(valueError(name, min) === undefined).toBe(aboveMin !== true);
  expect(valueError(name, max)).toBeUndefined();
  const step = kind === "integer" ? 1 : Math.max(Math.abs(min), Math.abs(max)) * 1e-9;
  expect(valueError(name, min - step)).toBeDefined();
  expect(valueError(name, max + step)).toBeDefined();
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "1", null, true]) {
    expect(valueError(name, value)?.parameter).toBe(name);
  }
  expect(valueError(name, (min + max) / 2 + 0.25) === undefined).toBe(kind === "number");
});

test("switches and choices take nothing else", () => {
  expect(valueError("scaling", false)).toBeUndefined();
  expect(valueError("scaling", 1)?.allowed).toBe("true or false");
  expect(valueError("protocol", "training")).toBeUndefined();
  expect(valueError("protocol", 1)?.allowed).toContain("a string, deletion or training");
  expect(valueError("protocol", "Training")).toBeDefined();
});

test("the allowed values say range, bound and unit", () => {
  expect(allowedValues("scalingStartMs")).toBe("a number from 0 to 1e12 ms");
  expect(allowedValues("columnSideUm")).toBe("a number above 0, up to 1e12 µm");
  expect(allowedValues("reversalGabaMv")).toBe("a number from -1000 to -0.001 mV");
});

test("values of a library caller are named as they are", () => {
  const overrides = { plasticIncrementEE: -0.5, scale: 2 } as ParameterOverrides;
  expect(overrideErrors(overrides).map(({ message }) => message)).toEqual([
    "plasticIncrementEE = -0.5: expected a number from 0 to 1e12.",
    'Unknown parameter "scale". Did you mean sizeFactor?',
  ]);
});

function inconsistencies(overrides: ParameterOverrides): string {
  try {
    resolveParameters(overrides);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test.each<[ParameterOverrides, string]>([
  [
    { plasticityStartMs: 9e6 },
    "plasticityStartMs = 9000000: expected at most 8800000 ms, the plasticityEndMs.",
  ],
  [
    { protocol: "training", trainingEndMs: 10 },
    "trainingStartMs = 800000: expected at most 10 ms, the trainingEndMs.",
  ],
  [
    { protocol: "deletion", deletionStepCells: 471 },
    "deletionStepCells = 471: expected at most 470 cells, all of the column.",
  ],
  [
    { recallDurationS: 1e9 },
    "baselineDurationS + learningDurationS + recallDurationS = 1000008800 s: expected more than 0, at most 1e9 s.",
  ],
  [
    { protocol: "training", baselineDurationS: 0, learningDurationS: 0, recallDurationS: 0 },
    "baselineDurationS + learningDurationS + recallDurationS = 0 s: expected more than 0, at most 1e9 s.",
  ],
])("%o do not go together", (overrides, message) => {
  expect(inconsistencies(overrides)).toBe(message);
});

test.each<ParameterOverrides>([
  { learningDurationS: 0, plasticityStartMs: 9e6 },
  { protocol: "training", trainingWeightMv: 0, trainingEndMs: 10 },
  { protocol: "training", deletionStepCells: 471 },
  { protocol: "deletion", sizeFactor: 2, deletionStepCells: 471 },
])("%o have no effect on each other", (overrides) => {
  expect(inconsistencies(overrides)).toBe("");
});

test("several inconsistencies come together", () => {
  const names: ParameterName[] = ["plasticityStartMs", "trainingStartMs", "deletionStepCells"];
  const message = inconsistencies(Object.fromEntries(names.map((name) => [name, 1e9])));
  for (const name of names) expect(message).toContain(`${name} = 1000000000`);
});

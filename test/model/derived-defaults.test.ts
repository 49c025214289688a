import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseOriginalOverrides } from "../../src/model/overrides.ts";
import { models } from "../../src/model/parameter-definition.ts";
import { InvalidParametersError } from "../../src/model/parameter-error.ts";
import {
  namesOf,
  type ParameterName,
  type ParameterOverrides,
} from "../../src/model/parameters.ts";
import { durationMs } from "../../src/model/timeline.ts";

test("the published training run", () => {
  expect(resolveParameters({ protocol: "training" })).toMatchObject({
    scalingStartMs: 800_000,
    plasticityStartMs: 800_000,
    plasticityEndMs: 8_800_000,
    trainingStartMs: 800_000,
    trainingEndMs: 8_800_000,
    samplingIntervalMs: 10_000,
    gainEE: 5.45455,
    gainEI: 15,
    gainIE: 5.45455,
    gainII: 5.45455,
    connectionFactor: 1,
    wiringLengthUm: 10,
  });
});

test("a deletion run follows its buffer interval", () => {
  expect(resolveParameters({ protocol: "deletion", bufferIntervalMs: 1_600_000 })).toMatchObject({
    scalingStartMs: 1_600_000,
    deletionIntervalMs: 1_600_000,
    samplingIntervalMs: 100_000,
    deletionStepCells: 5,
  });
});

test("the buffer interval does not move a training run's scaling", () => {
  const parameters = resolveParameters({ protocol: "training", bufferIntervalMs: 5000 });
  expect(parameters.scalingStartMs).toBe(800_000);
});

test("computed defaults have six digits, given values all of theirs", () => {
  const parameters = resolveParameters({
    sizeFactor: 3,
    columnSideUm: 100,
    baselineDurationS: 1234.5678,
    learningDurationS: 100,
    gainII: 60 / 11,
  });
  expect(parameters).toMatchObject({
    connectionFactor: 0.333333,
    wiringLengthUm: 33.3333,
    plasticityStartMs: 1_234_570,
    plasticityEndMs: 1_334_570,
    baselineDurationS: 1234.5678,
    gainEE: 5.45455,
    gainII: 60 / 11,
    deletionStepCells: 15,
  });
});

test("a fractional deletion step is rounded up", () => {
  expect(resolveParameters({ sizeFactor: 1.5 }).deletionStepCells).toBe(8);
  expect(resolveParameters({ sizeFactor: 0.1 }).deletionStepCells).toBe(1);
});

test.each(models)(
  "every parameter of the %i model is filled in, and the result is frozen",
  (model) => {
    const parameters = resolveParameters({ model: `${model}` });
    expect(Object.keys(parameters)).toEqual(namesOf(model));
    expect(Object.values(parameters)).not.toContain(null);
    expect(Object.isFrozen(parameters)).toBe(true);
  },
);

test("resolving what was resolved changes nothing", () => {
  const phase = fc.double({ min: 0, max: 1e6, noNaN: true });
  const overrides = fc.record({
    protocol: fc.constantFrom("training" as const, "deletion" as const),
    sizeFactor: fc.double({ min: 0.1, max: 20, noNaN: true }),
    baselineDurationS: phase,
    learningDurationS: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    recallDurationS: phase,
    columnSideUm: fc.double({ min: 1, max: 1000, noNaN: true }),
  });
  fc.assert(
    fc.property(overrides, (given) => {
      const parameters = resolveParameters(given);
      expect(parameters).toMatchObject(given);
      expect(resolveParameters(parameters)).toEqual(parameters);
    }),
  );
});

test("what is wrong is refused, all of it at once", () => {
  const overrides = { sizeFactor: Number.NaN, scalling: true } as ParameterOverrides;
  expect(() => resolveParameters(overrides)).toThrow(InvalidParametersError);
  expect(() => resolveParameters(overrides)).toThrow(/sizeFactor = NaN.*\n.*"scalling".*scaling/);
});

const referenceFolder = new URL("../reference/", import.meta.url);
const references = readdirSync(referenceFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "published")
  .map(({ name }) => name);

test.each(references)("the original's command line of %s", (name) => {
  const text = readFileSync(new URL(`${name}/run.json`, referenceFolder), "utf8");
  const run = JSON.parse(text) as { original: string; durationMs: number };
  const overrides = parseOriginalOverrides(run.original);
  const parameters = resolveParameters(overrides);
  expect(durationMs(parameters)).toBe(run.durationMs);
  for (const name of Object.keys(overrides) as ParameterName[]) {
    expect(parameters[name]).toBe(overrides[name]);
  }
});

test("there are reference runs to read", () => {
  expect(references.length).toBeGreaterThanOrEqual(5);
});

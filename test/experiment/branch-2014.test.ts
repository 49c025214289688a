import { expect, it } from "vitest";
import { branchParameters } from "../../src/experiment/branch.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";

const parent = resolveParameters({
  model: "2014",
  timelineUnitMs: 1000,
  deletionPhaseMs: 2000,
  baselineDurationS: 3,
});

it("a branch of a short run of the 2014 model changes its stimulation", () => {
  const branch = branchParameters(parent, { stimulationWeightMv: 6 }, 1500);
  expect(branch).toEqual({ ...parent, stimulationWeightMv: 6 });
});

it("derived values that the parent did not set follow the change", () => {
  const change = { timelineUnitMs: 500, baselineDurationS: 2.5 };
  expect(branchParameters(parent, change, 1500)).toMatchObject({
    baselinePhaseMs: 500,
    deletionStartMs: 5000,
    deletionPhaseMs: 2000,
  });
});

it("a branch keeps the model", () => {
  expect(() => branchParameters(parent, { model: "2013" }, 1500)).toThrow(
    /model cannot change in a branch/,
  );
});

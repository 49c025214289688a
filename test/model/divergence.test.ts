import { describe, expect, it } from "vitest";
import { branchParameters } from "../../src/experiment/branch.ts";
import { Simulation } from "../../src/experiment/simulation.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { beginningKey, commonUntilMs } from "../../src/model/divergence.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { everything } from "../experiment/tiny-run.ts";

/** Learning from 200 to 800 ms, scaling from 250, deletion every 170, trials of 130 ms. */
const lively: ParameterOverrides = {
  ...everything,
  externalGain: 20,
  trainingRateHz: 40,
  plasticIncrementEE: 0.2,
  scalingBeta: 4e-3,
};

const training: ParameterOverrides = { ...lively, protocol: "training" };

/** Spikes and switches as text. */
function courseOf(simulation: Simulation, untilMs = Infinity): string[] {
  const course: string[] = [];
  simulation.advance(
    untilMs,
    (timesMs, cells, count) => {
      for (let k = 0; k < count; k++) course.push(`${timesMs[k]} ${cells[k]}`);
    },
    (event) => course.push(JSON.stringify(event)),
  );
  if (untilMs === Infinity) simulation.finish((event) => course.push(JSON.stringify(event)));
  return course;
}

/** Runs that have a past in common: what both have, how they differ, and until when they do not. */
const pairs: readonly (readonly [
  string,
  ParameterOverrides,
  ParameterOverrides,
  ParameterOverrides,
  number,
])[] = [
  ["scaling", training, { scaling: false }, { scaling: true }, 250],
  ["scaling's start", training, { scalingStartMs: 600 }, { scalingStartMs: 300 }, 300],
  ["scaling's rates", training, { scalingBeta: 0.04 }, { scalingGamma: 1e-3 }, 250],
  ["the STDP step", training, { plasticIncrementEE: 0.5 }, { plasticMaximumEE: 1.5 }, 200],
  ["the end of STDP", training, { plasticityEndMs: 500 }, { plasticityEndMs: 400 }, 400],
  ["training", training, { trainingRateHz: 80 }, { trainingWeightMv: 40 }, 200],
  ["shuffled training", training, { trainingShuffled: true }, {}, 200],
  [
    "phases",
    { ...training, trainingWeightMv: 20 },
    { learningDurationS: 0.3, recallDurationS: 0.5 },
    {},
    200,
  ],
  [
    "the beginning of learning",
    training,
    { baselineDurationS: 0.1, learningDurationS: 0.7 },
    {},
    100,
  ],
  ["deletion", lively, { deletionStepCells: 9 }, { externalReduction: 1 }, 130 + 40],
  ["the pace of deletion", lively, { deletionIntervalMs: 400 }, { deletionIntervalMs: 300 }, 300],
  ["trials", lively, { trialDurationMs: 160 }, { trialDurationMs: 350 }, 160],
];

describe("the past that two runs have in common", () => {
  it.each(pairs)("ends where %s can tell them apart", (_, shared, a, b, expectedMs) => {
    const [one, other] = [a, b].map((own) => resolveParameters({ ...shared, ...own }));
    const commonMs = commonUntilMs(one!, other!);
    expect(commonMs).toBe(expectedMs);
    expect(commonUntilMs(other!, one!)).toBe(commonMs);
    expect(beginningKey(one!)).toBe(beginningKey(other!));
    const [first, second] = [one!, other!].map((run) => courseOf(new Simulation(run)));
    const parent = new Simulation(one!);
    const past = courseOf(parent, commonMs);
    expect(second!.slice(0, past.length)).toEqual(past);
    expect(second).not.toEqual(first);
    const branch = new Simulation(branchParameters(one!, other!, commonMs));
    branch.branchFrom(parent);
    expect([...past, ...courseOf(branch)]).toEqual(second);
  });

  it.each<[string, ParameterOverrides, ParameterOverrides]>([
    ["that have no learning", { learningDurationS: 0 }, { plasticIncrementEE: 0.5 }],
    ["without scaling", { scaling: false }, { scalingBeta: 1, scalingStartMs: 10 }],
    ["without deletion", { protocol: "training" }, { deletionStepCells: 9, trialDurationMs: 7 }],
    ["without inhibitory STDP", {}, { plasticIncrementIE: 0.5 }],
  ])("does not end for runs %s, whatever is set for it", (_, shared, changes) => {
    const one = resolveParameters({ ...lively, ...shared });
    const other = resolveParameters({ ...lively, ...shared, ...changes });
    expect(commonUntilMs(one, other)).toBe(Infinity);
    expect(courseOf(new Simulation(other))).toEqual(courseOf(new Simulation(one)));
  });

  it.each<[string, ParameterOverrides]>([
    ["another network", { wiringSeed: 3 }],
    ["other input", { inputSeed: 3 }],
    ["another external weight", { externalGain: 19 }],
    ["another length", { recallDurationS: 0.3 }],
    ["other times of samples", { samplingIntervalMs: 7 }],
  ])("is nothing for runs with %s", (_, changes) => {
    const one = resolveParameters(lively);
    const other = resolveParameters({ ...lively, ...changes });
    expect(commonUntilMs(one, other)).toBe(0);
    expect(beginningKey(other)).not.toBe(beginningKey(one));
  });
});

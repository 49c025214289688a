import { describe, expect, it } from "vitest";
import { branchParameters } from "../../src/experiment/branch.ts";
import { type Course, timelineOf } from "../../src/experiment/definition.ts";
import { beginningKey, commonUntilMs } from "../../src/experiment/divergence.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides, Parameters } from "../../src/model/parameters.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import type { EntrySource } from "../../src/timeline/entry.ts";
import { everything } from "../simulation/tiny-run.ts";

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

const planned = (parameters: Parameters, entries: Course["entries"] = []) => ({
  parameters,
  timeline: timelineOf({ parameters, entries }).timeline,
});

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
  ["the end of training", training, { trainingEndMs: 500 }, { trainingEndMs: 400 }, 200],
  [
    "the end of shuffled training",
    { ...training, trainingShuffled: true },
    { trainingEndMs: 500 },
    { trainingEndMs: 400 },
    200,
  ],
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
    const commonMs = commonUntilMs(planned(one!), planned(other!));
    expect(commonMs).toBe(expectedMs);
    expect(commonUntilMs(planned(other!), planned(one!))).toBe(commonMs);
    expect(beginningKey(planned(one!))).toBe(beginningKey(planned(other!)));
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
    expect(commonUntilMs(planned(one), planned(other))).toBe(Infinity);
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
    expect(commonUntilMs(planned(one), planned(other))).toBe(0);
    expect(beginningKey(planned(other))).not.toBe(beginningKey(planned(one)));
  });
});

describe("the past that two timelines have in common", () => {
  const parameters = resolveParameters({
    ...training,
    scaling: false,
    plasticityStartMs: 0,
    plasticityEndMs: 0,
  });
  const at = (entry: EntrySource, ...others: EntrySource[]) => [{ id: "it", ...entry }, ...others];
  const loss = { from: "200 ms", delete: { cells: "E", count: 1 } };
  const loop = {
    when: { measure: "rate", cells: "E", over: "200 ms", above: "0.1 Hz" },
    once: true,
  };

  it.each<[string, readonly EntrySource[], readonly EntrySource[], number]>([
    ["one that only one has", [], at({ at: "300 ms", external: 0.5 }), 300],
    ["a time", at({ at: "300 ms", external: 0.5 }), at({ at: "400 ms", external: 0.5 }), 300],
    [
      "an end",
      at({ from: "100 ms", until: "400 ms", external: 0.5 }),
      at({ from: "100 ms", external: 0.5 }),
      400,
    ],
    ["what is done", at({ at: "300 ms", external: 0.5 }), at({ at: "300 ms", external: 0.6 }), 300],
    ["an interval", at({ ...loss, every: "100 ms" }), at({ ...loss, every: "150 ms" }), 300],
    [
      "an interval and what is done",
      at({ ...loss, every: "100 ms" }),
      at({ from: "200 ms", every: "150 ms", delete: { cells: "E", count: 2 } }),
      200,
    ],
    [
      "the last of a series",
      at({ ...loss, every: "100 ms", until: "450 ms" }),
      at({ ...loss, every: "100 ms" }),
      400,
    ],
    [
      "what a closed loop does",
      at({ ...loop, from: "650 ms", external: 0.5 }),
      at({ ...loop, from: "650 ms", external: 2 }),
      300,
    ],
    [
      "what is silent",
      at({ at: ["200 ms", "500 ms"], for: "100 ms", silence: { cells: "E2" } }),
      at({ at: ["200 ms", "500 ms"], for: "150 ms", silence: { cells: "E2" } }),
      200,
    ],
  ])("ends where %s can tell them apart", (_, a, b, expectedMs) => {
    const commonMs = commonUntilMs(planned(parameters, a), planned(parameters, b));
    expect(commonMs).toBe(expectedMs);
    expect(commonUntilMs(planned(parameters, b), planned(parameters, a))).toBe(commonMs);
    const [first, second] = [a, b].map((entries) =>
      courseOf(new Simulation(parameters, { entries })),
    );
    const parent = new Simulation(parameters, { entries: a });
    const past = courseOf(parent, commonMs);
    expect(second!.slice(0, past.length)).toEqual(past);
    expect(second).not.toEqual(first);
    const branch = new Simulation(parameters, { entries: b });
    branch.branchFrom(parent);
    expect([...past, ...courseOf(branch)]).toEqual(second);
  });

  it("ends where an entry turns on what a parameter is for", () => {
    const on = [{ at: "300 ms", scaling: "on" }];
    const other = resolveParameters({ ...parameters, scalingBeta: 0.04 });
    expect(commonUntilMs(planned(parameters), planned(other))).toBe(Infinity);
    expect(commonUntilMs(planned(parameters, on), planned(other, on))).toBe(300);
  });

  it("is nothing where the first thing that is done differs", () => {
    const [one, other] = [1, 2].map((seed) => planned(parameters, at({ at: "0 s", reseed: seed })));
    expect(commonUntilMs(one!, other!)).toBe(0);
    expect(beginningKey(one!)).not.toBe(beginningKey(other!));
  });
});

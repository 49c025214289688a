import { describe, expect, it } from "vitest";
import {
  type Plan,
  planSweep,
  SweepPlanError,
  taskCourse,
  taskParameters,
} from "../../../src/study/planning/plan.ts";
import { decodePlan, encodePlan } from "../../../src/study/planning/plan-file.ts";
import { readSweep, type SweepPreset } from "../../../src/study/planning/sweep-file.ts";
import { planTiny, testProgram, tinyPresets } from "./tiny-sweep.ts";

const runsOf = ({ tasks }: Plan) => tasks.filter(({ kind }) => kind === "run");
const baselinesOf = ({ tasks }: Plan) => tasks.filter(({ kind }) => kind === "baseline");

describe("a plan", () => {
  it("has a run for each setting and seed, the seeds changing fastest", () => {
    const plan = planTiny(`
preset: tiny
set: { trainingRateHz: 30 }
vary: { externalGain: [15, 16] }
seeds: [0, 3]
`);
    const runs = runsOf(plan).map(({ settings, seed }) => [settings.externalGain, seed]);
    expect(runs).toEqual([
      [15, 0],
      [15, 3],
      [16, 0],
      [16, 3],
    ]);
    expect(plan.tasks.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    const parameters = taskParameters(plan.header, plan.tasks[3]!);
    expect(parameters).toMatchObject({
      trainingRateHz: 30,
      externalGain: 16,
      baselineDurationS: 0.2,
    });
    expect(parameters.wiringSeed).not.toBe(534023);
    expect(taskParameters(plan.header, plan.tasks[2]!).wiringSeed).toBe(534023);
  });

  it("names each simulation by its contents", () => {
    const text = "preset: tiny\nvary: { externalGain: [15, 16] }\nseeds: [0, 3]";
    const hashes = planTiny(text).tasks.map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(4);
    expect(planTiny(text).tasks.map(({ hash }) => hash)).toEqual(hashes);
    // Where a run stands in a plan, what else there is and how parameters are called is all one.
    const other = planTiny("preset: tiny\nset: { EXGain: 16 }\nseeds: [3]");
    expect(other.tasks[0]!.hash).toBe(hashes[3]);
    const changed = [
      planTiny(text, { ...testProgram, version: "1.2.4" }),
      planTiny(`${text}\nset: { trainingRateHz: 30 }`),
      planTiny(`${text}\ngainTimesS: [0.5]`),
    ];
    for (const plan of changed) {
      for (const { hash } of plan.tasks) expect(hashes).not.toContain(hash);
    }
  });

  it("simulates what runs have in common once, for each network", () => {
    const plan = planTiny(`
preset: tiny
vary: { scaling: [false, true], scalingBeta: [4e-5, 4e-4] }
seeds: [0, 3]
`);
    const baselines = baselinesOf(plan);
    expect(baselines.map(({ untilMs, seed }) => [untilMs, seed])).toEqual([
      [250, 0],
      [250, 3],
    ]);
    for (const { baseline, seed } of runsOf(plan)) {
      expect(plan.tasks[baseline!]).toMatchObject({ kind: "baseline", seed });
    }
    expect(runsOf(plan)).toHaveLength(8);
    expect(plan.tasks.map(({ index }) => index)).toEqual(plan.tasks.map((_, k) => k));
  });

  it("branches off where the first difference counts", () => {
    const plan = planTiny(
      "preset: tiny\nvary: { scaling: [on, off], plasticIncrementEE: [0.1, 0.2] }",
    );
    expect(baselinesOf(plan).map(({ untilMs }) => untilMs)).toEqual([200]);
  });

  it.each([
    ["one run of a network", "vary: { scaling: [true] }"],
    ["differences from the beginning", "vary: { externalGain: [15, 16] }"],
    ["a past that is too short", "set: { baselineDurationS: 0.001 }\nvary: { plastEEinc: [1, 2] }"],
    ["no difference at all", "vary: { deletionStepCells: [1, 2] }"],
  ])("has no baseline for %s", (_, text) => {
    const plan = planTiny(`preset: tiny\n${text}`);
    expect(baselinesOf(plan)).toEqual([]);
    expect(runsOf(plan).every(({ baseline }) => baseline === null)).toBe(true);
  });

  it("refuses parameters that do not go together, and says which", () => {
    const text = "preset: tiny-deletion\nvary: { deletionStepCells: [1, 500] }";
    expect(() => planTiny(text)).toThrow(SweepPlanError);
    expect(() => planTiny(text)).toThrow(
      /A run with deletionStepCells = 500 is impossible: .*43 cells/,
    );
  });

  it("refuses a grid of more runs than anybody means, before it makes any", () => {
    const range = "{ from: 1, to: 1000, step: 1 }";
    const text = `preset: tiny\nvary: { externalGain: ${range}, weightFactor: ${range}, nmdaRatio: ${range} }`;
    expect(() => planTiny(text)).toThrow(
      "has 1000000000 settings with 1 seeds each: expected at most 1000000 runs.",
    );
  });

  it("takes a value several times when others that are zipped with it differ", () => {
    const zipped = "vary: { scaling: [on, off, on], scalingBeta: [1, 2, 3] }\ncombine: zip";
    expect(runsOf(planTiny(`preset: tiny\n${zipped}`))).toHaveLength(3);
  });

  it("refuses the same run twice", () => {
    const zipped = "vary: { scaling: [on, off, on], scalingBeta: [1, 2, 1] }\ncombine: zip";
    expect(() => planTiny(`preset: tiny\n${zipped}`)).toThrow(/twice/);
  });
});

describe("a plan that varies the timeline", () => {
  const text = `
experiment: lost.yaml
set: { loss.cells: "0-9, 20" }
vary: { loss.count: [1, 2], loss.every: [100 ms, 150 ms], quiet.external: { from: 0, to: 1, step: 0.5 } }
`;
  const lost: SweepPreset = {
    name: "lost",
    overrides: tinyPresets[0]!.overrides,
    entries: [
      {
        id: "loss",
        from: "600 ms",
        until: "800 ms",
        every: "200 ms",
        delete: { cells: "E", count: 1 },
      },
      { id: "quiet", from: "300 ms", until: "400 ms", external: 0.5 },
    ],
  };
  const plan = planSweep(
    readSweep(text, "a.yaml", "a", [], () => lost),
    testProgram,
  );

  it("has a run for each value, with the entries that it gives", () => {
    const runs = runsOf(plan);
    expect(runs).toHaveLength(2 * 2 * 3);
    const { entries } = taskCourse(plan.header, runs.at(-1)!);
    expect(entries).toEqual([
      {
        ...lost.entries![0],
        every: "150 ms",
        delete: { cells: "0-9, 20", count: 2 },
      },
      { ...lost.entries![1], external: 1 },
    ]);
    expect(new Set(runs.map(({ hash }) => hash)).size).toBe(runs.length);
  });

  it("simulates what they have in common once", () => {
    expect(baselinesOf(plan).map(({ untilMs }) => untilMs)).toEqual([300]);
    expect(runsOf(plan).every(({ baseline }) => baseline === 0)).toBe(true);
  });

  it("is read again as it was written", () => {
    expect(decodePlan(encodePlan(plan, "2026-01-01T00:00:00Z"), "plan")).toEqual(
      JSON.parse(JSON.stringify(plan)),
    );
  });

  it("sets entries that a preset has", () => {
    const own = planTiny("preset: tiny-deletion\nvary: { loss.choose: [random, excess-rate] }");
    expect(runsOf(own).map((task) => taskCourse(own.header, task).entries)).toMatchObject([
      [{ id: "loss", delete: { choose: "random" } }],
      [{ id: "loss", delete: { choose: "excess-rate" } }],
    ]);
    expect(baselinesOf(own)).toHaveLength(1);
  });
});

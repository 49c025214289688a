import { expect, it, vi } from "vitest";
import { cellsOf } from "../../src/analysis/firing/cell-groups.ts";
import { rankCorrelation } from "../../src/analysis/statistics/rank-correlation.ts";
import { cellChange, changeSummary } from "../../src/measures/change.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { runExperiment } from "../../src/simulation/run-experiment.ts";

const parameters = resolveParameters({
  protocol: "training",
  scaling: true,
  scalingStartMs: 2000,
  baselineDurationS: 2,
  learningDurationS: 2,
  recallDurationS: 2,
  samplingIntervalMs: 500,
});
const run = await runExperiment({ parameters, entries: [], description: "", preset: null });
const history = new RunHistory(run);

it("has the rates of each cell at baseline and in recall, and their rank correlation", () => {
  const change = cellChange(history)!;
  expect(change).toMatchObject({
    before: { startMs: 0, endMs: 2000 },
    after: { startMs: 4000, endMs: 6000 },
  });
  const { timesMs, cells } = run.spikes();
  const counted = (cell: number, fromMs: number, toMs: number) =>
    timesMs.filter((timeMs, k) => cells[k] === cell && timeMs >= fromMs && timeMs < toMs).length;
  for (const cell of [0, 60, 100, 300, 469]) {
    expect(change.beforeHz[cell]).toBe(counted(cell, 0, 2000) / 2);
    expect(change.afterHz[cell]).toBe(counted(cell, 4000, 6000) / 2);
  }
  const { rates } = changeSummary(history, change);
  expect(rates.map(({ group, cellCount }) => [group, cellCount])).toEqual([
    ["excitatory", 322],
    ["inhibitory", 148],
  ]);
  const { populations } = run.manifest;
  const inhibitory = cellsOf(populations, ({ cellClass }) => cellClass !== "E");
  const ofInhibitory = (all: Float64Array) => Float64Array.from(inhibitory, (cell) => all[cell]!);
  expect(rates[1]!.rankCorrelation).toBe(
    rankCorrelation(ofInhibitory(change.beforeHz), ofInhibitory(change.afterHz)),
  );
});

it("has each excitatory cell's scale factor, in-degree and target", () => {
  const { scaling } = cellChange(history)!;
  const { presynaptic, postsynaptic } = run.synapses();
  const isE = (cell: number) => scaling!.cells.includes(cell);
  for (const place of [0, 17, 321]) {
    const cell = scaling!.cells[place]!;
    const inDegree = postsynaptic.filter((post, k) => post === cell && isE(presynaptic[k]!)).length;
    expect(scaling!.inDegrees[place]).toBe(inDegree);
  }
  const sample = history.lastSample(6000)!;
  const isSet = Array.from(scaling!.cells, (cell) => sample.targetRateKhz[cell]! >= 0);
  expect(isSet).toContain(true);
  scaling!.cells.forEach((cell, place) => {
    const target = isSet[place] ? 1000 * sample.targetRateKhz[cell]! : Number.NaN;
    expect(scaling!.targets[place]).toBe(target);
    expect(scaling!.sensed[place]).toBe(1000 * sample.sensedRateKhz[cell]!);
  });
  const { targetError } = changeSummary(history, cellChange(history)!);
  const errors = [...scaling!.sensed].flatMap((sensed, k) =>
    scaling!.targets[k]! > 0 ? [sensed / scaling!.targets[k]! - 1] : [],
  );
  expect(targetError.count).toBe(errors.length);
  expect(targetError.mean).toBeCloseTo(errors.reduce((sum, e) => sum + e, 0) / errors.length, 12);
});

it("compares the baseline with any other interval, as far as it is recorded", () => {
  const after = { startMs: 2000, endMs: 3000 };
  expect(cellChange(history, after)!.after).toEqual(after);
  expect(cellChange(history, { startMs: 5000, endMs: 7000 })).toBeUndefined();
});

it("reads the spikes of the two intervals alone", () => {
  const read = vi.spyOn(history, "lentSpikeBlocks");
  const { before, after } = cellChange(history)!;
  expect(read.mock.calls).toEqual([[before], [after]]);
  read.mockRestore();
});

import { expect, it } from "vitest";
import { compareRuns } from "../../src/measures/comparison.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { phaseStatistics, runStatistics } from "../../src/measures/statistics.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { statisticsText } from "../../src/terminal/statistics.ts";
import {
  description,
  progressAt,
  sampleOf,
  smallNetwork,
  smallSpikes,
} from "../recording/small-run.ts";

const livingIn = (run: RunReader, toMs?: number) =>
  runStatistics(new RunHistory(run), { toMs }).rates.map(({ cellRateHz }) => cellRateHz.count);

it("cells that die at the very end of a run do not live to its end", () => {
  const store = new MemoryStore();
  const writer = RunWriter.create(store, description, smallNetwork);
  writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 15_000);
  const death = { kind: "deletion", scaleFactors: [1], livingCount: 5 } as const;
  writer.recordEvent({ ...death, timeMs: 15_000, cells: [4] });
  writer.recordEvent({ ...death, timeMs: 20_000, cells: [0] });
  writer.finish("complete", progressAt(20_000));
  const run = new RunReader(store);
  expect(livingIn(run)).toEqual([2, 1, 1]);
  expect(livingIn(run, 19_999)).toEqual([3, 1, 1]);
  expect(livingIn(run, 14_999)).toEqual([3, 2, 1]);
});

it("counts the dead of each class, and those that died by their own activity", () => {
  const store = new MemoryStore();
  const writer = RunWriter.create(store, description, smallNetwork);
  writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 15_000);
  const death = { kind: "deletion", scaleFactors: [1], livingCount: 5 } as const;
  writer.recordEvent({ ...death, timeMs: 5000, cells: [4, 0], scaleFactors: [1, 1] });
  const growth = { kind: "intervention", what: "growth", phase: "done" } as const;
  writer.recordEvent({ ...growth, timeMs: 10_000, detail: { factor: 0.5 } });
  writer.recordEvent({ ...death, timeMs: 12_000, cells: [1], draw: 0.25, probability: 3 });
  const sample = { ...sampleOf(6, 1), targetRateKhz: Float64Array.of(1, 2, -1, 4, 5, 6) };
  const alive = Uint8Array.of(0, 0, 1, 1, 0, 1);
  writer.appendSample(15_000, { ...sample, alive, activity: Float64Array.of(9, 9, 3, 4, 9, 8) });
  writer.finish("complete", progressAt(20_000));
  const history = new RunHistory(new RunReader(store));
  const { deaths, growthFactor, sensedCharges } = runStatistics(history);
  expect(deaths).toEqual({ excitatory: 2, inhibitory: 1, dynamic: 1 });
  expect(growthFactor).toBe(0.5);
  expect(sensedCharges!.groups.map(({ group, mean }) => [group, mean])).toEqual([
    ["excitatory", 3],
    ["excitatory, target", Number.NaN],
    ["inhibitory", 6],
    ["inhibitory, target", 5],
  ]);
  const earlier = runStatistics(history, { toMs: 11_000 });
  expect(earlier.deaths).toEqual({ excitatory: 1, inhibitory: 1, dynamic: 0 });
});

it("statistics and comparisons of a run that was killed end with its last spike", () => {
  const store = new MemoryStore();
  const writer = RunWriter.create(store, description, smallNetwork);
  writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 10_000);
  for (const k of [1, 2, 3]) writer.appendSample(5000 * k, sampleOf(6, k));
  writer.flush(progressAt(15_000));
  const run = new RunReader(store);
  const endMs = smallSpikes.timesMs[8191]!;
  expect(run.reachedMs).toBe(endMs);
  expect(runStatistics(new RunHistory(run))).toMatchObject({
    interval: { startMs: 0, endMs },
    scaleFactors: { timeMs: 5000 },
  });
  expect(compareRuns(new RunHistory(run), new RunHistory(run))).toMatchObject({
    interval: { startMs: 0, endMs },
    a: { endMs },
  });
});

it("statistics by phase are those of each phase's time, and there are none of a single phase", () => {
  const phases = [
    { name: "baseline", startMs: 0, endMs: 7000 },
    { name: "learning", startMs: 7000, endMs: 15_000 },
    { name: "recall", startMs: 15_000, endMs: 20_000 },
  ] as const;
  const runOf = (shown: readonly (typeof phases)[number][]) => {
    const store = new MemoryStore();
    const writer = RunWriter.create(store, { ...description, phases: shown }, smallNetwork);
    writer.appendSpikes(smallSpikes.timesMs, smallSpikes.cells, 20_000);
    for (const k of [1, 2, 3]) writer.appendSample(5000 * k, sampleOf(6, k));
    writer.appendGains(7000, Float64Array.of(1, 2, 3, 4));
    writer.finish("complete", progressAt(20_000));
    return new RunHistory(new RunReader(store));
  };
  const history = runOf(phases);
  const byPhase = phaseStatistics(history)!;
  expect(byPhase.phases.map(({ phase }) => phase)).toEqual(["baseline", "learning", "recall"]);
  for (const [k, { phase, ...part }] of byPhase.phases.entries()) {
    const { startMs: fromMs, endMs: toMs } = phases[k]!;
    expect(runStatistics(history, { fromMs, toMs })).toMatchObject(part);
  }
  const { spikes, onset } = runStatistics(history);
  expect(byPhase).toMatchObject({ spikes, onset, interval: { startMs: 0, endMs: 20_000 } });
  const withBursts = phaseStatistics(history, { hasBursts: true })!;
  const text = statisticsText("run", withBursts);
  expect(text).toMatch(/spike trains, mean ± SD +baseline +learning +recall/);
  expect(text).toContain("excitatory: branching ratio");
  expect(statisticsText("run", byPhase)).not.toContain("branching");
  const { startMs: fromMs, endMs: toMs } = phases[1];
  const learning = runStatistics(history, { fromMs, toMs, hasBursts: true });
  expect(withBursts.phases[1]!.groups).toEqual(learning.groups);
  expect(statisticsText("run", learning)).toContain("population bursts per min");
  expect(phaseStatistics(runOf(phases.slice(0, 1)))).toBeUndefined();
});

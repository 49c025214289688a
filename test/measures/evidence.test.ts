import { describe, expect, it } from "vitest";
import { runEvidence } from "../../src/measures/evidence.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { MemoryStore } from "../../src/recording/memory-store.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { description, progressAt, sampleOf, smallNetwork } from "../recording/small-run.ts";

const durationMs = 40_000;
const parameters = resolveParameters({
  baselineDurationS: 40,
  learningDurationS: 0,
  recallDurationS: 0,
  scaling: true,
  scalingStartMs: 8000,
});

interface Change {
  /** Rate of each E cell, Hz, at a time. */
  readonly rateHz: (timeMs: number) => number;
  /** Planned duration, ms. */
  readonly plannedMs?: number;
  /** When cells are deleted. */
  readonly deletions?: readonly { readonly timeMs: number; readonly cells: readonly number[] }[];
}

/** Records 40 s, at which the run ends, in which the three E cells fire at even intervals, and I cell 3 at 5 Hz. */
function evidenceOf({ rateHz, plannedMs = durationMs, deletions = [] }: Change) {
  const spikes: { timeMs: number; cell: number }[] = [];
  const deathMs = (cell: number) =>
    deletions.find(({ cells }) => cells.includes(cell))?.timeMs ?? Number.POSITIVE_INFINITY;
  for (const cell of [0, 1, 2, 3]) {
    let timeMs = 10 + cell;
    while (timeMs < Math.min(durationMs, deathMs(cell))) {
      spikes.push({ timeMs, cell });
      timeMs += 1000 / (cell === 3 ? 5 : rateHz(timeMs));
    }
  }
  spikes.sort((a, b) => a.timeMs - b.timeMs);
  const store = new MemoryStore();
  const phases = [{ name: "baseline", startMs: 0, endMs: durationMs }];
  const writer = RunWriter.create(
    store,
    { ...description, parameters, phases, durationMs: plannedMs },
    smallNetwork,
  );
  writer.appendSpikes(
    Float64Array.from(spikes, ({ timeMs }) => timeMs),
    Uint32Array.from(spikes, ({ cell }) => cell),
    spikes.length,
  );
  const sample = sampleOf(6, 1);
  const alive = Uint8Array.from({ length: 6 }, (_, cell) => +(deathMs(cell) > durationMs));
  const scaleFactor = Float64Array.of(0.5, 1.5, 2.5, 1, 1, 1);
  writer.appendSample(39_000, { ...sample, alive, scaleFactor });
  for (const [timeMs, gain] of [
    [0, 1],
    [durationMs, 3],
  ] as const) {
    writer.appendGains(timeMs, Float64Array.of(gain, 1, 1, 1));
  }
  let living = 6;
  for (const { timeMs, cells } of deletions) {
    living -= cells.length;
    writer.recordEvent({
      kind: "deletion",
      timeMs,
      cells: [...cells],
      scaleFactors: cells.map(() => 1),
      livingCount: living,
    });
  }
  writer.finish("complete", progressAt(durationMs));
  return runEvidence(new RunHistory(new RunReader(store)));
}

describe("what is measured of a run", () => {
  it("is even where the rate is", () => {
    const evidence = evidenceOf({ rateHz: () => 25 });
    expect(evidence.baseline.eHz).toBeCloseTo(25, 9);
    expect(evidence.baseline.iHz).toBeCloseTo(5 / 3, 9);
    expect(evidence.baselineEndS).toBe(8);
    expect([evidence.endFromS, evidence.endToS]).toEqual([35.2, 39.2]);
    expect(evidence.end.eHz).toBeCloseTo(25, 9);
    expect(evidence.highestEHz).toBeCloseTo(25, 9);
    expect(evidence.onsetS).toBeNull();
    expect(evidence.relativeActivity.least).toBeCloseTo(1, 9);
    expect(evidence.relativeActivity.most).toBeCloseTo(1, 9);
    expect(evidence.livingCells).toBe(6);
  });

  it("tells the onset of hyperactivity and its height", () => {
    const evidence = evidenceOf({ rateHz: (timeMs) => (timeMs < 25_000 ? 2 : 100) });
    // The mean over the 4 s that end here exceeds 20 Hz when they hold 0.74 s at 100 Hz.
    expect(evidence.onsetS).toBeGreaterThan(25.5);
    expect(evidence.onsetS).toBeLessThan(26.5);
    expect(evidence.highestEHz).toBeCloseTo(100, 6);
    expect(evidence.end.eHz / evidence.baseline.eHz).toBeCloseTo(50, 6);
  });

  it("takes the end of a run that an intervention has ended from what led to it", () => {
    const evidence = evidenceOf({
      rateHz: (timeMs) => (timeMs < 37_000 ? 2 : 100),
      plannedMs: 100_000,
    });
    expect([evidence.endFromS, evidence.endToS]).toEqual([36, 40]);
    expect(evidence.end.eHz).toBeCloseTo((1 * 2 + 3 * 100) / 4, 0);
    expect(evidence.durationS).toBe(100);
  });

  it("looks at activity until half of the cells are lost, per living cell", () => {
    const evidence = evidenceOf({
      rateHz: (timeMs) => (timeMs < 30_000 ? 40 : 20),
      deletions: [
        { timeMs: 10_000, cells: [5] },
        { timeMs: 20_000, cells: [4] },
        { timeMs: 28_000, cells: [0] },
      ],
    });
    expect(evidence.relativeActivity.least).toBeGreaterThan(0.9);
    expect(evidence.livingCells).toBe(3);
    expect(evidence.end.eHz).toBeCloseTo(20, 0);
    expect(evidence.scaleFactor).toMatchObject({ mean: 2, least: 1.5, most: 2.5 });
  });

  it("has gains between E cells as last recorded", () => {
    // Of the four synapses one is between E cells: 0 onto 1.
    const { gain } = evidenceOf({ rateHz: () => 2 });
    expect(gain).toEqual({ mean: 3, standardDeviation: 0, least: 3, most: 3, notFinite: 0 });
  });

  it("compares spectra of equally long stretches", () => {
    const { spectrum } = evidenceOf({ rateHz: (timeMs) => (timeMs < 20_000 ? 8 : 25) });
    expect(spectrum!.withinBaseline).toBeLessThan(0.3);
    expect(spectrum!.baselineToEnd).toBeGreaterThan(1);
    const fromMultiple = (valueHz: number, ofHz: number) =>
      Math.abs(valueHz - ofHz * Math.round(valueHz / ofHz));
    expect(fromMultiple(spectrum!.baselinePeakHz, 8)).toBeLessThan(1.5);
    expect(fromMultiple(spectrum!.endPeakHz, 25)).toBeLessThan(1.5);
  });
});

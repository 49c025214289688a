import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { measureNames } from "../../src/measures/quantities.ts";
import { type RunResults, runResults } from "../../src/measures/results.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { RunReader } from "../../src/recording/run-reader.ts";
import { openHistory } from "../../src/runs/history.ts";
import { openRun } from "../../src/runs/opening.ts";
import { recordRun } from "../../src/runs/recorded.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { everything } from "../simulation/tiny-run.ts";

const home = sharedFolder();

let record: RunReader;
let results: RunResults;

beforeAll(async () => {
  const directory = join(home, "run");
  const parameters = resolveParameters({
    ...everything,
    externalGain: 20,
    baselineDurationS: 6,
    learningDurationS: 4,
    recallDurationS: 2,
    scalingStartMs: 2000,
    scalingBeta: 4e-3,
    deletionIntervalMs: 5000,
    samplingIntervalMs: 100,
  });
  const request = { directory, overwrite: false, preset: null, label: "run", parameters };
  await recordRun(request, { onReport: () => {}, signal: new AbortController().signal });
  record = openRun(directory);
  results = runResults(openHistory(directory));
});

/** Cells of excitatory populations. */
const excitatory = (): Set<number> =>
  new Set(
    record.manifest.populations
      .filter(({ cellClass }) => cellClass === "E")
      .flatMap(({ firstCell, cellCount }) =>
        Array.from({ length: cellCount }, (_, k) => firstCell + k),
      ),
  );

/** Spikes of E cells, and time that they lived, between two times. */
function rateEHz(startMs: number, endMs: number): number {
  const cells = excitatory();
  const spikes = record.spikes({ startMs, endMs }).cells.filter((cell) => cells.has(cell)).length;
  const deaths = new Map(
    record
      .events()
      .flatMap((event) =>
        event.kind === "deletion" ? event.cells.map((cell) => [cell, event.timeMs] as const) : [],
      ),
  );
  let livedMs = 0;
  for (const cell of cells) {
    livedMs += Math.max(0, Math.min(endMs, deaths.get(cell) ?? Infinity) - startMs);
  }
  return (1000 * spikes) / livedMs;
}

describe("the measures of a run", () => {
  it("tell rates per living cell", () => {
    const { measures } = results;
    const bins = Array.from({ length: 100 }, (_, bin) => rateEHz(120 * bin, 120 * (bin + 1)));
    const meanOf = (from: number, to: number) =>
      bins.slice(from, to).reduce((sum, rate) => sum + rate, 0) / (to - from);
    // Bins of 0.12 s. Scaling begins at 2 s, recall at 10 s.
    expect(measures.baselineRateEHz).toBeCloseTo(meanOf(0, 16), 9);
    expect(measures.finalRateEHz).toBeCloseTo(meanOf(84, 100), 9);
    expect(measures.meanRateEHz).toBeCloseTo(meanOf(0, 100), 9);
    expect(measures.meanRateIHz).toBeGreaterThan(measures.meanRateEHz!);
    const windows = Array.from({ length: 18 }, (_, first) => meanOf(first, first + 83));
    expect(measures.peakRateEHz).toBeCloseTo(Math.max(...windows), 9);
    expect(measures.spikes).toBe(record.spikeCount);
  });

  it("tell the state of living excitatory cells at the last sample", () => {
    const { sensedRateKhz, targetRateKhz, scaleFactor, alive } = record.sample(
      record.sampleTimesMs.length - 1,
    );
    const living = [...excitatory()].filter((cell) => alive[cell] === 1);
    expect(living.length).toBeLessThan(excitatory().size);
    const mean = (values: Float64Array) =>
      living.reduce((sum, cell) => sum + values[cell]!, 0) / living.length;
    const factors = living.map((cell) => scaleFactor[cell]!);
    const { measures } = results;
    expect(measures.scaleFactorMean).toBeCloseTo(mean(scaleFactor), 12);
    expect([measures.scaleFactorMin, measures.scaleFactorMax]).toEqual([
      Math.min(...factors),
      Math.max(...factors),
    ]);
    expect(measures.scaleFactorMin).toBeLessThan(measures.scaleFactorMax!);
    expect(measures.relativeActivity).toBeCloseTo(mean(sensedRateKhz) / mean(targetRateKhz), 12);
    expect(measures.livingCells).toBe(alive.reduce((sum, one) => sum + one, 0));
  });

  it("tell the gains between excitatory cells", () => {
    const cells = excitatory();
    const { presynaptic, postsynaptic } = record.synapses();
    const gains = record
      .gains(record.gainTimesMs.length - 1)
      .filter((_, k) => cells.has(presynaptic[k]!) && cells.has(postsynaptic[k]!));
    const { measures } = results;
    expect(measures.largestGainEE).toBe(Math.max(...gains));
    expect(measures.largestGainEE).toBeGreaterThan(1.01);
    expect(measures.meanGainEE).toBeCloseTo(
      gains.reduce((sum, one) => sum + one) / gains.length,
      12,
    );
  });

  it("are all there", () => {
    expect(Object.keys(results.measures).sort()).toEqual([...measureNames].sort());
    const ends = Array.from({ length: 83 }, (_, bin) => 2040 + 120 * bin);
    const onsetMs = ends.find(
      (endMs) => rateEHz(endMs - 1200, endMs) > 10 * results.measures.baselineRateEHz!,
    );
    expect(results.measures.hyperactivityOnsetS).toBe(onsetMs! / 1000);
    expect(results.measures.spectrumPeakHz).toBeGreaterThanOrEqual(1);
    expect(results.measures.spectrumPeakPower).toBeGreaterThan(0);
  });
});

describe("the curves of a run", () => {
  it("follow it from its beginning to its end", () => {
    const { rateEHz: rates, activityEHz, livingCells, gainEE, scaleFactorE } = results.curves;
    expect([...rates.timesMs]).toEqual(Array.from({ length: 100 }, (_, bin) => 120 * bin + 60));
    expect(rates.values[35]).toBeCloseTo(rateEHz(4200, 4320), 9);
    expect([...activityEHz.timesMs]).toEqual([...record.sampleTimesMs]);
    expect(livingCells.values[0]).toBe(record.manifest.network.cellCount);
    expect(livingCells.values.at(-1)).toBe(results.measures.livingCells);
    expect([...gainEE.timesMs]).toEqual([6000, 10_000, 12_000]);
    expect(gainEE.values[0]).toBe(1);
    expect(gainEE.values[2]).toBe(results.measures.meanGainEE);
    expect(scaleFactorE.values[0]).toBe(1);
    expect(scaleFactorE.values.at(-1)).toBe(results.measures.scaleFactorMean);
  });
});

describe("a run whose state leaves the finite numbers", () => {
  it("has measures that are not finite, told from those that do not exist, and says since when", async () => {
    const directory = join(home, "unstable");
    const parameters = resolveParameters({
      protocol: "training",
      baselineDurationS: 2,
      learningDurationS: 0,
      recallDurationS: 0,
      scalingStartMs: 200,
      scalingBeta: 1,
      scalingGamma: 1,
      samplingStartMs: 100,
      samplingIntervalMs: 100,
    });
    const request = { directory, overwrite: false, preset: null, label: "run", parameters };
    await recordRun(request, { onReport: () => {}, signal: new AbortController().signal });
    const { measures, curves } = runResults(openHistory(directory));
    expect(measures.scaleFactorMean).not.toBeNull();
    expect(Number.isFinite(measures.scaleFactorMean)).toBe(false);
    expect(measures.hyperactivityOnsetS).toBeNull();
    const { outsideRange, notFinite } = openRun(directory).manifest.excursions!;
    expect(measures.outsideRangeFromS).toBe(outsideRange[0]!.timeMs / 1000);
    expect(measures.notFiniteFromS).toBe(notFinite[0]!.timeMs / 1000);
    expect(measures.notFiniteCells).toBe(notFinite.flatMap(({ cells }) => cells).length);
    expect(measures.outsideRangeCells).toBeGreaterThanOrEqual(measures.notFiniteCells!);
    expect(Number.isFinite(curves.scaleFactorE.values.at(-1))).toBe(false);
    expect(results.measures).toMatchObject({
      outsideRangeFromS: null,
      outsideRangeCells: 0,
      notFiniteFromS: null,
      notFiniteCells: 0,
    });
  });
});

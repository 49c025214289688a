import { type CellPopulation, cellsOf, isExcitatory, isInhibitory } from "./cell-groups.ts";
import type { Interval } from "./interval.ts";
import { RateCounter } from "./population-rates.ts";
import { type Spikes, spikeBlocksBetween, spikeBlocksOf } from "./spikes.ts";

/** Spikes and firing rates of an interval. */
export interface SpikeRaster {
  readonly interval: Interval;
  /** Spikes in order of time, block by block; can be iterated several times. */
  readonly spikes: Iterable<Spikes>;
  readonly spikeCount: number;
  /** Edges of the bins of the rates, ms: one more than the number of bins. */
  readonly edgesMs: Float64Array;
  /** Rates in each bin: spikes per second and living cell; NaN if no cell lives. */
  readonly excitatoryHz: Float64Array;
  readonly inhibitoryHz: Float64Array;
}

/** Options of `spikeRaster`. */
export interface SpikeRasterOptions {
  /** Width of the bins of the rates, ms; by default 1, 2, 5, 10, 20 … for at most 375 bins. */
  readonly binMs?: number;
  /** Time of deletion of each cell, ms, infinite if none; absent if all cells live. */
  readonly deathTimesMs?: Float64Array;
}

/**
 * Spikes and firing rates of an interval, as `rasterFigure` draws them.
 *
 * @param spikes in order of time, in one piece or in blocks that can be iterated several times
 * @throws {IntervalError} if the interval is empty or the bin width is not positive
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const { populations } = run.manifest;
 * const interval = { startMs: 0, endMs: 2000 };
 * const raster = analysis.spikeRaster(run.spikes(), populations, interval);
 * console.log(raster.spikeCount, raster.excitatoryHz);
 * ```
 */
export function spikeRaster(
  spikes: Spikes | Iterable<Spikes>,
  populations: readonly CellPopulation[],
  interval: Interval,
  { binMs = binWidthMs(interval), deathTimesMs }: SpikeRasterOptions = {},
): SpikeRaster {
  const groups = [cellsOf(populations, isExcitatory), cellsOf(populations, isInhibitory)];
  const counter = new RateCounter(groups, { ...interval, binMs });
  const inside = spikeBlocksBetween(spikeBlocksOf(spikes), interval.startMs, interval.endMs);
  let spikeCount = 0;
  for (const block of inside) {
    counter.add(block);
    spikeCount += block.timesMs.length;
  }
  const { edgesMs, ratesHz } = counter.rates(deathTimesMs);
  const [excitatoryHz, inhibitoryHz] = ratesHz;
  return {
    ...{ interval, spikes: inside, spikeCount, edgesMs },
    excitatoryHz: excitatoryHz!,
    inhibitoryHz: inhibitoryHz!,
  };
}

/** Bins of 1, 2, 5, 10, 20, … ms, about 150 to 375 of them in an interval. */
export function binWidthMs({ startMs, endMs }: Interval): number {
  const widest = Math.max(1, (endMs - startMs) / 150);
  const power = 10 ** Math.floor(Math.log10(widest));
  return [5, 2, 1].map((digit) => digit * power).find((width) => width <= widest)!;
}

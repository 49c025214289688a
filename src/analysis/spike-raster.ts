import { type CellPopulation, cellsOf, isExcitatory, isInhibitory } from "./cell-groups.ts";
import type { Interval } from "./interval.ts";
import { populationRates } from "./population-rates.ts";
import { type Spikes, spikeBlocksBetween, spikeBlocksOf } from "./spikes.ts";

/** The spikes of an interval, with the firing rates in it. */
export interface SpikeRaster {
  readonly interval: Interval;
  /** In order of time, block by block; can be read several times. */
  readonly spikes: Iterable<Spikes>;
  readonly spikeCount: number;
  /** Ends of the rates' bins, ms, one more than there are bins. */
  readonly edgesMs: Float64Array;
  /** Spikes per second and living cell, per bin; NaN where no cell lives. */
  readonly excitatoryHz: Float64Array;
  readonly inhibitoryHz: Float64Array;
}

/** Options of a raster. */
export interface SpikeRasterOptions {
  /** Width of the rates' bins, ms; by default 1, 2, 5, 10, 20, … for up to 375 bins. */
  readonly binMs?: number;
  /** Per cell, when it was deleted, infinite if never; absent if all lived on. */
  readonly deathTimesMs?: Float64Array;
}

/**
 * Content of a raster figure of an interval.
 *
 * @param spikes in order of time, in one piece or in blocks that can be read several times.
 * @throws {IntervalError} when the interval is empty or the bins are not wider than 0.
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
  const rates = populationRates(spikes, groups, { ...interval, binMs }, deathTimesMs);
  const inside = spikeBlocksBetween(spikeBlocksOf(spikes), interval.startMs, interval.endMs);
  let spikeCount = 0;
  for (const { timesMs } of inside) spikeCount += timesMs.length;
  return {
    interval,
    spikes: inside,
    spikeCount,
    edgesMs: rates.edgesMs,
    excitatoryHz: rates.ratesHz[0]!,
    inhibitoryHz: rates.ratesHz[1]!,
  };
}

/** Bins of 1, 2, 5, 10, 20, … ms, about 150 to 375 of them in an interval. */
export function binWidthMs({ startMs, endMs }: Interval): number {
  const widest = Math.max(1, (endMs - startMs) / 150);
  const power = 10 ** Math.floor(Math.log10(widest));
  return [5, 2, 1].map((digit) => digit * power).find((width) => width <= widest)!;
}

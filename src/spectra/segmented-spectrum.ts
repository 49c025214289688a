import type { Interval } from "../analysis/firing/interval.ts";
import {
  type Segmentation,
  SegmentedCounts,
  segmentation,
} from "../analysis/firing/segmented-counts.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import { jackknifeBand, type SpectrumBand } from "./jackknife-band.ts";
import { MultitaperEstimator, type Spectrum } from "./multitaper-spectrum.ts";

/** Spectrum averaged over successive segments, with 95 % confidence limits at each frequency. */
export interface MeanSpectrum extends Spectrum, SpectrumBand {
  readonly segmentCount: number;
  /** Duration of each segment, s. */
  readonly segmentS: number;
}

/** The same without limits. */
export type MeanDensity = Omit<MeanSpectrum, keyof SpectrumBand>;

/** Options of spectra over segments. */
export interface SegmentOptions {
  /** Width of the bins of the spike count, ms; 5 by default. */
  readonly binMs?: number;
  /** Longest duration of a segment, ms; by default 4096 bins, 20.48 s. */
  readonly segmentMs?: number;
}

/** Sums over the segments of an interval, of what is estimated of the spike count in each. */
class SegmentSums {
  readonly #segments: Segmentation;
  readonly #estimator: MultitaperEstimator | undefined;
  readonly #estimate: (estimator: MultitaperEstimator, counts: Float64Array) => Float64Array[];
  readonly #counts: SegmentedCounts;
  #sums: Float64Array[] = [];

  constructor(
    cells: Uint32Array,
    interval: Interval,
    { binMs = 5, segmentMs = 4096 * binMs }: SegmentOptions,
    estimate: (estimator: MultitaperEstimator, counts: Float64Array) => Float64Array[],
  ) {
    this.#segments = segmentation(interval, binMs, segmentMs);
    this.#estimate = estimate;
    const { segmentBins } = this.#segments;
    this.#estimator =
      segmentBins > 0
        ? new MultitaperEstimator(segmentBins, { samplingRateHz: 1000 / binMs })
        : undefined;
    this.#counts = new SegmentedCounts(cells, this.#segments, (counts) => this.#close(counts));
  }

  add(spikes: Spikes): void {
    this.#counts.add(spikes);
  }

  /** Means over the segments; none without any. */
  finish() {
    this.#counts.finish();
    const { segmentCount, segmentBins, binMs } = this.#segments;
    return {
      frequenciesHz: this.#estimator?.frequenciesHz ?? new Float64Array(0),
      means: this.#sums.map((sum) => sum.map((value) => value / segmentCount)),
      segmentCount,
      segmentS: (segmentBins * binMs) / 1000,
    };
  }

  #close(counts: Float64Array): void {
    // Of a segment without spikes, as long silence has many, all that would be added is 0.
    if (this.#sums.length > 0 && counts.every((count) => count === 0)) return;
    const estimates = this.#estimate(this.#estimator!, counts);
    if (this.#sums.length === 0) this.#sums = estimates.map((values) => values.slice());
    else for (const [k, values] of estimates.entries()) addTo(this.#sums[k]!, values);
  }
}

/** The density of a {@link SegmentedSpectrum} alone, many times as fast as with its limits. */
export class SegmentedDensity {
  readonly #sums: SegmentSums;

  /** @throws {IntervalError} if the interval is empty, or a segment has fewer than 20 bins */
  constructor(cells: Uint32Array, interval: Interval, options: SegmentOptions = {}) {
    this.#sums = new SegmentSums(cells, interval, options, (estimator, counts) => [
      estimator.density(counts),
    ]);
  }

  /** Adds spikes, in order of time. */
  add(spikes: Spikes): void {
    this.#sums.add(spikes);
  }

  /** Density of all spikes added, counts²/Hz; empty if the interval has fewer than 20 bins. */
  result(): MeanDensity {
    const { means, ...rest } = this.#sums.finish();
    return { ...rest, density: means[0] ?? new Float64Array(0) };
  }
}

/**
 * Multitaper spectrum of the spike count of a group of cells in bins of 5 ms, averaged over segments
 * of 20.48 s (one shorter segment if the interval is shorter). Spikes are added block by block, in
 * constant memory. The 95 % confidence limits are those of the jackknife over tapers.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const interval = { startMs: 0, endMs: 2000 };
 * const spectrum = new analysis.SegmentedSpectrum(cells, interval, { segmentMs: 1000 });
 * for (const spikes of run.spikeBlocks()) spectrum.add(spikes);
 * const { frequenciesHz, density, segmentCount } = spectrum.result();
 * console.log(frequenciesHz, density, segmentCount);
 * ```
 */
export class SegmentedSpectrum {
  readonly #sums: SegmentSums;

  /** @throws {IntervalError} if the interval is empty, or a segment has fewer than 20 bins */
  constructor(cells: Uint32Array, interval: Interval, options: SegmentOptions = {}) {
    this.#sums = new SegmentSums(cells, interval, options, (estimator, counts) => {
      const { density, withoutOne } = estimator.taperedDensity(counts);
      return [density, ...withoutOne];
    });
  }

  /** Adds spikes, in order of time. */
  add(spikes: Spikes): void {
    this.#sums.add(spikes);
  }

  /** Spectrum of all spikes added, counts²/Hz; empty if the interval has fewer than 20 bins. */
  result(): MeanSpectrum {
    const { means, ...rest } = this.#sums.finish();
    const [density = new Float64Array(0), ...withoutOne] = means;
    return { ...rest, density, ...jackknifeBand(density, withoutOne) };
  }
}

/** Adds values to sums, place by place. */
export function addTo(sum: Float64Array, values: Float64Array): void {
  for (let f = 0; f < values.length; f++) sum[f]! += values[f]!;
}

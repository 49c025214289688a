import type { Interval } from "../analysis/firing/interval.ts";
import {
  type Segmentation,
  SegmentedCounts,
  segmentation,
} from "../analysis/firing/segmented-counts.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import { bandMeans, type FrequencyBands, frequencyBands } from "./frequency-bands.ts";
import { MultitaperEstimator } from "./multitaper-spectrum.ts";
import type { SegmentOptions } from "./segmented-spectrum.ts";

/** Spectra of successive segments. */
export interface TimeFrequencyPower {
  /** Edges of the segments, ms: one more than the number of segments. */
  readonly edgesMs: Float64Array;
  /** Centres of the frequency bands, Hz. */
  readonly frequenciesHz: Float64Array;
  /** Width of the bands, Hz. */
  readonly bandHz: number;
  /** One-sided density of each segment, one value per band, counts²/Hz. */
  readonly density: readonly Float64Array[];
}

/** Options of a spectrogram. */
export interface SpectrogramOptions extends SegmentOptions {
  /** Highest frequency, Hz; at most 1 / (2 · bin width). */
  readonly mostHz?: number;
  /** Approximate width of the frequency bands, Hz. */
  readonly bandHz?: number;
}

/**
 * Spectrogram of the spike count of a group of cells: the multitaper spectrum (time–half-bandwidth
 * product 4, 7 tapers, adaptive weights) of each segment about its mean. Spikes are added block by
 * block; memory depends only on the numbers of segments and bands.
 *
 * The resolution is one segment in time, and in frequency the larger of 8 / segment duration and
 * the width of a band. The lowest band excludes frequency 0.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const interval = { startMs: 0, endMs: 2000 };
 * const spectrogram = new analysis.Spectrogram(cells, interval, { segmentMs: 500 });
 * for (const spikes of run.spikeBlocks()) spectrogram.add(spikes);
 * const { edgesMs, frequenciesHz, density } = spectrogram.result();
 * console.log(edgesMs, frequenciesHz, density.length);
 * ```
 */
export class Spectrogram {
  readonly #segments: Segmentation;
  readonly #counts: SegmentedCounts;
  readonly #bands: FrequencyBands;
  readonly #density: Float64Array[] = [];

  /** @throws {IntervalError} if the interval is empty, or a segment has fewer than 20 bins */
  constructor(
    cells: Uint32Array,
    interval: Interval,
    {
      binMs = 5,
      segmentMs = 4096 * binMs,
      mostHz = Infinity,
      bandHz = 0.5,
    }: SpectrogramOptions = {},
  ) {
    this.#segments = segmentation(interval, binMs, segmentMs);
    const { segmentBins } = this.#segments;
    const estimator =
      segmentBins > 0
        ? new MultitaperEstimator(segmentBins, { samplingRateHz: 1000 / binMs })
        : undefined;
    const bands = frequencyBands(estimator?.frequenciesHz ?? none, bandHz, { first: 1, mostHz });
    this.#bands = bands;
    this.#counts = new SegmentedCounts(cells, this.#segments, (counts) => {
      this.#density.push(bandMeans(estimator!.density(counts), bands));
    });
  }

  /** Adds spikes, in order of time. */
  add(spikes: Spikes): void {
    this.#counts.add(spikes);
  }

  /** Spectra of all spikes added; no segments if the interval has fewer than 20 bins. */
  result(): TimeFrequencyPower {
    this.#counts.finish();
    const { startMs, binMs, segmentBins, segmentCount } = this.#segments;
    return {
      edgesMs: Float64Array.from(
        { length: segmentCount + 1 },
        (_, segment) => startMs + segment * segmentBins * binMs,
      ),
      frequenciesHz: this.#bands.centresHz,
      bandHz: this.#bands.bandHz,
      density: this.#density,
    };
  }
}

const none = new Float64Array(0);

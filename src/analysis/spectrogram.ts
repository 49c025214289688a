import { bandMeans, type FrequencyBands, frequencyBands } from "./frequency-bands.ts";
import type { Interval } from "./interval.ts";
import { MultitaperEstimator } from "./multitaper-spectrum.ts";
import { type Segmentation, SegmentedCounts, segmentation } from "./segmented-counts.ts";
import type { SegmentOptions } from "./segmented-spectrum.ts";
import type { Spikes } from "./spikes.ts";

/** Spectra of successive segments of time. */
export interface TimeFrequencyPower {
  /** Ends of the segments, ms, one more than there are segments. */
  readonly edgesMs: Float64Array;
  /** Centres of the bands of frequency. */
  readonly frequenciesHz: Float64Array;
  /** Width of each band, Hz. */
  readonly bandHz: number;
  /** Per segment, the one-sided density in each band, counts²/Hz. */
  readonly density: readonly Float64Array[];
}

/** Options of a spectrogram. */
export interface SpectrogramOptions extends SegmentOptions {
  /** Highest frequency kept, at most half the bins' rate. */
  readonly mostHz?: number;
  /** Neighbouring frequencies are averaged in bands of about this width, Hz. */
  readonly bandHz?: number;
}

/**
 * The spectrogram of a group's spike count: the multitaper spectrum (time-bandwidth 4, 7 tapers,
 * adaptive weights) of each of successive segments, about its own mean, collected block by block in
 * memory that grows with the number of segments and bands only.
 *
 * Frequency 0, of which the mean leaves nothing, is not in the lowest band. The time resolution is
 * a segment, that of frequency 8 / segment or the bands' width, whichever is larger.
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

  /** @throws {IntervalError} when the interval is empty, or a segment would be under 20 bins. */
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

  /** Adds spikes that are no earlier than those added before. */
  add(spikes: Spikes): void {
    this.#counts.add(spikes);
  }

  /** The spectra of all spikes added; without segments when the interval is under 20 bins. */
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

import { type Interval, IntervalError } from "../analysis/firing/interval.ts";
import { LEAST_BINS, SegmentedCounts } from "../analysis/firing/segmented-counts.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import { wholeBins } from "../analysis/firing/time-bins.ts";
import { bandMeans, type FrequencyBands, frequencyBands } from "./frequency-bands.ts";
import { jackknifeBand, type SpectrumBand } from "./jackknife-band.ts";
import { MultitaperEstimator, meanOf } from "./multitaper-spectrum.ts";

/** Spectra of the spikes of groups of cells, together, over one stretch of time. */
export interface PopulationSpectra {
  /** Centres of the bands of frequency. */
  readonly frequenciesHz: Float64Array;
  /** Per group, power in each band over all power, per Hz: the sum over bands × width is 1. */
  readonly normalisedPower: readonly Float64Array[];
  /** Per group, the power of Poisson spikes of its rate in the same unit; NaN without power. */
  readonly poissonPower: readonly number[];
  /** Per group, the jackknife's 95 % limits of the normalised power. */
  readonly limits: readonly SpectrumBand[];
}

export interface PopulationSpectraOptions {
  /** Width of the bins in which spikes are counted, ms. */
  readonly binMs?: number;
  /** Neighbouring frequencies are averaged in bands of about this width, Hz. */
  readonly bandHz?: number;
}

/**
 * Counts a group's spikes in bins of time and estimates the spectrum of the counts about their mean
 * (multitaper, time-bandwidth 4, 7 tapers, adaptive weights), of stretches of time of equal length.
 */
export class PopulationSpectraEstimator {
  readonly #binMs: number;
  readonly #length: number;
  readonly #estimator: MultitaperEstimator;
  readonly #bands: FrequencyBands;
  /** Counts of each group, all 0 between stretches. */
  readonly #counts: Float64Array[] = [];

  /**
   * @param interval one of the stretches
   * @throws {IntervalError} when it holds less than 20 bins
   */
  constructor(
    { startMs, endMs }: Interval,
    { binMs = 5, bandHz = 0.5 }: PopulationSpectraOptions = {},
  ) {
    this.#binMs = binMs;
    this.#length = wholeBins(endMs - startMs, binMs);
    if (!(this.#length >= LEAST_BINS)) {
      throw new IntervalError(
        `A spectrum needs at least ${(LEAST_BINS * binMs) / 1000} s; ${startMs / 1000} to ` +
          `${endMs / 1000} s is shorter. Choose a longer time range, or longer segments.`,
      );
    }
    this.#estimator = new MultitaperEstimator(this.#length, { samplingRateHz: 1000 / binMs });
    this.#bands = frequencyBands(this.#estimator.frequenciesHz, bandHz);
  }

  /**
   * Spectra of one stretch.
   *
   * @param blocks spikes in order of time, read once
   * @param groups cells of each group
   */
  spectra(
    blocks: Iterable<Spikes>,
    groups: readonly Uint32Array[],
    startMs: number,
  ): PopulationSpectra {
    const spectra: GroupSpectrum[] = [];
    const segments = {
      ...{ startMs, binMs: this.#binMs },
      ...{ segmentBins: this.#length, segmentCount: 1 },
    };
    const counters = groups.map((cells, group) => {
      const close = (counts: Float64Array) => {
        spectra[group] = this.#spectrumOf(counts);
      };
      this.#counts[group] ??= new Float64Array(this.#length);
      return new SegmentedCounts(cells, segments, close, this.#counts[group]);
    });
    for (const spikes of blocks) for (const counter of counters) counter.add(spikes);
    for (const counter of counters) counter.finish();
    return {
      frequenciesHz: this.#bands.centresHz,
      normalisedPower: spectra.map(({ power }) => power),
      poissonPower: spectra.map(({ poisson }) => poisson),
      limits: spectra.map(({ limits }) => limits),
    };
  }

  #spectrumOf(counts: Float64Array): GroupSpectrum {
    const { density, withoutOne } = this.#estimator.taperedDensity(counts);
    const { power, total } = this.#normalised(density);
    const others = withoutOne.map((values) => this.#normalised(values).power);
    const poisson = this.#poissonDensity(counts) / total;
    return { power, poisson, limits: jackknifeBand(power, others) };
  }

  /** Power in each band over that of all, which is given as well. */
  #normalised(density: Float64Array): { readonly power: Float64Array; readonly total: number } {
    const means = bandMeans(density, this.#bands);
    const total = means.reduce((sum, power) => sum + power, 0) * this.#bands.bandHz;
    return { power: total > 0 ? means.map((power) => power / total) : means, total };
  }

  /** One-sided density of the counts of Poisson spikes, 2 × mean count × Δt: 2 ν Δt² at the rate ν. */
  #poissonDensity(counts: Float64Array): number {
    return (2 * meanOf(counts) * this.#binMs) / 1000;
  }
}

/** Normalised power of one group in one stretch. */
interface GroupSpectrum {
  readonly power: Float64Array;
  readonly poisson: number;
  readonly limits: SpectrumBand;
}

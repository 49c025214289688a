import { type Interval, IntervalError } from "../analysis/firing/interval.ts";
import { LEAST_BINS, SegmentedCounts } from "../analysis/firing/segmented-counts.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import { wholeBins } from "../analysis/firing/time-bins.ts";
import { bandMeans, frequencyBands } from "./frequency-bands.ts";
import { jackknifeBand, type SpectrumBand } from "./jackknife-band.ts";
import { MultitaperEstimator } from "./multitaper-spectrum.ts";

/** Spectra of the spikes of groups of cells, together, over one stretch of time. */
export interface PopulationSpectra {
  /** Centres of the bands of frequency. */
  readonly frequenciesHz: Float64Array;
  /** Per group, power in each band over all power, per Hz: the sum over bands × width is 1. */
  readonly normalisedPower: readonly Float64Array[];
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
 * (multitaper, time-bandwidth 4, 7 tapers, adaptive weights).
 *
 * @param blocks spikes in order of time, read once
 * @param groups cells of each group
 * @throws {IntervalError} when the interval holds less than 20 bins
 */
export function populationSpectra(
  blocks: Iterable<Spikes>,
  groups: readonly Uint32Array[],
  interval: Interval,
  { binMs = 5, bandHz = 0.5 }: PopulationSpectraOptions = {},
): PopulationSpectra {
  const { startMs, endMs } = interval;
  if (!(wholeBins(endMs - startMs, binMs) >= LEAST_BINS)) {
    throw new IntervalError(
      `A spectrum needs at least ${(LEAST_BINS * binMs) / 1000} s; ${startMs / 1000} to ` +
        `${endMs / 1000} s is shorter. Choose a longer time range, or longer segments.`,
    );
  }
  const counts = binnedCounts(blocks, groups, interval, binMs);
  const length = wholeBins(interval.endMs - interval.startMs, binMs);
  const estimator = new MultitaperEstimator(length, { samplingRateHz: 1000 / binMs });
  const bands = frequencyBands(estimator.frequenciesHz, bandHz);
  const normalised = (density: Float64Array) => {
    const means = bandMeans(density, bands);
    const total = means.reduce((sum, power) => sum + power, 0) * bands.bandHz;
    return total > 0 ? means.map((power) => power / total) : means;
  };
  const spectra = counts.map((signal) => {
    const { density, withoutOne } = estimator.taperedDensity(signal);
    const power = normalised(density);
    return { power, limits: jackknifeBand(power, withoutOne.map(normalised)) };
  });
  return {
    frequenciesHz: bands.centresHz,
    normalisedPower: spectra.map(({ power }) => power),
    limits: spectra.map(({ limits }) => limits),
  };
}

/** Spikes of each group in every whole bin of the interval. */
function binnedCounts(
  blocks: Iterable<Spikes>,
  groups: readonly Uint32Array[],
  { startMs, endMs }: Interval,
  binMs: number,
): Float64Array[] {
  const segmentBins = wholeBins(endMs - startMs, binMs);
  const counts: Float64Array[] = [];
  const counters = groups.map(
    (cells, group) =>
      new SegmentedCounts(cells, { startMs, binMs, segmentBins, segmentCount: 1 }, (values) => {
        counts[group] = values.slice();
      }),
  );
  for (const spikes of blocks) for (const counter of counters) counter.add(spikes);
  for (const counter of counters) counter.finish();
  return counts;
}

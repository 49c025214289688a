import type { Interval } from "./interval.ts";
import { MultitaperEstimator } from "./multitaper-spectrum.ts";
import type { Spikes } from "./spikes.ts";

/** Spectra of the spikes of groups of cells, together, over one stretch of time. */
export interface PopulationSpectra {
  /** Centres of the bands of frequency. */
  readonly frequenciesHz: Float64Array;
  /** Per group, power in each band over all power, per Hz: the sum over bands × width is 1. */
  readonly normalisedPower: readonly Float64Array[];
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
 * @throws {@link SpectrumError} when the interval holds too few bins for the tapers
 */
export function populationSpectra(
  blocks: Iterable<Spikes>,
  groups: readonly Uint32Array[],
  interval: Interval,
  { binMs = 5, bandHz = 0.5 }: PopulationSpectraOptions = {},
): PopulationSpectra {
  const counts = binnedCounts(blocks, groups, interval, binMs);
  const estimator = new MultitaperEstimator(counts[0]!.length, { samplingRateHz: 1000 / binMs });
  const { frequenciesHz } = estimator;
  const perBand = Math.max(1, Math.round(bandHz / frequenciesHz[1]!));
  return {
    frequenciesHz: bandMeans(frequenciesHz, perBand),
    normalisedPower: counts.map((signal) => {
      const bands = bandMeans(estimator.density(signal), perBand);
      const total = bands.reduce((sum, power) => sum + power, 0) * perBand * frequenciesHz[1]!;
      return total > 0 ? bands.map((power) => power / total) : bands;
    }),
  };
}

/** Spikes of each group in every whole bin of the interval. */
function binnedCounts(
  blocks: Iterable<Spikes>,
  groups: readonly Uint32Array[],
  { startMs, endMs }: Interval,
  binMs: number,
): Float64Array[] {
  const bins = Math.floor((endMs - startMs) / binMs);
  const counts = groups.map(() => new Float64Array(bins));
  const groupOf = new Map(
    groups.flatMap((cells, group) => [...cells].map((cell) => [cell, group])),
  );
  for (const { timesMs, cells } of blocks) {
    for (let spike = 0; spike < timesMs.length; spike++) {
      const bin = Math.floor((timesMs[spike]! - startMs) / binMs);
      const group = groupOf.get(cells[spike]!);
      if (group !== undefined && bin >= 0 && bin < bins) counts[group]![bin]!++;
    }
  }
  return counts;
}

/** Means of successive values, `perBand` at a time; what does not fill a band is left out. */
function bandMeans(values: Float64Array, perBand: number): Float64Array {
  return Float64Array.from({ length: Math.floor(values.length / perBand) }, (_, band) => {
    const members = values.subarray(band * perBand, (band + 1) * perBand);
    return members.reduce((sum, value) => sum + value, 0) / perBand;
  });
}

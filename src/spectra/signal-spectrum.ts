import { jackknifeBand } from "./jackknife-band.ts";
import { MultitaperEstimator } from "./multitaper-spectrum.ts";
import { addTo, type MeanSpectrum } from "./segmented-spectrum.ts";

/**
 * Multitaper spectrum of a signal, averaged over its successive segments, with 95 % limits of the
 * jackknife over tapers; what remains after the last whole segment is not used.
 *
 * @param everyMs interval of the samples
 * @param segmentMs duration of a segment; one shorter segment if the signal is shorter
 * @throws {SpectrumError} if a segment is too short for the tapers
 */
export function signalSpectrum(
  signal: Float64Array,
  everyMs: number,
  segmentMs: number,
): MeanSpectrum {
  const length = Math.min(signal.length, Math.round(segmentMs / everyMs));
  const estimator = new MultitaperEstimator(length, { samplingRateHz: 1000 / everyMs });
  const segmentCount = Math.floor(signal.length / length);
  const sums = Array.from({ length: segmentCount }, (_, k) => {
    const estimate = estimator.taperedDensity(signal.subarray(k * length, (k + 1) * length));
    return [estimate.density, ...estimate.withoutOne];
  }).reduce((all, one) => {
    for (const [k, values] of one.entries()) addTo(all[k]!, values);
    return all;
  });
  const [density, ...withoutOne] = sums.map((sum) => sum.map((value) => value / segmentCount));
  return {
    frequenciesHz: estimator.frequenciesHz,
    density: density!,
    ...jackknifeBand(density!, withoutOne),
    segmentCount,
    segmentS: (length * everyMs) / 1000,
  };
}

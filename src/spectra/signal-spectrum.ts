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
  const sums: Float64Array[] = [];
  for (let from = 0; from + length <= signal.length; from += length) {
    const estimate = estimator.taperedDensity(signal.subarray(from, from + length));
    for (const [k, values] of [estimate.density, ...estimate.withoutOne].entries()) {
      sums[k] ??= new Float64Array(values.length);
      addTo(sums[k], values);
    }
  }
  const [density, ...withoutOne] = sums.map((sum) => sum.map((value) => value / segmentCount));
  return {
    frequenciesHz: estimator.frequenciesHz,
    density: density!,
    ...jackknifeBand(density!, withoutOne),
    segmentCount,
    segmentS: (length * everyMs) / 1000,
  };
}

import { logDeterminantExcess, logDeterminantVariance } from "./complex-wishart.ts";

/** Information of spike trains about their input, as a function of frequency. */
export interface InformationSpectrum {
  /** Information density of each frequency band, bits/s per Hz; can be negative by chance. */
  readonly density: Float64Array;
  /** Cumulative information of all bands up to each, bits/s. */
  readonly cumulative: Float64Array;
  /** Standard error of `cumulative`, bits/s. */
  readonly standardError: Float64Array;
  /**
   * Half the mean rate of the trains, at most the highest frequency, Hz. Beyond it a train has more
   * coefficients than spikes, and they are not independent.
   */
  readonly limitHz: number;
  /** Information up to `limitHz`, bits/s. */
  readonly bitsPerS: number;
  /** Standard error of `bitsPerS`. */
  readonly bitsPerSError: number;
}

/** One kind's logarithmic determinants, with what they are determinants of. */
export interface LogDeterminants {
  /** Per band, ln det of the sums of products of deviations. */
  readonly values: Float64Array;
  /** Independent deviations in each sum. */
  readonly degrees: number;
  /** Sum over the trains of the logarithm of the mean number of spikes in a segment. */
  readonly logSpikes: number;
}

/**
 * Information from the covariances of unique and of repeat trials: in each band
 * log₂ (det Σ_unique / det Σ_repeat) bits per coefficient, each covariance relative to the trains'
 * spikes and free of its logarithm's bias.
 *
 * @param order how many trains.
 * @param limitHz half their mean rate.
 */
export function informationSpectrum(
  unique: LogDeterminants,
  repeat: LogDeterminants,
  order: number,
  bandHz: number,
  limitHz: number,
): InformationSpectrum {
  const [total, noise] = [unique, repeat].map(({ values, degrees, logSpikes }) => {
    const excess = logDeterminantExcess(order, degrees) + logSpikes;
    return values.map((value) => value - excess);
  }) as [Float64Array, Float64Array];
  const density = total.map((value, band) => (value - noise[band]!) / Math.LN2);
  const variance = [unique, repeat].reduce(
    (sum, { degrees }) => sum + logDeterminantVariance(order, degrees),
    0,
  );
  const errorUpTo = (hz: number) => Math.sqrt(hz * bandHz * variance) / Math.LN2;
  const reachedHz = Math.min(limitHz, density.length * bandHz);
  return {
    density,
    cumulative: runningSum(density.map((value) => value * bandHz)),
    standardError: density.map((_, band) => errorUpTo((band + 1) * bandHz)),
    limitHz: reachedHz,
    bitsPerS: integralUpTo(density, bandHz, reachedHz),
    bitsPerSError: errorUpTo(reachedHz),
  };
}

/** The same information in every band: none of silent trains, NaN where nothing can be told. */
export function constantInformation(bandCount: number, value: 0 | typeof NaN): InformationSpectrum {
  const values = new Float64Array(bandCount).fill(value);
  return {
    density: values,
    cumulative: values,
    standardError: values,
    limitHz: 0,
    bitsPerS: value,
    bitsPerSError: value,
  };
}

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/** ∫ density df from 0; of the band that the end is in, the part below it. */
function integralUpTo(density: Float64Array, bandHz: number, endHz: number): number {
  let sum = 0;
  density.forEach((value, band) => {
    const part = Math.min(bandHz, endHz - band * bandHz);
    if (part > 0) sum += value * part;
  });
  return sum;
}

import { finiteValues, momentsOf } from "./moments.ts";

/** The mean of a curve over replicates, point by point, ± its standard deviation. */
export interface MeanBand {
  /** Over the replicates that have a value at the point; NaN where none has. */
  readonly mean: Float64Array;
  /** mean ∓ SD; NaN where fewer than two replicates have a value. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Number of replicates with a value, n. */
  readonly count: Uint32Array;
}

/** Thrown when curves cannot be averaged. */
export class CurveError extends Error {
  override readonly name = "CurveError";
}

/**
 * Mean ± standard deviation of a curve over replicates, s² = Σ (x − mean)² / (n − 1), at every point.
 *
 * @param curves one a replicate, of the same points; values that are not finite count as missing.
 * @throws {CurveError} when there is no curve, or they differ in length.
 */
export function deviationBand(curves: readonly Float64Array[]): MeanBand {
  const length = checkedLength(curves);
  const [mean, lower, upper] = [0, 0, 0].map(() => new Float64Array(length)) as Curves;
  const count = new Uint32Array(length);
  for (let point = 0; point < length; point++) {
    const values = finiteValues(Float64Array.from(curves, (curve) => curve[point]!));
    const n = values.length;
    const { mean: centre, standardDeviation } = momentsOf(values);
    const deviation = standardDeviation * Math.sqrt(n / (n - 1));
    count[point] = n;
    mean[point] = centre;
    lower[point] = centre - deviation;
    upper[point] = centre + deviation;
  }
  return { mean, lower, upper, count };
}

type Curves = [Float64Array, Float64Array, Float64Array];

function checkedLength(curves: readonly Float64Array[]): number {
  const lengths = [...new Set(curves.map((curve) => curve.length))];
  if (lengths.length === 1) return lengths[0]!;
  const given = lengths.length === 0 ? "none was given" : `these have ${lengths.join(", ")}`;
  throw new CurveError(`Curves to be averaged must have the same number of points; ${given}.`);
}

/** A fraction of trials, with 95 % confidence limits; all in 0 … 1. */
export interface FractionInterval {
  readonly fraction: number;
  readonly lower: number;
  readonly upper: number;
}

/** The modulus of a normal variable is below this with a probability of 95 %. */
const NORMAL_95 = 1.959963984540054;

/**
 * The fraction of successes and Wilson's 95 % limits of their probability,
 * (p + z²/2n ± z √(p (1 − p) / n + z²/4n²)) / (1 + z²/n), which stay within 0 … 1 and are of use for
 * few trials, too (Wilson 1927, J Am Stat Assoc 22:209).
 *
 * @returns NaN and the limits 0 and 1 when there are no trials.
 */
export function wilsonInterval(successes: number, trials: number): FractionInterval {
  const fraction = successes / trials;
  if (trials === 0) return { fraction, lower: 0, upper: 1 };
  const square = NORMAL_95 ** 2 / trials;
  const spread = Math.sqrt((fraction * (1 - fraction) + square / 4) * square);
  return {
    fraction,
    lower: Math.max(0, (fraction + square / 2 - spread) / (1 + square)),
    upper: Math.min(1, (fraction + square / 2 + spread) / (1 + square)),
  };
}

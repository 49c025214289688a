import { finiteValues, momentsOf } from "./moments.ts";
import { studentT } from "./student-t.ts";

/** The mean of a curve over replicates, point by point, with confidence limits. */
export interface MeanBand {
  /** Over the replicates that have a value at the point; NaN where none has. */
  readonly mean: Float64Array;
  /** Limits of the mean, mean ∓ t s / √n; NaN where fewer than two replicates have a value. */
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
 * Mean and confidence band of a curve over independent replicates: at every point mean ± t s / √n,
 * with t of Student's distribution of n − 1 degrees of freedom and s² = Σ (x − mean)² / (n − 1).
 *
 * Exact where the values are normal. The band holds point by point: of a curve of many points some
 * 5 % leave it.
 *
 * @param curves one a replicate, of the same points; values that are not finite count as missing.
 * @throws {CurveError} when there is no curve, or they differ in length.
 */
export const meanBand = (curves: readonly Float64Array[], level = 0.95): MeanBand =>
  bandOf(curves, (n) => studentT(level, n - 1));

/**
 * Mean ± standard deviation of a curve over replicates, s² = Σ (x − mean)² / (n − 1), in place of
 * confidence limits.
 *
 * @throws {CurveError} when there is no curve, or they differ in length.
 */
export const deviationBand = (curves: readonly Float64Array[]): MeanBand =>
  bandOf(curves, Math.sqrt);

/** Means with limits at so many standard errors. */
function bandOf(curves: readonly Float64Array[], errors: (n: number) => number): MeanBand {
  const length = checkedLength(curves);
  const [mean, lower, upper] = [0, 0, 0].map(() => new Float64Array(length)) as Curves;
  const count = new Uint32Array(length);
  for (let point = 0; point < length; point++) {
    const values = finiteValues(Float64Array.from(curves, (curve) => curve[point]!));
    const n = values.length;
    const { mean: centre, standardDeviation } = momentsOf(values);
    const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    const error = Number.isFinite(squares)
      ? Math.sqrt(squares / (n - 1) / n)
      : standardDeviation / Math.sqrt(n - 1);
    const halfWidth = errors(n) * error;
    count[point] = n;
    mean[point] = centre;
    lower[point] = centre - halfWidth;
    upper[point] = centre + halfWidth;
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

/** A median with its confidence limits. */
export interface MedianInterval {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The median of independent values and its exact limits of at least 95 %, the k-th smallest and k-th
 * largest value with the greatest k for which P(X < k) ≤ 2.5 %, X binomial of n trials at ½: valid
 * for any distribution (Thompson 1936, Ann Math Stat 7:122).
 *
 * @returns limits that are NaN of fewer than six values, a median that is NaN of none
 */
export function medianInterval(values: Float64Array): MedianInterval {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const median = (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2;
  let rank = 0;
  // Logarithm of P(X = rank): 2⁻ⁿ itself vanishes for large n.
  let logOfPart = -n * Math.LN2;
  for (let upTo = Math.exp(logOfPart); upTo <= 0.025; upTo += Math.exp(logOfPart)) {
    rank++;
    logOfPart += Math.log((n - rank + 1) / rank);
  }
  return { median, lower: sorted[rank - 1] ?? NaN, upper: sorted[n - rank] ?? NaN };
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

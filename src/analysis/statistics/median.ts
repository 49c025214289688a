import { finiteValues } from "./moments.ts";

/** A value, or what it exceeds where no more is known of it (right censoring). */
export interface CensoredValue {
  readonly value: number;
  /** True if the value itself is greater than this, and unknown. */
  readonly isCensored: boolean;
}

/** A median with its confidence limits. */
export interface MedianInterval {
  /** NaN if it is unknown. */
  readonly median: number;
  /** NaN of fewer than six values. */
  readonly lower: number;
  /** Infinite if it depends on values that are censored. */
  readonly upper: number;
  /** Number of values, n. */
  readonly count: number;
}

/** Confidence level of the limits, which their coverage exceeds. */
const LEVEL = 0.95;

/**
 * The median of independent values and its exact limits of at least 95 %, the k-th smallest and k-th
 * largest value with the greatest k for which P(X < k) ≤ 2.5 %, X binomial of n trials at ½: valid
 * for any distribution (Thompson 1936, Ann Math Stat 7:122).
 *
 * @returns limits that are NaN of fewer than six values, a median that is NaN of none
 */
export function medianInterval(values: Float64Array): MedianInterval {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  const { rank } = limitRank(count);
  return {
    median: (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2,
    lower: sorted[rank - 1] ?? Number.NaN,
    upper: sorted[count - rank] ?? Number.NaN,
    count,
  };
}

/**
 * The median of values of which some are censored, and its limits.
 *
 * It is known if it is the same with the least and the greatest values that the censored ones may
 * have. The limits are those of `medianInterval`, the lower one with the least, the upper one with the
 * greatest values: their coverage is at least as large.
 */
export function censoredMedian(values: readonly CensoredValue[]): MedianInterval {
  const least = medianInterval(Float64Array.from(values, ({ value }) => value));
  const greatest = medianInterval(
    Float64Array.from(values, ({ value, isCensored }) => (isCensored ? Infinity : value)),
  );
  const isKnown = least.median === greatest.median;
  return { ...greatest, median: isKnown ? least.median : Number.NaN, lower: least.lower };
}

/**
 * Probability that the limits of `medianInterval` of n values of a continuous distribution contain its
 * median, 1 − 2 P(X < k) ≥ 95 %; NaN of fewer than six values, whose range contains it with a
 * probability of 1 − 2¹⁻ⁿ only.
 */
export const medianCoverage = (count: number): number => limitRank(count).coverage;

/** Rank k of the limits of a median of n values, from either end, and their coverage; 0 if there are none. */
function limitRank(count: number): { readonly rank: number; readonly coverage: number } {
  let rank = 0;
  let coverage = Number.NaN;
  // Logarithm of P(X = rank): 2⁻ⁿ itself vanishes for large n.
  let logOfPart = -count * Math.LN2;
  let below = Math.exp(logOfPart);
  while (2 * below <= 1 - LEVEL) {
    coverage = 1 - 2 * below;
    rank++;
    logOfPart += Math.log((count - rank + 1) / rank);
    below += Math.exp(logOfPart);
  }
  return { rank, coverage };
}

/** Medians at several points, each with its limits and of how many values. */
export interface MedianBand {
  readonly median: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly count: Uint32Array;
}

/** Medians at several points as columns. */
export const medianBand = (points: readonly MedianInterval[]): MedianBand => ({
  median: Float64Array.from(points, ({ median }) => median),
  lower: Float64Array.from(points, ({ lower }) => lower),
  upper: Float64Array.from(points, ({ upper }) => upper),
  count: Uint32Array.from(points, ({ count }) => count),
});

/** The pointwise median of curves of the same points; values that are not finite count as missing. */
export const medianCurve = (curves: readonly Float64Array[]): MedianBand =>
  medianBand(
    Array.from(curves[0] ?? [], (_, point) =>
      medianInterval(finiteValues(Float64Array.from(curves, (curve) => curve[point]!))),
    ),
  );

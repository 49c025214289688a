import { finiteValues, momentsOf } from "./moments.ts";

/** Statistics of the finite values of a sample; NaN, except for the counts, if there are none. */
export interface DistributionSummary {
  /** Number of finite values. */
  readonly count: number;
  /** Number of infinite values and NaN. */
  readonly notFinite: number;
  readonly mean: number;
  /** Population standard deviation, √(Σ (x − mean)² / n). */
  readonly standardDeviation: number;
  /** Minimum, 5 %, 25 %, 50 %, 75 % and 95 % quantiles, maximum. */
  readonly quantiles: DistributionQuantiles;
}

/** Quantiles of a sample, in its unit. */
export interface DistributionQuantiles {
  readonly least: number;
  readonly q05: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly q95: number;
  readonly most: number;
}

/** Sums up a sample. */
export function summarizeDistribution(values: Float64Array): DistributionSummary {
  const finite = finiteValues(values);
  const sorted = finite.slice().sort();
  return {
    count: finite.length,
    notFinite: values.length - finite.length,
    ...momentsOf(finite),
    quantiles: quantilesBy((part) => quantile(sorted, part)),
  };
}

/** The quantiles that are told, from a function that finds any of them. */
export const quantilesBy = (find: (part: number) => number): DistributionQuantiles => ({
  least: find(0),
  q05: find(0.05),
  q25: find(0.25),
  median: find(0.5),
  q75: find(0.75),
  q95: find(0.95),
  most: find(1),
});

/** A quantile of sorted values, interpolated linearly between order statistics. */
function quantile(sorted: Float64Array, part: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = part * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  const beyond = at - Math.floor(at);
  const distance = above - below;
  // Numbers near the largest may be further apart than that.
  return Number.isFinite(distance)
    ? below + beyond * distance
    : (1 - beyond) * below + beyond * above;
}

/** Distances of two distributions; NaN where one of them has no finite value. */
export interface DistributionDistance {
  /** Kolmogorov–Smirnov: the largest |F(x) − G(x)| of the distribution functions, 0 … 1. */
  readonly kolmogorovSmirnov: number;
  /** Wasserstein: ∫ |F(x) − G(x)| dx, in the values' unit. */
  readonly wasserstein: number;
}

/**
 * The distances between the empirical distributions of two samples' finite values; others are left
 * out, as {@link summarizeDistribution} does, which counts them.
 */
export function distributionDistance(a: Float64Array, b: Float64Array): DistributionDistance {
  const [x, y] = [finiteValues(a).slice().sort(), finiteValues(b).slice().sort()];
  if (x.length === 0 || y.length === 0) {
    return { kolmogorovSmirnov: Number.NaN, wasserstein: Number.NaN };
  }
  let [i, j, largest, area] = [0, 0, 0, 0];
  let previous = Math.min(x[0]!, y[0]!);
  while (i < x.length || j < y.length) {
    const value = Math.min(x[i] ?? Infinity, y[j] ?? Infinity);
    const gap = Math.abs(i / x.length - j / y.length);
    largest = Math.max(largest, gap);
    if (gap > 0) area += gap * (value - previous);
    while (x[i] === value) i++;
    while (y[j] === value) j++;
    previous = value;
  }
  return { kolmogorovSmirnov: largest, wasserstein: area };
}

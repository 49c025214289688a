import { finiteValues, largestModulus } from "./moments.ts";

/**
 * Hedges' g of two samples, how many standard deviations the second mean is above the first:
 * g = (1 − 3 / (4 (n_a + n_b) − 9)) (mean_b − mean_a) / s, where s is the pooled standard deviation
 * (Hedges 1981, J Educ Stat 6:107). Values that are not finite are left out.
 *
 * @returns infinite when all deviation is between the samples; NaN when either has fewer than two
 *   values.
 */
export function hedgesG(a: Float64Array, b: Float64Array): number {
  const [x, y] = [finiteValues(a), finiteValues(b)];
  const degrees = x.length + y.length - 2;
  if (x.length < 2 || y.length < 2) return Number.NaN;
  const difference = meanOf(y) - meanOf(x);
  if (difference === 0) return 0;
  const pooled = Math.sqrt((squaresOf(x) + squaresOf(y)) / degrees);
  if (!Number.isFinite(pooled)) {
    const largest = Math.max(largestModulus(x), largestModulus(y));
    return hedgesG(
      x.map((value) => value / largest),
      y.map((value) => value / largest),
    );
  }
  return (1 - 3 / (4 * degrees - 1)) * (difference / pooled);
}

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Σ (x − mean)². */
function squaresOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

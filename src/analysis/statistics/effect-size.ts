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

/**
 * The mean of a sample in units of its standard deviation, corrected for small samples:
 * (1 − 3 / (4 n − 5)) mean / s. Of differences within pairs it is the effect size of what was
 * changed within them (Cohen's d_z with the correction of Hedges 1981).
 *
 * @returns infinite when all values are the same but 0; NaN of fewer than three.
 */
export function standardizedMean(values: Float64Array): number {
  const degrees = values.length - 1;
  // With one degree of freedom the correction is 0, whatever the sample.
  if (degrees < 2) return Number.NaN;
  const mean = meanOf(values);
  if (mean === 0) return 0;
  return (1 - 3 / (4 * degrees - 1)) * (mean / Math.sqrt(squaresOf(values) / degrees));
}

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Σ (x − mean)². */
function squaresOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

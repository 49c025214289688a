/**
 * P value of Rayleigh's test that n independent phases with the mean resultant length R are uniformly
 * distributed, from the corrected statistic S* = (1 − 1 / (2n)) 2nR² + nR⁴ / 2, which is χ² with two
 * degrees of freedom up to terms of order n⁻² (Mardia & Jupp 2000, Directional Statistics, section 6.3.1).
 *
 * @returns the probability of an R at least as large; NaN without phases
 *
 * @example
 * ```ts
 * import { analysis } from "isocortex";
 *
 * console.log(analysis.rayleighTest(0.045, 10_000)); // 1.6e-9
 * ```
 */
export function rayleighTest(resultantLength: number, count: number): number {
  if (!(count > 0)) return Number.NaN;
  const square = resultantLength ** 2;
  const statistic = (1 - 1 / (2 * count)) * 2 * count * square + (count * square ** 2) / 2;
  return Math.exp(-statistic / 2);
}

/** Mean resultant length that uniform phases exceed with the probability `alpha`, for large counts. */
export const chanceResultantLength = (count: number, alpha = 0.05): number =>
  Math.min(1, Math.sqrt(-Math.log(alpha) / count));

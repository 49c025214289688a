import { pearsonCorrelation } from "./pearson-correlation.ts";

/**
 * Spearman's rank correlation of paired values: Pearson's correlation of their ranks, where equal
 * values share their mean rank (Spearman 1904, Am J Psychol 15:72).
 *
 * @param x finite values
 * @param y as many
 * @returns −1 … 1; NaN where either sample does not vary
 *
 * @example
 * ```ts
 * import { analysis } from "isocortex";
 *
 * console.log(analysis.rankCorrelation(Float64Array.of(1, 2, 3), Float64Array.of(1, 4, 9))); // 1
 * ```
 */
export const rankCorrelation = (x: Float64Array, y: Float64Array): number =>
  pearsonCorrelation(ranks(x), ranks(y)).correlation;

/** Ranks from 1 on; equal values share their mean rank. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, k) => k).sort((a, b) => values[a]! - values[b]!);
  const found = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    for (let k = first; k < end; k++) found[order[k]!] = (first + 1 + end) / 2;
    first = end;
  }
  return found;
}

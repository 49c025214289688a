import { summarizeDistribution } from "../statistics/distribution.ts";
import { finiteValues, momentsOf } from "../statistics/moments.ts";

/** Mean and standard deviation over cells at successive times. */
export interface CellStatistics {
  /** Mean over the living cells with finite values; NaN if there are none. */
  readonly mean: Float64Array;
  /** Population standard deviation, √(Σ (x − mean)² / n); NaN if there are none. */
  readonly standardDeviation: Float64Array;
  /** Number of living cells. */
  readonly livingCount: Uint32Array;
  /** Number of living cells with an infinite value or NaN. */
  readonly notFiniteCount: Uint32Array;
  /** Quantiles over the living cells with finite values, if asked for; NaN if there are none. */
  readonly quantiles?: Readonly<Record<"q05" | "median" | "q95", Float64Array>>;
}

/**
 * Mean ± standard deviation of one variable over the living cells of a group, at every time; values
 * that are not finite are left out, and counted.
 *
 * @param values per time, one value per cell.
 * @param alive per time, 1 for each living cell.
 * @param cells the group's cells.
 * @param hasQuantiles true to give quantiles, too.
 */
export function livingCellStatistics(
  values: readonly Float64Array[],
  alive: readonly Uint8Array[],
  cells: Uint32Array,
  hasQuantiles = false,
): CellStatistics {
  const mean = new Float64Array(values.length);
  const standardDeviation = new Float64Array(values.length);
  const livingCount = new Uint32Array(values.length);
  const notFiniteCount = new Uint32Array(values.length);
  const [q05, median, q95] = [0, 0, 0].map(() => new Float64Array(values.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  values.forEach((row, k) => {
    const living = cells.filter((cell) => alive[k]![cell] === 1);
    const finite = finiteValues(Float64Array.from(living, (cell) => row[cell]!));
    const moments = momentsOf(finite);
    mean[k] = moments.mean;
    standardDeviation[k] = moments.standardDeviation;
    livingCount[k] = living.length;
    notFiniteCount[k] = living.length - finite.length;
    if (!hasQuantiles) return;
    const { quantiles } = summarizeDistribution(finite);
    [q05[k], median[k], q95[k]] = [quantiles.q05, quantiles.median, quantiles.q95];
  });
  const all = { mean, standardDeviation, livingCount, notFiniteCount };
  return hasQuantiles ? { ...all, quantiles: { q05, median, q95 } } : all;
}

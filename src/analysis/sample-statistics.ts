/** Mean and spread over cells at successive times. */
export interface CellStatistics {
  /** Mean over the living cells; NaN where none lives. */
  readonly mean: Float64Array;
  /** Population standard deviation, √(Σ (x − mean)² / n); NaN where none lives. */
  readonly standardDeviation: Float64Array;
  /** How many cells lived. */
  readonly livingCount: Uint32Array;
}

/**
 * Mean ± standard deviation of one variable over the living cells of a group, at every time.
 *
 * @param values per time, one value per cell.
 * @param alive per time, 1 for each living cell.
 * @param cells the group's cells.
 */
export function livingCellStatistics(
  values: readonly Float64Array[],
  alive: readonly Uint8Array[],
  cells: Uint32Array,
): CellStatistics {
  const mean = new Float64Array(values.length);
  const standardDeviation = new Float64Array(values.length);
  const livingCount = new Uint32Array(values.length);
  values.forEach((row, k) => {
    const living = cells.filter((cell) => alive[k]![cell] === 1);
    let sum = 0;
    for (const cell of living) sum += row[cell]!;
    mean[k] = sum / living.length;
    let squares = 0;
    for (const cell of living) squares += (row[cell]! - mean[k]!) ** 2;
    standardDeviation[k] = Math.sqrt(squares / living.length);
    livingCount[k] = living.length;
  });
  return { mean, standardDeviation, livingCount };
}

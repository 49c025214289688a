/** Pearson's correlation of two samples, their means, and the least-squares line of y on x. */
export interface PearsonCorrelation {
  /** Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²); NaN where either sample does not vary. */
  readonly correlation: number;
  /** Σ (x − x̄)(y − ȳ) / Σ (x − x̄)²; NaN where x does not vary. */
  readonly slope: number;
  readonly meanX: number;
  readonly meanY: number;
}

/**
 * Correlation of paired values.
 *
 * @param x finite values
 * @param y as many
 */
export function pearsonCorrelation(x: Float64Array, y: Float64Array): PearsonCorrelation {
  const mean = (values: Float64Array) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    const [dx, dy] = [x[k]! - meanX, y[k]! - meanY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return { correlation: xy / Math.sqrt(xx * yy), slope: xy / xx, meanX, meanY };
}

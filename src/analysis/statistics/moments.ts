/** Mean and spread of a sample. */
export interface Moments {
  /** NaN of no values. */
  readonly mean: number;
  /** Population standard deviation, √(Σ (x − mean)² / n); NaN of no values. */
  readonly standardDeviation: number;
}

/** The values that are finite numbers; the array itself where all are. */
export const finiteValues = (values: Float64Array): Float64Array =>
  values.every(Number.isFinite) ? values : values.filter(Number.isFinite);

/** Mean and standard deviation of finite values, be they so large that their sums are not finite. */
export function momentsOf(values: Float64Array): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / values.length);
  const largest = largestModulus(values);
  if (Number.isFinite(mean + standardDeviation) || !isFinitePositive(largest)) {
    return { mean, standardDeviation };
  }
  const scaled = momentsOf(values.map((value) => value / largest));
  return {
    mean: scaled.mean * largest,
    standardDeviation: scaled.standardDeviation * largest,
  };
}

/** The largest |x|; 0 of no values. */
export const largestModulus = (values: Float64Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

const isFinitePositive = (value: number): boolean => value > 0 && value < Infinity;

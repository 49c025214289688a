/** Number of measurements of a benchmark, and its cancellation. */
export interface BenchmarkOptions {
  /** Measurements. */
  readonly repeats: number;
  /** Stops it between two measurements. */
  readonly signal: AbortSignal;
}

/** How often a benchmark measures, and what ends it. */
export interface BenchmarkOptions {
  /** Measurements. */
  readonly repeats: number;
  /** Stops it between two measurements. */
  readonly signal: AbortSignal;
}

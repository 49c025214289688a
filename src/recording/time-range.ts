/** A stretch of time, startMs ≤ t < endMs. */
export interface TimeRange {
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Time range, startMs ≤ t < endMs; by default the whole run. */
export interface TimeRange {
  readonly startMs?: number;
  readonly endMs?: number;
}

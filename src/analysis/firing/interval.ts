/** Interval of time, startMs ≤ t < endMs. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** Thrown when an interval or a bin width cannot be used. */
export class IntervalError extends Error {
  override readonly name = "IntervalError";
}

/** Throws an {@link IntervalError} unless the interval is finite and longer than 0. */
export function checkInterval({ startMs, endMs }: Interval): void {
  if (Number.isFinite(startMs) && Number.isFinite(endMs) && startMs < endMs) return;
  throw new IntervalError(
    `The interval ${startMs} to ${endMs} ms is empty or not finite; expected a start before its end.`,
  );
}

/** Time that two intervals have in common; it ends before it starts if they have none. */
export const overlap = (a: Interval, b: Interval): Interval => ({
  startMs: Math.max(a.startMs, b.startMs),
  endMs: Math.min(a.endMs, b.endMs),
});

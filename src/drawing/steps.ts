/** Points of a line that changes in steps: each value until the time of the next one. */
export interface StepPoints {
  readonly timesMs: Float64Array;
  /** Values at these points, of one for each step. */
  of(values: ArrayLike<number>): Float64Array;
}

/** @param endMs how long the last value holds, if longer than to its own time */
export function stepPoints(timesMs: ArrayLike<number>, endMs?: number): StepPoints {
  const twice = (all: ArrayLike<number>) => Array.from(all).flatMap((one) => [one, one]);
  const times = twice(timesMs)
    .slice(1)
    .concat(endMs ?? []);
  return {
    timesMs: Float64Array.from(times),
    of: (values) => Float64Array.from(twice(values).slice(0, times.length)),
  };
}

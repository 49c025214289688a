import type { Interval } from "./interval.ts";

/** Periodic stimulus: intervals in which it recurs, in order of time. */
export interface PeriodicStimulus {
  readonly periodMs: number;
  readonly parts: readonly StimulusPart[];
}

/** Interval of a periodic stimulus, which recurs at originMs + k · period. */
export interface StimulusPart extends Interval {
  readonly originMs: number;
}

/** Numbers differ by rounding, relative to a period. */
const TOLERANCE = 1e-9;

/** The parts of a stimulus within an interval, cut to whole periods; those without one are left out. */
export function wholePeriods(
  { periodMs, parts }: PeriodicStimulus,
  within: Interval = { startMs: -Infinity, endMs: Infinity },
): StimulusPart[] {
  return parts.flatMap(({ originMs, ...part }) => {
    const startMs = Math.max(part.startMs, within.startMs);
    const endMs = Math.min(part.endMs, within.endMs);
    const first = Math.ceil((startMs - originMs) / periodMs - TOLERANCE);
    const end = Math.floor((endMs - originMs) / periodMs + TOLERANCE);
    if (!(first < end)) return [];
    return [{ originMs, startMs: originMs + first * periodMs, endMs: originMs + end * periodMs }];
  });
}

import type { Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { type PotentialSchedule, readingCount, readingTimeMs } from "../recording/potentials.ts";
import { doesOf, type Entry } from "../timeline/entry.ts";
import { plannedTimes } from "../timeline/when.ts";
import type { PlannedCourse } from "./divergence.ts";

/** Times at which something is recorded, ascending; `nextMs` is Infinity when there are no more. */
export interface RecordingTimes {
  readonly nextMs: number;
  /** Goes on to the time after `nextMs`. */
  pass(): void;
}

/** Times that are known beforehand. */
export interface ListedTimes extends RecordingTimes {
  has(timeMs: number): boolean;
}

/**
 * Samples of all cells: from `samplingStartMs` every `samplingIntervalMs`, to the end.
 *
 * @param fromMs where the record begins
 */
export function sampleTimes(parameters: Parameters, fromMs = 0): RecordingTimes {
  const endMs = durationMs(parameters);
  let nextMs = parameters.samplingStartMs;
  const times: RecordingTimes = {
    get nextMs() {
      return nextMs <= endMs ? nextMs : Infinity;
    },
    pass() {
      // Times accumulate, as the original's do.
      nextMs += parameters.samplingIntervalMs;
    },
  };
  return begunAt(times, fromMs);
}

/**
 * Plastic gains: at the chosen times, else at the beginnings and ends of learning; and at the end, as
 * far as that is known beforehand.
 *
 * @param fromMs where the record begins
 */
export function gainTimes(
  { timeline, durationMs: endMs }: PlannedCourse & { readonly durationMs: number },
  chosenMs?: readonly number[],
  fromMs = 0,
): ListedTimes {
  const wanted = [...(chosenMs ?? learningTimes(timeline)), endMs];
  return begunAt(listedTimes(wanted.filter((timeMs) => timeMs <= endMs)), fromMs);
}

/** @throws {RangeError} when plastic gains are to be recorded at a time outside the record. */
export const checkGainTimes = (
  parameters: Parameters,
  chosenMs: readonly number[] = [],
  fromMs = 0,
): void => checkTimes("Plastic gains", chosenMs, fromMs, durationMs(parameters));

/** Time at which learning begins and ends, as far as that can be told beforehand, ms. */
export const learningTimes = (timeline: readonly Entry[]): readonly number[] =>
  doesOf(timeline, "plasticity")
    ? timeline.flatMap(({ kind, when }) => (kind.key === "plasticity" ? plannedTimes(when) : []))
    : [];

/** Checkpoints at chosen times. */
export const checkpointTimes = (chosenMs: readonly number[] = []): RecordingTimes =>
  listedTimes(chosenMs);

/** @throws {RangeError} when a checkpoint is to be kept of a time outside the record. */
export const checkCheckpointTimes = (
  parameters: Parameters,
  chosenMs: readonly number[] = [],
  fromMs = 0,
): void => checkTimes("A checkpoint", chosenMs, fromMs, durationMs(parameters));

/**
 * Readings of potentials.
 *
 * @param passed of them, how many are recorded already
 * @param fromMs where the record begins
 */
export function potentialTimes(
  schedule: PotentialSchedule | undefined,
  passed = 0,
  fromMs = 0,
): RecordingTimes {
  const end = schedule ? readingCount(schedule) : 0;
  let next = schedule ? readingCount(schedule, fromMs) + passed : 0;
  return {
    get nextMs() {
      return schedule && next < end ? readingTimeMs(schedule, next) : Infinity;
    },
    pass() {
      next++;
    },
  };
}

/** Passes all times before `fromMs`. */
export function begunAt<T extends RecordingTimes>(times: T, fromMs: number): T {
  while (times.nextMs < fromMs) times.pass();
  return times;
}

function listedTimes(timesMs: readonly number[]): ListedTimes {
  const times = [...new Set(timesMs)].sort((a, b) => a - b);
  let next = 0;
  return {
    get nextMs() {
      return times[next] ?? Infinity;
    },
    pass() {
      next++;
    },
    has: (timeMs) => times.includes(timeMs),
  };
}

function checkTimes(what: string, timesMs: readonly number[], fromMs: number, endMs: number): void {
  for (const timeMs of timesMs) {
    if (timeMs >= fromMs && timeMs <= endMs) continue;
    throw new RangeError(
      `${what} at ${timeMs / 1000} s: expected a time from ${fromMs / 1000} to ${endMs / 1000} s, the ${fromMs > 0 ? "extent" : "length"} of this run.`,
    );
  }
}

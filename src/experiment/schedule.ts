import type { Parameters } from "../model/parameters.ts";
import { durationMs, usesPlasticity } from "../model/timeline.ts";

/** Times at which something is recorded, ascending; `nextMs` is Infinity when there are no more. */
export interface RecordingTimes {
  readonly nextMs: number;
  /** Goes on to the time after `nextMs`. */
  pass(): void;
}

/** Samples of all cells: from `samplingStartMs` every `samplingIntervalMs`, to the end. */
export function sampleTimes(parameters: Parameters): RecordingTimes {
  const endMs = durationMs(parameters);
  let nextMs = parameters.samplingStartMs;
  return {
    get nextMs() {
      return nextMs <= endMs ? nextMs : Infinity;
    },
    pass() {
      // Times accumulate, as the original's do.
      nextMs += parameters.samplingIntervalMs;
    },
  };
}

/**
 * Plastic gains: at the chosen times, else at the beginning and end of learning; and at the end.
 *
 * @throws {RangeError} when a chosen time lies outside the experiment.
 */
export function gainTimes(parameters: Parameters, chosenMs?: readonly number[]): RecordingTimes {
  const endMs = durationMs(parameters);
  for (const timeMs of chosenMs ?? []) {
    if (!(timeMs >= 0 && timeMs <= endMs)) {
      throw new RangeError(
        `Plastic gains at ${timeMs / 1000} s: expected a time from 0 to ${endMs / 1000} s, the length of this run.`,
      );
    }
  }
  const { plasticityStartMs, plasticityEndMs } = parameters;
  const learning = usesPlasticity(parameters) ? [plasticityStartMs, plasticityEndMs] : [];
  const wanted = [...(chosenMs ?? learning), endMs].filter((timeMs) => timeMs <= endMs);
  const times = [...new Set(wanted)].sort((a, b) => a - b);
  let next = 0;
  return {
    get nextMs() {
      return times[next] ?? Infinity;
    },
    pass() {
      next++;
    },
  };
}

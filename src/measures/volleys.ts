import { type Interval, overlap } from "../analysis/firing/interval.ts";
import {
  type PeriodicStimulus,
  type StimulusPart,
  wholePeriods,
} from "../analysis/firing/periodic-stimulus.ts";
import type { EntryCourse } from "../recording/course.ts";
import { recordedParameters } from "../recording/recorded-parameters.ts";
import type { RunHistory } from "./history.ts";

/** Volleys of a run: "none" and "shuffled" are controls, with the times that volleys would have. */
export type VolleyInput = "volleys" | "shuffled" | "none";

/** Times of volleys within an interval. */
export interface RunVolleys extends PeriodicStimulus {
  readonly input: VolleyInput;
}

/**
 * Volleys of a run in an interval, in whole periods: those of the first stimulus of that pattern or,
 * if there is none, as the parameters of training have them, which makes silent training a control.
 *
 * @returns undefined if no whole period of volleys lies in the interval
 */
export function runVolleys(history: RunHistory, within: Interval): RunVolleys | undefined {
  const known = overlap(within, history.interval);
  const candidates = [...history.courses().flatMap(volleysOfEntry), ...nominalVolleys(history)];
  for (const volleys of candidates) {
    const parts = wholePeriods(volleys, known);
    if (parts.length > 0) return { ...volleys, parts };
  }
  return undefined;
}

function volleysOfEntry({ entry, parts }: EntryCourse): RunVolleys[] {
  const { pattern, rate, shuffled } = actionOf(entry.action);
  if (entry.what !== "stimulate" || pattern !== "volleys" || typeof rate !== "number") return [];
  const { form, fromMs } = entry.when;
  // A part may begin at a branch whose past is not known.
  const begunMs = form === "during" && typeof fromMs === "number" ? fromMs : undefined;
  return [
    {
      input: shuffled === true ? "shuffled" : "volleys",
      periodMs: 1000 / rate,
      parts: parts.map(
        ({ startMs, endMs }): StimulusPart => ({
          originMs: begunMs ?? startMs,
          startMs,
          endMs,
        }),
      ),
    },
  ];
}

const actionOf = (action: unknown): Readonly<Record<string, unknown>> =>
  typeof action === "object" && action !== null ? { ...action } : {};

/** Volleys of the parameters: of runs of version 0.2.0, and times to compare with for silent training. */
function nominalVolleys({ record: { manifest } }: RunHistory): RunVolleys[] {
  const parameters = recordedParameters(manifest);
  const { trainingRateHz, trainingWeightMv, trainingShuffled, learningDurationS } = parameters;
  const { trainingStartMs: startMs, trainingEndMs: endMs } = parameters;
  if (!(trainingRateHz > 0 && learningDurationS > 0 && startMs < endMs)) return [];
  const isListed = manifest.timeline !== undefined;
  const isSilent = isListed || trainingWeightMv === 0;
  return [
    {
      input: isSilent ? "none" : trainingShuffled ? "shuffled" : "volleys",
      periodMs: 1000 / trainingRateHz,
      parts: [{ originMs: startMs, startMs, endMs }],
    },
  ];
}

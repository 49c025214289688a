/** Recurring events of a run, their number, and the shortest allowed interval. */

import { numberText } from "./number-text.ts";
import { ParameterError } from "./parameter-error.ts";
import type { Parameters } from "./parameters.ts";
import { durationMs } from "./timeline.ts";

/** Records of one kind in one run, at most: more are a slip of the unit, and fill any disk. */
export const MOST_RECORDS = 10_000_000;

/** Spacing of double-precision numbers, relative to their size, at most. */
const RESOLUTION = Number.EPSILON;

/** Something that happens at regular intervals, each time with a record. */
export interface Recurrence {
  readonly parameter:
    | "samplingIntervalMs"
    | "deletionIntervalMs"
    | "timelineUnitMs"
    | "trialDurationMs";
  /** Noun for the counted events. */
  readonly noun: string;
  readonly intervalMs: number;
  /** From its first time to the end of the run, ms. */
  readonly spanMs: number;
  /** Largest number of events in a run of any length. */
  readonly most: number;
}

/** Everything that recurs in a run; nothing that would begin after its end. */
export function recurrences(parameters: Parameters, cellCount: number): Recurrence[] {
  const endMs = durationMs(parameters);
  const { samplingStartMs, samplingIntervalMs } = parameters;
  const all: Recurrence[] = [
    {
      parameter: "samplingIntervalMs",
      noun: "samples of all cells",
      intervalMs: samplingIntervalMs,
      spanMs: endMs - samplingStartMs,
      most: Infinity,
    },
    ...(deletesBySteps(parameters) ? [roundsOf(parameters, endMs, cellCount)] : []),
    ...trialsOf(parameters, endMs),
  ];
  return all.filter(({ spanMs }) => spanMs >= 0);
}

/** True if a fixed number of cells is deleted again and again. */
export const deletesBySteps = (parameters: Parameters): boolean =>
  parameters.model === "2014"
    ? parameters.deletion && parameters.deletionProcess === "fixed-size"
    : parameters.protocol === "deletion";

function roundsOf(parameters: Parameters, endMs: number, cellCount: number): Recurrence {
  const { model, deletionStepCells, reduceExternalInput } = parameters;
  const parameter = parameters.model === "2014" ? "timelineUnitMs" : "deletionIntervalMs";
  const intervalMs = parameters[parameter];
  const firstMs = parameters.model === "2014" ? parameters.deletionStartMs : intervalMs;
  return {
    parameter,
    noun: "rounds of deletion",
    intervalMs,
    spanMs: endMs - firstMs,
    // In the 2014 model, external input is brought up to date to the end.
    most: model === "2014" && reduceExternalInput ? Infinity : cellCount / deletionStepCells,
  };
}

function trialsOf(parameters: Parameters, endMs: number): Recurrence[] {
  const { model, protocol, stimulation, trialDurationMs } = parameters;
  if (!(model === "2014" ? stimulation : protocol === "deletion")) return [];
  const noun = model === "2014" ? "draws of stimuli" : "trials";
  return [
    {
      parameter: "trialDurationMs",
      noun,
      intervalMs: trialDurationMs,
      spanMs: endMs,
      most: Infinity,
    },
  ];
}

/** Number of events in a run. */
export const occurrences = ({ intervalMs, spanMs, most }: Recurrence): number =>
  Math.min(most, Math.floor(spanMs / intervalMs) + 1);

/** The errors of intervals that are too short: time would stand still, or records never end. */
export function recurrenceErrors(parameters: Parameters, cellCount: number): ParameterError[] {
  const resolutionMs = durationMs(parameters) * RESOLUTION;
  return recurrences(parameters, cellCount).flatMap((recurrence) => {
    const count = occurrences(recurrence);
    const { parameter, noun, intervalMs, spanMs } = recurrence;
    if (intervalMs < resolutionMs) {
      const reason = "to which times at the end of this run are resolved";
      return tooShort(parameter, intervalMs, resolutionMs, reason);
    }
    if (count <= MOST_RECORDS) return [];
    const most = numberText(MOST_RECORDS);
    const reason = `for at most ${most} ${noun}; these would be ${numberText(count)}`;
    return tooShort(parameter, intervalMs, spanMs / (MOST_RECORDS - 1), reason);
  });
}

function tooShort(
  parameter: string,
  intervalMs: number,
  leastMs: number,
  reason: string,
): ParameterError {
  const given = numberText(intervalMs);
  const allowed = `at least ${Number(leastMs.toPrecision(2))} ms, ${reason}`;
  return new ParameterError(`${parameter} = ${given}: expected ${allowed}.`, {
    parameter,
    given,
    allowed,
  });
}

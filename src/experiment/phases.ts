import { modelOf, type ParameterOverrides, type Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";

/** A named part of an experiment's timeline. */
export interface Phase {
  readonly name: "baseline" | "learning" | "recall";
  readonly startMs: number;
  readonly endMs: number;
}

/** The phases of an experiment that have any length, in order of time. */
export function phasesOf(parameters: Parameters): Phase[] {
  const { baselineDurationS, learningDurationS, recallDurationS } = parameters;
  const learningMs = baselineDurationS * 1000;
  const recallMs = (baselineDurationS + learningDurationS) * 1000;
  const endMs = (baselineDurationS + learningDurationS + recallDurationS) * 1000;
  const phases: Phase[] = [
    { name: "baseline", startMs: 0, endMs: learningMs },
    { name: "learning", startMs: learningMs, endMs: recallMs },
    { name: "recall", startMs: recallMs, endMs },
  ];
  return phases.filter((phase) => phase.endMs > phase.startMs);
}

/**
 * The phases of an experiment that is made longer or shorter: the last one ends with it, and what
 * would begin after its end is left out.
 */
export function phasesLasting(parameters: Parameters, lengthMs: number): ParameterOverrides {
  if (lengthMs === durationMs(parameters)) return {};
  const durationS = lengthMs / 1000;
  const { baselineDurationS, learningDurationS, recallDurationS } = parameters;
  const last = phasesOf(parameters).at(-1)?.name;
  const baseline = last === "baseline" ? durationS : Math.min(baselineDurationS, durationS);
  const leftS = durationS - baseline;
  const learning = last === "learning" ? leftS : Math.min(learningDurationS, leftS);
  const recall = last === "recall" ? leftS - learning : Math.min(recallDurationS, leftS - learning);
  return {
    baselineDurationS: baseline,
    learningDurationS: learning,
    recallDurationS: recall,
    ...(modelOf(parameters) === 2014 && phases2014(parameters, lengthMs)),
  };
}

/** The phases of the 2014 model's own timeline, which end with the others. */
function phases2014({ baselinePhaseMs: usualMs }: Parameters, lengthMs: number) {
  const baselinePhaseMs = Math.min(usualMs, lengthMs);
  return { baselinePhaseMs, deletionPhaseMs: lengthMs - baselinePhaseMs };
}

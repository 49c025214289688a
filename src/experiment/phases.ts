import type { Parameters } from "../model/parameters.ts";

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

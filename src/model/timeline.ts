import type { Parameters } from "./parameters.ts";

type PhaseDurations = Pick<
  Parameters,
  "baselineDurationS" | "learningDurationS" | "recallDurationS"
>;

/** Simulated time of the whole run, in ms: baseline, learning and recall (`tstop`). */
export function durationMs(phases: PhaseDurations): number {
  return (phases.learningDurationS + phases.baselineDurationS + phases.recallDurationS) * 1e3;
}

/** Whether STDP ever acts: only with a learning phase; its window is plasticityStartMs to plasticityEndMs. */
export function usesPlasticity(parameters: Parameters): boolean {
  return parameters.learningDurationS > 0;
}

/** Whether there is training input: only with a learning phase, a rate and a weight. */
export function usesTraining(parameters: Parameters): boolean {
  const { learningDurationS, trainingRateHz, trainingWeightMv } = parameters;
  return learningDurationS > 0 && trainingRateHz > 0 && trainingWeightMv > 0;
}

interface PhaseDurations {
  readonly baselineDurationS: number;
  readonly learningDurationS: number;
  readonly recallDurationS: number;
}

/** Simulated time of the whole run, in ms: baseline, learning and recall (`tstop`). */
export function durationMs(phases: PhaseDurations): number {
  return (phases.learningDurationS + phases.baselineDurationS + phases.recallDurationS) * 1e3;
}

/**
 * True if STDP ever acts: only with a learning phase; its window is plasticityStartMs to
 * plasticityEndMs.
 */
export function usesPlasticity(parameters: Pick<PhaseDurations, "learningDurationS">): boolean {
  return parameters.learningDurationS > 0;
}

interface TrainingInput extends Pick<PhaseDurations, "learningDurationS"> {
  readonly trainingRateHz: number;
  readonly trainingWeightMv: number;
}

/** True if there is training input: only with a learning phase, a rate and a weight. */
export function usesTraining(parameters: TrainingInput): boolean {
  const { learningDurationS, trainingRateHz, trainingWeightMv } = parameters;
  return learningDurationS > 0 && trainingRateHz > 0 && trainingWeightMv > 0;
}

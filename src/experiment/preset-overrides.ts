import type { ParameterOverrides } from "../model/parameters.ts";

/**
 * Homeostasis and samples at the pace of the quick presets.
 *
 * The sensor is five times as fast as the published one, so that a short baseline fills it. The
 * loop through it is stable only if β/γ exceeds its time constant: here 400 s against 20 s.
 */
export const quick: ParameterOverrides = {
  sensorTimeConstantMs: 20_000,
  sensorDecay: "consistent",
  scalingBeta: 0.08,
  scalingGamma: 2e-7,
  samplingStartMs: 1000,
  samplingIntervalMs: 1000,
};

/** Baseline from beginning to end. */
export const withoutLearning: ParameterOverrides = { learningDurationS: 0, recallDurationS: 0 };

/** STDP a hundred times as fast. */
export const quickTraining: ParameterOverrides = {
  baselineDurationS: 80,
  learningDurationS: 85,
  recallDurationS: 15,
  plasticIncrementEE: 0.1,
  scalingStartMs: 80_000,
  ...quick,
};

/** Deletion and nothing else, as the deposited batch scripts have it. */
export const deletion: ParameterOverrides = {
  deletionStepCells: 3,
  baselineDurationS: 160_000,
  ...withoutLearning,
  deletionIntervalMs: 1_600_000,
};

/**
 * As many rounds, in 300 s instead of 160 000 s.
 *
 * External input shrinks by 0.15 of the fraction of cells lost instead of 0.25: with more, scaling
 * has to bring the column so near to instability that it bursts. A burst lasts a second at any
 * pace of deletion, so it weighs the more the shorter the experiment.
 */
export const quickDeletion: ParameterOverrides = {
  ...deletion,
  baselineDurationS: 300,
  deletionIntervalMs: 3000,
  trialDurationMs: 20_000,
  externalReduction: 0.15,
  scalingStartMs: 60_000,
  ...quick,
};

/** Training with as many rounds of deletion as the deposited command gives. */
export const quickDeletionAsDeposited: ParameterOverrides = {
  deletionStepCells: 3,
  deletionIntervalMs: 15_000,
  trialDurationMs: 20_000,
  ...quickTraining,
};

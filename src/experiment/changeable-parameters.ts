import type { ParameterName } from "../model/parameters.ts";

const wiring = "it decides how the network is built, and a branch keeps its parent's network";
const past = "cells' states decay with it from their last events on, so it would change the past";

/** The parameters that a branch cannot change, and why. */
export const builtIn: Partial<Record<ParameterName, string>> = {
  sizeFactor: wiring,
  gainEE: wiring,
  gainEI: wiring,
  gainIE: wiring,
  gainII: wiring,
  nmdaRatio: wiring,
  weightFactor: wiring,
  connectionFactor: wiring,
  connectionFactorEE: wiring,
  connectionFactorEI: wiring,
  connectionFactorIE: wiring,
  connectionFactorII: wiring,
  columnSideUm: wiring,
  wiringLengthUm: wiring,
  positionSeed: wiring,
  wiringSeed: wiring,
  weightSeed: wiring,
  sensorTimeConstantMs: past,
  sensorDecay: past,
  afterhyperpolarizationTimeConstantEMs: past,
};

const saidBy = (entry: string) => `an entry of the timeline says it: ${entry}`;
const deletion = saidBy("delete");
const trials = saidBy("trials");
const training = saidBy("stimulate");
const length = "it decides how long the run is or what of it is recorded";
const other = "it has no effect, or only where other parameters are derived from it";

/** The parameters that cannot change in the course of a run, and why. */
export const unchangeable: Partial<Record<ParameterName, string>> = {
  ...builtIn,
  protocol: saidBy("delete, trials"),
  scaling: saidBy("scaling"),
  scalingStartMs: saidBy("scaling"),
  plasticityStartMs: saidBy("plasticity"),
  plasticityEndMs: saidBy("plasticity"),
  trainingRateHz: training,
  trainingWeightMv: training,
  trainingVolleyMs: training,
  trainingShuffled: training,
  trainingStartMs: training,
  trainingEndMs: training,
  trainingSeed: training,
  deletionSelection: deletion,
  deletionStepCells: deletion,
  deletionProtocolStartMs: deletion,
  deletionIntervalMs: deletion,
  deletionSeed: deletion,
  reduceExternalInput: deletion,
  externalReduction: deletion,
  trialDurationMs: trials,
  trialSeed: trials,
  inputSeed: saidBy("reseed"),
  baselineDurationS: length,
  learningDurationS: length,
  recallDurationS: length,
  samplingStartMs: length,
  samplingIntervalMs: length,
  bufferIntervalMs: other,
};

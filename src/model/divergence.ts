import { type ParameterName, type Parameters, parameterNames } from "./parameters.ts";
import { durationMs, usesPlasticity, usesTraining } from "./timeline.ts";

/** When a parameter's value can first matter to a run, ms; Infinity where it never does. */
type Onset = (parameters: Parameters) => number;

const never: Onset = () => Infinity;
const scaling: Onset = (run) => (run.scaling ? run.scalingStartMs : Infinity);
const plasticity: Onset = (run) => (usesPlasticity(run) ? run.plasticityStartMs : Infinity);
const plasticityEnd: Onset = (run) =>
  usesPlasticity(run) ? Math.max(run.plasticityStartMs, run.plasticityEndMs) : Infinity;
const training: Onset = (run) => (usesTraining(run) ? run.trainingStartMs : Infinity);
const trials: Onset = (run) =>
  run.protocol === "deletion" ? run.deletionProtocolStartMs : Infinity;
const deletion: Onset = (run) => trials(run) + run.deletionIntervalMs;
const secondTrial: Onset = (run) => trials(run) + run.trialDurationMs;
/** The phases matter through what is derived from them; their sum is compared by itself. */
const phase: Onset = never;

/** The parameters that matter from some time on only; all others do from the beginning. */
const onsets: Partial<Record<ParameterName, Onset>> = {
  scaling,
  scalingStartMs: scaling,
  scalingBeta: scaling,
  scalingGamma: scaling,
  scaleInhibitoryCells: scaling,
  scaleFactorMinimum: scaling,
  scaleFactorMaximum: scaling,
  rateErrorIntegralLimit: scaling,
  targetRateEHz: scaling,
  targetRateIHz: scaling,
  plasticityStartMs: plasticity,
  plasticityEndMs: plasticityEnd,
  plasticIncrementEE: plasticity,
  plasticMaximumEE: plasticity,
  plasticIncrementEI: plasticity,
  plasticMaximumEI: plasticity,
  plasticIncrementIE: never,
  plasticMaximumIE: never,
  plasticIncrementII: never,
  plasticMaximumII: never,
  trainingRateHz: training,
  trainingWeightMv: training,
  trainingVolleyMs: training,
  trainingShuffled: training,
  trainingStartMs: training,
  trainingEndMs: training,
  trainingSeed: training,
  deletionSelection: deletion,
  deletionStepCells: deletion,
  deletionIntervalMs: deletion,
  deletionSeed: deletion,
  reduceExternalInput: deletion,
  externalReduction: deletion,
  deletionProtocolStartMs: trials,
  trialDurationMs: secondTrial,
  baselineDurationS: phase,
  learningDurationS: phase,
  recallDurationS: phase,
};

const fromBeginning: Onset = () => 0;

const onsetOf = (name: ParameterName): Onset => onsets[name] ?? fromBeginning;

/**
 * The time up to which runs with either parameters are the same to the last bit, ms; Infinity when
 * they are throughout. A branch at that time, of one with the other's parameters, is the other run.
 *
 * Rather too early than too late: 0 for runs of different lengths, whose external streams may end
 * at different times.
 */
export function commonUntilMs(a: Parameters, b: Parameters): number {
  if (durationMs(a) !== durationMs(b)) return 0;
  return parameterNames
    .filter((name) => a[name] !== b[name])
    .reduce((earliest, name) => Math.min(earliest, onsetOf(name)(a), onsetOf(name)(b)), Infinity);
}

/**
 * What decides how a run begins, as text: runs for which it is equal have some time in common,
 * and so do no others.
 */
export function beginningKey(parameters: Parameters): string {
  const deciding = parameterNames.filter((name) => onsets[name] === undefined);
  return JSON.stringify([durationMs(parameters), ...deciding.map((name) => parameters[name])]);
}

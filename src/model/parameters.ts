/**
 * Every parameter of a run: name, unit, published value, allowed range and the original's name.
 *
 * The table is the single source: types, defaults, validation, `isocortex list` and the manifest
 * are all derived from it. Values are those of Rowan & Neymotin (2013), ModelDB 147141.
 */

import {
  anyDuration,
  anyNumber,
  anyPositive,
  type ChoiceDefinition,
  choice,
  integer,
  number,
  type ParameterDefinition,
  seedRange,
  toggle,
} from "./parameter-definition.ts";
import { ruleParameters } from "./rules.ts";

export type {
  BooleanDefinition,
  ChoiceDefinition,
  NumberDefinition,
  ParameterDefinition,
} from "./parameter-definition.ts";

/** All parameters by name, in the order in which they are listed to users. */
export const parameterDefinitions = {
  // Timeline and protocol
  protocol: choice(
    "deletion",
    ["deletion", "training"],
    "Which events happen: rounds of cell deletion with reseeded input, or training alone.",
    { original: ["stdpsim"], originalValues: ["deletion", "training"] },
  ),
  sizeFactor: number(1, "1", [0.1, 1000], "Multiplies every population's cell count.", {
    original: ["scale"],
  }),
  baselineDurationS: number(800, "s", anyDuration, "Length of the baseline phase.", {
    original: ["PreDur"],
  }),
  learningDurationS: number(
    8000,
    "s",
    anyDuration,
    "Length of the learning phase (training input and STDP); 0 for neither.",
    { original: ["LearnDur"] },
  ),
  recallDurationS: number(800, "s", anyDuration, "Length of the recall phase after learning.", {
    original: ["PostDur"],
  }),

  // Homeostatic synaptic scaling
  scaling: toggle(true, "Whether homeostatic synaptic scaling is turned on at scalingStartMs.", {
    original: ["scaling"],
  }),
  scalingStartMs: number(
    null,
    "ms",
    anyPositive,
    "When scaling turns on; 800 000 in training runs, bufferIntervalMs in deletion runs.",
    { original: ["scalingstart"] },
  ),
  scalingBeta: number(
    4e-8,
    "1/(event·kHz)",
    anyNumber,
    "Proportional gain β of the scale factor per event, times the rate error.",
    { original: ["activitybeta"] },
  ),
  scalingGamma: number(
    1e-10,
    "1/event",
    anyNumber,
    "Integral gain γ of the scale factor per event, times the integrated rate error.",
    { original: ["activitygamma"] },
  ),
  scaleInhibitoryCells: toggle(
    false,
    "Whether inhibitory cells have scale factors of their own, too.",
    { original: ["scaleinhib"], inertInOriginal: true },
  ),
  scaleFactorMinimum: number(0, "1", [0, 1], "Lower bound of scale factors; 0 for none."),
  scaleFactorMaximum: number(
    0,
    "1",
    anyPositive,
    "Upper bound of scale factors, 1 or more; 0 for none.",
  ),
  rateErrorIntegralLimit: number(
    0,
    "kHz·ms",
    anyPositive,
    "Bound of the integrated rate error's magnitude, against windup; 0 for none.",
  ),
  targetRateEHz: number(
    0,
    "Hz",
    [0, 1000],
    "Target rate of E cells; 0 for each cell's own mean rate when scaling begins, as published.",
  ),
  targetRateIHz: number(
    0,
    "Hz",
    [0, 1000],
    "Target rate of I cells, if they scale; 0 for each cell's own mean rate, as published.",
  ),
  sensorTimeConstantMs: number(
    100_000,
    "ms",
    anyPositive,
    "Time constant of the rate sensor: a spike adds (1 − sensed rate)/τ.",
    { original: ["activitytau"], aboveMin: true },
  ),
  sensorDecay: choice(
    "published",
    ["published", "consistent"],
    "Whether the sensor decays with 100 000 ms whatever its time constant, as in the original, or with it.",
  ),

  // STDP
  plasticityStartMs: number(null, "ms", anyPositive, "STDP begins; by default with learning.", {
    original: ["PlastStart"],
  }),
  plasticityEndMs: number(null, "ms", anyPositive, "STDP ends; by default with learning.", {
    original: ["PlastStop"],
  }),
  plasticIncrementEE: number(0.001, "1", anyPositive, "STDP step of E→E plastic gains.", {
    original: ["plastEEinc"],
  }),
  plasticMaximumEE: number(10, "1", anyPositive, "Upper soft bound of E→E plastic gains.", {
    original: ["plastEEmaxw"],
    aboveMin: true,
  }),
  plasticIncrementEI: number(0, "1", anyPositive, "STDP step of E→I plastic gains (off).", {
    original: ["plastEIinc"],
  }),
  plasticMaximumEI: number(1, "1", anyPositive, "Upper soft bound of E→I plastic gains.", {
    original: ["plastEImaxw"],
    aboveMin: true,
  }),
  plasticIncrementIE: number(
    0,
    "1",
    anyPositive,
    "Accepted for the original's scripts; inhibitory STDP is off, so it has no effect.",
    { original: ["plastIEinc"] },
  ),
  plasticMaximumIE: number(1, "1", anyPositive, "Like plasticIncrementIE: no effect.", {
    original: ["plastIEmaxw"],
  }),
  plasticIncrementII: number(0, "1", anyPositive, "Like plasticIncrementIE: no effect.", {
    original: ["plastIIinc"],
  }),
  plasticMaximumII: number(1, "1", anyPositive, "Like plasticIncrementIE: no effect.", {
    original: ["plastIImaxw"],
  }),

  ...ruleParameters,

  // Training input
  trainingRateHz: number(8, "Hz", [0, 1e5], "Volleys of training input per second; 0 for none.", {
    original: ["TrainRate"],
  }),
  trainingWeightMv: number(1, "mV", [0, 1e6], "Weight of a training input; 0 for none.", {
    original: ["TrainW"],
  }),
  trainingVolleyMs: number(1, "ms", [0, 1e9], "Time over which a volley's inputs spread.", {
    original: ["TrainDUR"],
  }),
  trainingShuffled: toggle(
    false,
    "Whether all training inputs are spread over the learning phase at random: as many, uncorrelated.",
    { original: ["TrainRand"] },
  ),
  trainingStartMs: number(null, "ms", anyPositive, "Training begins; by default with learning.", {
    original: ["TrainStart"],
  }),
  trainingEndMs: number(null, "ms", anyPositive, "Training ends; by default with learning.", {
    original: ["TrainStop"],
  }),

  // Deletion
  deletionSelection: choice(
    "random",
    ["scale-factor", "random"],
    "How cells to delete are drawn: uniformly, or in proportion to their scale factors.",
    { original: ["randomdelete"], originalValues: ["scale-factor", "random"] },
  ),
  deletionStepCells: integer(
    null,
    "cells",
    [0, 1e9],
    "Cells deleted per round; by default 5 × sizeFactor.",
    {
      original: ["deletionstep"],
    },
  ),
  deletionIntervalMs: number(
    null,
    "ms",
    anyPositive,
    "Time between rounds of deletion; by default bufferIntervalMs.",
    { original: ["segmentlength"], aboveMin: true },
  ),
  deletionProtocolStartMs: number(
    0,
    "ms",
    anyPositive,
    "When deletion runs begin their first trial; the first round follows one deletionIntervalMs later.",
  ),
  trialDurationMs: number(
    80_000,
    "ms",
    anyPositive,
    "Length of the alternating unique and repeat trials of external input in deletion runs.",
    { original: ["infotriallength"], aboveMin: true },
  ),
  reduceExternalInput: toggle(
    true,
    "Whether external weights shrink as cells are lost, as if neighbouring columns lost theirs.",
    { original: ["scaleexternal"] },
  ),
  externalReduction: number(
    0.25,
    "1",
    [0, 1],
    "External weights are multiplied by 1 − this × the fraction of cells lost.",
    { original: ["scaleexternalrate"] },
  ),

  // Recording
  samplingStartMs: number(5000, "ms", anyPositive, "Time of the first sample of all cells.", {
    original: ["recording_start"],
  }),
  samplingIntervalMs: number(
    null,
    "ms",
    anyPositive,
    "Time between samples of all cells; 10 000 in training runs, 100 000 in deletion runs.",
    { original: ["recording_interval"], aboveMin: true },
  ),
  bufferIntervalMs: number(
    800_000,
    "ms",
    anyPositive,
    "Length of a segment of the record; default of deletionIntervalMs and of scaling's start in deletion runs.",
    { original: ["buffertime"], aboveMin: true },
  ),

  // External input
  externalGain: number(15, "1", anyPositive, "Multiplies every external weight.", {
    original: ["EXGain"],
  }),
  externalAmpaRateEHz: number(300, "Hz", [0, 1e6], "External AMPA input to each E cell.", {
    original: ["sgrhzEE"],
  }),
  externalAmpaRateIHz: number(300, "Hz", [0, 1e6], "External AMPA input to each I cell.", {
    original: ["sgrhzEI"],
  }),
  externalGabaRateEHz: number(
    125,
    "Hz",
    [0, 1e6],
    "External GABA input to each E cell, proximal and distal each.",
    { original: ["sgrhzIE"] },
  ),
  externalGabaRateIHz: number(
    125,
    "Hz",
    [0, 1e6],
    "External GABA input to each I cell, proximal and distal each.",
    { original: ["sgrhzII"] },
  ),
  externalNmdaRateHz: number(50, "Hz", [0, 1e6], "External NMDA input to each cell.", {
    original: ["sgrhzNM"],
  }),

  // Wiring
  gainEE: number(
    null,
    "1",
    anyPositive,
    "Weight gain of E→E synapses; published 60/11, as 5.45455.",
    {
      original: ["EEGain"],
    },
  ),
  gainEI: number(15, "1", anyPositive, "Weight gain of E→I synapses.", { original: ["EIGain"] }),
  gainIE: number(
    null,
    "1",
    anyPositive,
    "Weight gain of I→E synapses; published 60/11, as 5.45455.",
    {
      original: ["IEGain"],
    },
  ),
  gainII: number(
    null,
    "1",
    anyPositive,
    "Weight gain of I→I synapses; published 60/11, as 5.45455.",
    {
      original: ["IIGain"],
    },
  ),
  nmdaRatio: number(
    0.1,
    "1",
    anyPositive,
    "NMDA weight of an E synapse, relative to its AMPA weight.",
    {
      original: ["NMAMR"],
    },
  ),
  weightFactor: number(1, "1", anyPositive, "Multiplies every synaptic weight.", {
    original: ["wmatscale"],
  }),
  connectionFactor: number(
    null,
    "1",
    anyPositive,
    "Multiplies every connection probability; by default 1 / sizeFactor.",
    { original: ["pmatscale"] },
  ),
  connectionFactorEE: number(1, "1", anyPositive, "Multiplies E→E connection probabilities.", {
    original: ["pmatEE"],
  }),
  connectionFactorEI: number(1, "1", anyPositive, "Multiplies E→I connection probabilities.", {
    original: ["pmatEI"],
  }),
  connectionFactorIE: number(1, "1", anyPositive, "Multiplies I→E connection probabilities.", {
    original: ["pmatIE"],
  }),
  connectionFactorII: number(1, "1", anyPositive, "Multiplies I→I connection probabilities.", {
    original: ["pmatII"],
  }),
  columnSideUm: number(30, "µm", anyPositive, "Side of the square column.", {
    original: ["colside"],
    aboveMin: true,
  }),
  wiringLengthUm: number(
    null,
    "µm",
    anyPositive,
    "Distance beyond which connection probability falls off; by default columnSideUm / 3.",
    { original: ["slambda"], aboveMin: true },
  ),

  // Cells
  afterhyperpolarizationTimeConstantEMs: number(
    400,
    "ms",
    anyPositive,
    "Time constant of the excitatory cells' afterhyperpolarization.",
    { original: ["tauahpRS"], aboveMin: true },
  ),
  magnesiumMm: number(1.6, "mM", anyPositive, "Extracellular magnesium, blocking NMDA receptors.", {
    original: ["mg_INTF6"],
    inertInOriginal: true,
  }),
  reversalAmpaMv: number(65, "mV", [0, 1000], "AMPA reversal above rest.", {
    original: ["EAM_INTF6"],
    inertInOriginal: true,
    aboveMin: true,
  }),
  reversalNmdaMv: number(90, "mV", [0, 1000], "NMDA reversal above rest.", {
    original: ["ENM_INTF6"],
    inertInOriginal: true,
    aboveMin: true,
  }),
  reversalGabaMv: number(-15, "mV", [-1000, -1e-3], "GABA-A reversal relative to rest.", {
    original: ["EGA_INTF6"],
    inertInOriginal: true,
  }),

  // Seeds
  positionSeed: integer(4321, "1", seedRange, "Seed of the cells' positions.", {
    original: ["pseed"],
  }),
  wiringSeed: integer(534023, "1", seedRange, "Seed of connections and delays.", {
    original: ["dvseed"],
  }),
  weightSeed: integer(4294967295, "1", seedRange, "Seed of the synaptic weights."),
  inputSeed: integer(1234, "1", seedRange, "Seed of the external input streams.", {
    original: ["inputseed"],
  }),
  trainingSeed: integer(9342, "1", seedRange, "Seed of the training volleys."),
  trialSeed: integer(
    1234,
    "1",
    seedRange,
    "Seed of the external input in deletion runs: of repeat trials, and with the time of unique ones.",
  ),
  deletionSeed: integer(0, "1", seedRange, "Seed of the choice of cells to delete."),
} as const satisfies Record<string, ParameterDefinition>;

type Definitions = typeof parameterDefinitions;

export type ParameterName = keyof Definitions;

type ValueOf<D extends ParameterDefinition> = D extends { kind: "boolean" }
  ? boolean
  : D extends ChoiceDefinition<infer C>
    ? C
    : number;

/** All parameters of a run, every default filled in. */
export type Parameters = { readonly [N in ParameterName]: ValueOf<Definitions[N]> };

/** What a user changes; the rest is published values or derived from them. */
export type ParameterOverrides = { readonly [N in ParameterName]?: ValueOf<Definitions[N]> };

/** All parameter names, in listing order. */
export const parameterNames = Object.keys(parameterDefinitions) as ParameterName[];

import { negativeLogFraction } from "../../src/numeric/logarithm.ts";
import { mcellRan4 } from "../../src/random/mcell-ran4.ts";
import type { Action, Scenario } from "./random-networks.ts";

/** A run of 1 s, all of it learning, with all external input at one rate. */
export const shortRunAt = (rateHz: number) => ({
  baselineDurationS: 0,
  learningDurationS: 1,
  recallDurationS: 0,
  externalGain: 15,
  externalAmpaRateEHz: rateHz,
  externalAmpaRateIHz: rateHz,
  externalGabaRateEHz: rateHz,
  externalGabaRateIHz: rateHz,
  externalNmdaRateHz: rateHz,
});

/** One E6 cell without input. */
export const singleCell: Scenario = {
  cellCounts: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  synapses: [],
  training: [],
  parameters: shortRunAt(0),
  schedule: [],
};

/** Stream 0 of this seed draws a word of exactly 0 for its third interval: two events, then none. */
export const silencedStream = { externalAmpaRateEHz: 100, inputSeed: 3957316486 } as const;

/** Goes on for long enough that the stream is silent before and comes back after reseeding. */
export const silencedSchedule: readonly Action[] = [
  { do: "advance", byMs: 500 },
  { do: "inspect" },
  { do: "reseed", base: 1234 },
  { do: "advance", byMs: 500 },
];

const synapse = (presynaptic: number, postsynaptic: number, delayMs: number, fastMv: number) => ({
  presynaptic,
  postsynaptic,
  delayMs,
  fastMv,
  slowMv: 0,
});

const inputSeed = 1234;

/** First event of stream 1, at 100 Hz: its second draw, for seeding consumes one. */
const externalMs = 10 * negativeLogFraction(mcellRan4(inputSeed + 11, inputSeed + 10));

/** External input, training input and an arrival of 28 mV meet in cell 1 at `externalMs`. */
export const simultaneousInputs: Scenario = {
  cellCounts: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  synapses: [synapse(0, 1, 1, 28)],
  training: [
    { timeMs: externalMs - 1, cell: 0, inputs: 1 },
    { timeMs: externalMs, cell: 1, inputs: 1 },
  ],
  parameters: {
    ...shortRunAt(0),
    learningDurationS: 0,
    recallDurationS: 1,
    externalAmpaRateEHz: 100,
    inputSeed,
    trainingWeightMv: 28,
  },
  schedule: [{ do: "advance", byMs: externalMs }, { do: "inspect" }, { do: "advance", byMs: 1e-9 }],
};

/**
 * Spikes exactly 120 ms apart, in both orders; 40 mV bring cell 4 exactly to its block level,
 * 23 mV bring the FS cell 5 exactly to its threshold.
 */
export const edges: Scenario = {
  cellCounts: [5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  synapses: [
    synapse(0, 1, 200, 1),
    synapse(2, 3, 200, 1),
    synapse(0, 4, 2, 40),
    synapse(4, 5, 9, 23),
  ],
  training: [
    { timeMs: 5, cell: 0, inputs: 1 },
    { timeMs: 5, cell: 3, inputs: 1 },
    { timeMs: 125, cell: 1, inputs: 1 },
    { timeMs: 125, cell: 2, inputs: 1 },
  ],
  parameters: { ...shortRunAt(0), plasticityStartMs: 0, trainingWeightMv: 28 },
  schedule: [{ do: "advance", byMs: 150 }],
};

/**
 * A sensor that jumps to 1 spike/ms at a spike, and β so strong that the scale factor alternates:
 * when it is negative, AMPA and GABA-A are not received, NMDA still is.
 */
export const alternatingScale: Scenario = {
  cellCounts: [9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  synapses: [0, 1, 2, 3, 4, 5, 6, 7, 9].map((presynaptic) => ({
    presynaptic,
    postsynaptic: 8,
    delayMs: 20 + 1.7 * presynaptic,
    fastMv: 9,
    slowMv: 20,
  })),
  training: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((cell) => ({ timeMs: 5, cell, inputs: 1 })),
  parameters: {
    ...shortRunAt(0),
    learningDurationS: 0,
    recallDurationS: 1,
    trainingWeightMv: 28,
    scalingBeta: 2,
    sensorTimeConstantMs: 1,
  },
  schedule: [
    { do: "advance", byMs: 22 },
    { do: "turnOnScaling" },
    ...Array.from({ length: 10 }, () => [
      { do: "advance", byMs: 1.7 } as const,
      { do: "inspect" } as const,
    ]).flat(),
    { do: "advance", byMs: 20 },
  ],
};

/** A second and a half of the column, with everything that can happen to it. */
export const eventfulColumn = {
  protocol: "training",
  baselineDurationS: 0.2,
  learningDurationS: 1,
  recallDurationS: 0.3,
  scalingBeta: 1e-3,
  scalingGamma: 1e-6,
  sensorTimeConstantMs: 5000,
  plasticIncrementEE: 0.5,
  plasticIncrementEI: 0.2,
  trainingWeightMv: 10,
} as const;

export const eventfulSchedule: readonly Action[] = [
  { do: "advance", byMs: 200 },
  { do: "turnOnScaling" },
  { do: "advance", byMs: 300.3 },
  { do: "delete", cells: [3, 62, 150, 230, 300, 469] },
  { do: "setExternalFactor", factor: 0.98 },
  { do: "advance", byMs: 0.7 },
  { do: "reseed", base: 501 },
  { do: "inspect" },
  { do: "advance", byMs: 499 },
  { do: "delete", cells: [3, 63, 151, 231, 301, 468] },
  { do: "advance", byMs: 500 },
];

/**
 * Cells 0, 1 and 2 fire at 5 ms, in the order given, and call back at 7 ms: 0 and 1 to cell 2, which
 * dies at its first arrival, and 2 to cell 4. Every arrival kills: with a target of 0, any activity
 * is above 2.5 times that.
 */
export const simultaneousCallbacks = (order: readonly number[]): Scenario => ({
  model: "2014",
  cellCounts: [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  synapses: [synapse(0, 2, 2, 5), synapse(1, 2, 2, 5), synapse(2, 4, 2, 28)],
  training: order.map((cell) => ({ timeMs: 5, cell, inputs: 1 })),
  parameters: { ...shortRunAt(0), learningDurationS: 0, recallDurationS: 1, trainingWeightMv: 28 },
  schedule: [
    { do: "turnOnScaling" },
    { do: "enableDeaths", speed: 1, rule: "published" },
    { do: "advance", byMs: 20 },
  ],
});

/** Two thirds of a second of the 2014 column in which its cells die. */
export const eventfulColumn2014 = {
  model: "2014",
  scalingBeta: 0.01,
  sensorTimeConstantMs: 50,
} as const;

export const eventfulSchedule2014: readonly Action[] = [
  { do: "advance", byMs: 200 },
  { do: "turnOnScaling" },
  { do: "advance", byMs: 100.3 },
  { do: "enableDeaths", speed: 1e-4, rule: "published" },
  { do: "delete", cells: [3, 62, 150] },
  { do: "setExternalFactor", factor: 0.98 },
  { do: "setGrowthFactor", factor: 0.9 },
  { do: "advance", byMs: 150.7 },
  { do: "restore" },
  { do: "inspect" },
  { do: "advance", byMs: 200 },
];

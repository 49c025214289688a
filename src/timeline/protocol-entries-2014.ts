import { timeText } from "../document/quantities.ts";
import type { Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import type { EntrySource } from "./entry.ts";
import { blockMeans, syntheticSignal } from "./information-signal.ts";
import { failingDraw } from "./kick-start.ts";

/** Interval at which the growth factor and the loss of cells are brought up to date, ms. */
const UPDATE_MS = 10_000;

/** Entries of the timeline that follow from the parameters of the 2014 model. */
export const protocolEntries2014 = (parameters: Parameters): EntrySource[] =>
  [
    ...electrodeEntries(parameters),
    ...homeostasisEntries(parameters),
    ...(parameters.deletion ? deathEntries(parameters) : []),
  ]
    .filter(({ begins }) => begins <= durationMs(parameters))
    .map(({ begins: _, ...entry }) => entry);

/** An entry and the time at which it first takes place, ms. */
type Planned = EntrySource & { readonly begins: number };

const at = (timeMs: number, entry: EntrySource): Planned => ({
  begins: timeMs,
  at: timeText(timeMs),
  ...entry,
});

const every = (fromMs: number, everyMs: number, entry: EntrySource): Planned => ({
  begins: fromMs,
  from: timeText(fromMs),
  every: timeText(everyMs),
  ...entry,
});

function homeostasisEntries(parameters: Parameters): Planned[] {
  const { scaling, scalingStartMs, growthFactor, samplingIntervalMs } = parameters;
  if (!scaling) return [];
  return [
    at(scalingStartMs, { id: "homeostasis", scaling: "on" }),
    ...(growthFactor
      ? [
          every(scalingStartMs, UPDATE_MS, { id: "growth", growth: {} }),
          // In the original, a recording updates the growth factor.
          every(firstSampleMs(parameters), samplingIntervalMs, {
            id: "growth-at-samples",
            growth: { record: "on" },
          }),
        ]
      : []),
  ];
}

/** Time of the first sample once scaling is on; times accumulate, as those of samples do. */
function firstSampleMs(parameters: Parameters) {
  const { samplingStartMs, samplingIntervalMs, scalingStartMs } = parameters;
  const endMs = Math.min(scalingStartMs, durationMs(parameters));
  let timeMs = samplingStartMs;
  while (timeMs < endMs) timeMs += samplingIntervalMs;
  return timeMs;
}

const deathEntries = (parameters: Parameters): Planned[] =>
  parameters.deletionProcess === "dynamic" ? dynamicEntries(parameters) : fixedEntries(parameters);

function dynamicEntries(parameters: Parameters): Planned[] {
  const { deletionStartMs, deathRatePerS, deathRule, externalDamage, damageStep } = parameters;
  const { externalBaseGain, timelineUnitMs } = parameters;
  const kickStart = kickStartOf(parameters);
  const gain = externalDamage ? externalBaseGain - damageStep : externalBaseGain;
  const checksFromMs = deletionStartMs + timelineUnitMs / 100;
  return [
    ...(deathRatePerS > 0
      ? [
          {
            begins: deletionStartMs,
            id: "excitotoxicity",
            from: timeText(deletionStartMs),
            damage: { rule: "excitotoxicity", rate: `${deathRatePerS} Hz`, time: deathRule },
          },
        ]
      : []),
    ...(kickStart.count > 0
      ? [
          at(deletionStartMs, {
            id: "kick-start",
            delete: { cells: "all", count: kickStart.count, choose: "kick-start" },
          }),
        ]
      : []),
    ...(externalDamage
      ? [at(deletionStartMs, { id: "external-damage", cellLoss: lossOf(parameters, gain) })]
      : []),
    ...(parameters.reduceExternalInput && !kickStart.fails
      ? [every(checksFromMs, UPDATE_MS, { id: "loss", cellLoss: lossOf(parameters, gain) })]
      : []),
  ];
}

/**
 * Number of cells that the kick-start kills, and whether it fails: then the original abandons it
 * and never reduces external input.
 */
export function kickStartOf(parameters: Parameters): { count: number; fails: boolean } {
  const { externalDamage, damageStep, stimulationSeed, kickStartFailure } = parameters;
  if (externalDamage) return { count: 0, fails: false };
  const count = Math.floor(damageStep) + 1;
  const failing = kickStartFailure === "mended" ? undefined : failingDraw(stimulationSeed, count);
  return { count: failing ?? count, fails: failing !== undefined };
}

const lossOf = ({ externalReduction }: Parameters, gain: number) => ({
  reduction: externalReduction,
  gain,
});

function fixedEntries(parameters: Parameters): Planned[] {
  const { deletionStartMs, timelineUnitMs, deletionStepCells, externalBaseGain } = parameters;
  if (deletionStepCells === 0) return [];
  const { deletionSelection, scaleFactorSelection } = parameters;
  const byScale =
    scaleFactorSelection === "roulette" ? "scale-factor-squared" : "extreme-scale-factor";
  return [
    every(deletionStartMs, timelineUnitMs, {
      id: "loss",
      delete: {
        cells: "all",
        count: deletionStepCells,
        choose: deletionSelection === "random" ? "random" : byScale,
        leave: 1,
      },
    }),
    ...(parameters.reduceExternalInput
      ? [
          every(deletionStartMs, timelineUnitMs, {
            id: "loss-of-input",
            cellLoss: lossOf(parameters, externalBaseGain),
          }),
        ]
      : []),
  ];
}

function electrodeEntries(parameters: Parameters): Planned[] {
  const { signalPopulations: populations, stimulation, informationSignal } = parameters;
  const { stimulationStartMs, informationSignalStartMs } = parameters;
  const startMs = informationSignal
    ? Math.min(stimulationStartMs, informationSignalStartMs)
    : stimulationStartMs;
  const pulse = { populations, pulse: timeText(startMs + 1) };
  return [
    at(0, { id: "keep-alive", electrostimulate: pulse }),
    ...(informationSignal
      ? [plannedSignal(parameters, syntheticSignal(signalValues(parameters)))]
      : []),
    ...(stimulation && !informationSignal ? [stimulationEntry(parameters)] : []),
  ];
}

const stimuli = (parameters: Parameters) => {
  const { signalPopulations, stimulatedPopulations, stimulusScaling } = parameters;
  const { stimulationRateHz, stimulationWeightMv } = parameters;
  return {
    populations: signalPopulations,
    stimulated: stimulatedPopulations,
    rate: `${stimulationRateHz} Hz`,
    weight: `${stimulationWeightMv} mV`,
    scaling: stimulusScaling,
  };
};

/** Points of the random walk of a train: one for each ms and Hz, and one more. */
const pointsOf = (lengthMs: number, rateHz: number) => Math.floor(lengthMs * rateHz + 1);

function stimulationEntry(parameters: Parameters): Planned {
  const { stimulationStartMs, trialDurationMs, stimulationRateHz } = parameters;
  return every(stimulationStartMs, trialDurationMs, {
    id: "electrostimulation",
    electrostimulate: {
      ...stimuli(parameters),
      // Each list is replaced when half of it has been used.
      length: timeText(2 * trialDurationMs),
      points: pointsOf(trialDurationMs, stimulationRateHz),
    },
  });
}

/** Length of the lists with an information signal, ms: the interval between them and 1 more. */
const signalLengthMs = ({ trialDurationMs }: Parameters): number => 2 * trialDurationMs + 1;

/** Number of means of an information signal that a list needs. */
const signalValues = (parameters: Parameters): number =>
  Math.floor((signalLengthMs(parameters) * parameters.informationSignalRateHz) / 1000);

/**
 * Means of a recorded signal, one for each input of a list.
 *
 * @throws {RangeError} when the signal is too short or too slow
 */
export function signalMeans(
  parameters: Parameters,
  values: readonly number[],
  rateHz: number,
): number[] {
  const meanRateHz = parameters.informationSignalRateHz;
  const needed = signalValues(parameters);
  const means = blockMeans(values, { rateHz, meanRateHz, lengthMs: signalLengthMs(parameters) });
  if (means.length >= needed) return means;
  throw new RangeError(
    `${values.length} values at ${rateHz} Hz give ${means.length} means at ${meanRateHz} Hz: ` +
      `expected ${needed} for ${signalLengthMs(parameters)} ms.`,
  );
}

/** The entry of an information signal, given by its means, one for each of its inputs. */
export function informationEntry(parameters: Parameters, signal: readonly number[]): EntrySource {
  const { begins: _, ...entry } = plannedSignal(parameters, signal);
  return entry;
}

function plannedSignal(parameters: Parameters, signal: readonly number[]): Planned {
  const { informationSignalStartMs, trialDurationMs, stimulationRateHz } = parameters;
  const { informationSignalRateHz, informationWeightMv, otherInformationWeightMv } = parameters;
  return every(informationSignalStartMs, 2 * trialDurationMs, {
    id: "electrostimulation",
    electrostimulate: {
      ...stimuli(parameters),
      stimuliFrom: timeText(parameters.stimulationStartMs),
      length: timeText(signalLengthMs(parameters)),
      points: pointsOf(2 * trialDurationMs, stimulationRateHz),
      signal,
      signalRate: `${informationSignalRateHz} Hz`,
      signalWeight: `${informationWeightMv} mV`,
      otherSignalWeight: `${otherInformationWeightMv} mV`,
    },
  });
}

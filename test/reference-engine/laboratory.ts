import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { ReferenceEngine } from "../../src/reference/engine.ts";
import { type Scenario, scenarioInputs } from "../engine/random-networks.ts";
import { singleCell } from "../engine/scenarios.ts";

/** A few cells without external input, and what a test does to them. */
export interface Preparation {
  /** Cells of E6 (excitatory), I6 (fast spiking) and I6L (low-threshold spiking), in this order. */
  readonly cells: readonly [e: number, fs?: number, lts?: number];
  /** [presynaptic, postsynaptic, delay in ms, fast weight in mV, slow weight in mV] */
  readonly synapses?: readonly (readonly [number, number, number, number, number?])[];
  /** [time in ms, cell] */
  readonly training?: readonly (readonly [number, number])[];
  readonly parameters?: ParameterOverrides;
  readonly model?: "2013" | "2014";
}

const quiet: ParameterOverrides = {
  ...singleCell.parameters,
  plasticityStartMs: 0,
  plasticityEndMs: 1e6,
};

/** A training weight that fires any cell at rest and does not block it. */
export const firingMv = 27;

/** Prepares a reference engine, the spikes it has fired so far, and a way to advance it. */
export function prepare({
  cells,
  synapses = [],
  training = [],
  parameters = {},
  model = "2013",
}: Preparation) {
  const [e, fs = 0, lts = 0] = cells;
  const scenario: Scenario = {
    ...singleCell,
    cellCounts: [e, fs, lts, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    synapses: synapses.map(([presynaptic, postsynaptic, delayMs, fastMv, slowMv = 0]) => ({
      presynaptic,
      postsynaptic,
      delayMs,
      fastMv,
      slowMv,
    })),
    training: training.map(([timeMs, cell]) => ({ timeMs, cell, inputs: 1 })),
    parameters: { ...quiet, trainingWeightMv: firingMv, ...parameters },
  };
  const [resolved, network, stimuli] = scenarioInputs(scenario);
  const engine = new ReferenceEngine({ ...resolved, model }, network);
  engine.setStimuli(stimuli);
  const spikes: (readonly [number, number])[] = [];
  const advance = (untilMs: number) => {
    engine.advance(untilMs, (timesMs, cells, count) => {
      for (let k = 0; k < count; k++) spikes.push([timesMs[k]!, cells[k]!]);
    });
    return engine.cellState();
  };
  return { engine, spikes, advance };
}

/** Over multiples of 24 ms all decays fall on entries of the table, and equal the exponential. */
export const decay = (elapsedMs: number, timeConstantMs: number) =>
  Math.exp(-elapsedMs / timeConstantMs);

/** Fraction of NMDA receptors not blocked at an absolute potential. */
export const magnesiumBlock = (vMv: number) => 1 / (1 + Math.exp(-0.062 * vMv) * (1.6 / 3.57));

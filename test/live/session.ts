import { type Experiment, readExperiment, Simulation } from "../../src/index.ts";
import type { LiveColumn } from "../../src/live/session/live-column.ts";

/** The page's experiment, a hundred times as fast again: seconds are enough for everything. */
export const briskExperiment = (): Experiment =>
  readExperiment(`
preset: baseline-quick
duration: 60 s
parameters: { plasticIncrementEE: 0.5, sensorTimeConstantMs: 500, scalingBeta: 2 }
timeline:
  - { id: training, from: 0 s, stimulate: { cells: E4, weight: 1 mV, rate: 8 Hz, pattern: volleys, spread: 1 ms } }
`);

/** All that must be the same where a simulation is the same. */
export interface Outcome {
  readonly spikes: readonly (readonly [timeMs: number, cell: number])[];
  readonly gains: Float64Array;
  readonly scaleFactors: Float64Array;
  readonly alive: Uint8Array;
}

/** Collects spikes as they come. */
export class SpikeList {
  readonly spikes: [timeMs: number, cell: number][] = [];
  readonly onSpikes = (timesMs: Float64Array, cells: Uint32Array, count: number) => {
    for (let k = 0; k < count; k++) this.spikes.push([timesMs[k]!, cells[k]!]);
  };
}

export function outcomeOf(simulation: Simulation, { spikes }: SpikeList): Outcome {
  const { scaleFactor, alive } = simulation.cellState();
  return { spikes, gains: simulation.plasticGains(), scaleFactors: scaleFactor, alive };
}

/** What the library makes of an experiment from its beginning. */
export function simulated(experiment: Experiment, untilMs: number): Outcome {
  const { parameters, entries } = experiment;
  const simulation = new Simulation(parameters, { entries });
  const list = new SpikeList();
  simulation.advance(untilMs, list.onSpikes);
  return outcomeOf(simulation, list);
}

/** Plays a column to a time, and returns the spikes on the way. */
export function played(column: LiveColumn, untilMs: number): SpikeList["spikes"] {
  const list = new SpikeList();
  column.advance(untilMs, list);
  return list.spikes;
}

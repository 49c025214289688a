import type { Parameters } from "../model/parameters.ts";
import { type WiredProjection, wiredProjections } from "../model/projections.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { normal } from "../random/distributions.ts";
import { DrawnAhead } from "../random/drawn-ahead.ts";
import { type PopulationRange, populationRanges } from "./population-ranges.ts";
import { drawPositions } from "./positions.ts";
import { drawSynapses } from "./wiring.ts";

/**
 * A connected column as plain arrays, constant during a simulation.
 *
 * Cells are numbered by population; the synapses of presynaptic cell `c` are those from
 * `firstSynapse[c]` up to `firstSynapse[c + 1]`, by ascending axonal delay.
 */
export interface Network {
  readonly cellCount: number;
  readonly synapseCount: number;
  readonly populations: readonly PopulationRange[];
  /** Index into `populations`, one per cell. */
  readonly populationOfCell: Uint8Array;
  /** Positions of the cells, µm. */
  readonly xUm: Float64Array;
  readonly yUm: Float64Array;
  readonly zUm: Float64Array;
  /** First synapse of each presynaptic cell; the last entry is the number of synapses. */
  readonly firstSynapse: Uint32Array;
  /** Postsynaptic cell, one per synapse. */
  readonly postsynaptic: Uint32Array;
  /** Axonal delay, ms, one per synapse. */
  readonly delayMs: Float64Array;
  /** 1 for synapses on the distal dendrite, 0 for proximal ones. */
  readonly distal: Uint8Array;
  /** AMPA weight (E cells) or GABA-A weight (I cells) of each synapse, mV, including the gain. */
  readonly fastWeightMv: Float64Array;
  /** NMDA weight of each synapse (0 for I cells), mV. */
  readonly slowWeightMv: Float64Array;
}

/**
 * Builds the network that the parameters and their seeds describe (model section "Wiring").
 *
 * Equal parameters give equal networks, to the bit.
 */
export function buildNetwork(parameters: Parameters): Network {
  const steps = networkSteps(parameters);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/**
 * The network in steps of some milliseconds, between which callers can do other work: the time
 * grows with the square of the number of cells.
 */
export function* networkSteps(parameters: Parameters): Generator<void, Network> {
  const ranges = populationRanges(parameters.sizeFactor);
  const cellCount = ranges.reduce((sum, range) => sum + range.cellCount, 0);
  const positions = drawPositions(parameters, cellCount);
  yield;
  const wired = wiredProjections(parameters);
  const synapses = yield* drawSynapses(parameters, wired, ranges, positions);
  const { projection, ...drawn } = synapses;
  const populationOfCell = new Uint8Array(cellCount);
  ranges.forEach((range, index) => {
    populationOfCell.fill(index, range.firstCell, range.firstCell + range.cellCount);
  });
  const isDistal = wired.map(({ location }) => (location === "distal" ? 1 : 0));
  return {
    cellCount,
    synapseCount: projection.length,
    populations: ranges,
    populationOfCell,
    ...positions,
    ...drawn,
    distal: projection.map((index) => isDistal[index]!),
    ...(yield* drawWeights(parameters, ranges, wired, projection)),
  };
}

/** Weights that are drawn in one step. */
const WEIGHTS_PER_STEP = 16_384;

/**
 * Seed of the weights, divisor of their variance, and their gain once drawn: published as
 * 2³² − 1, 1 and 1.
 */
const weightDraws = ({ model, weightSeed, weightRandomization, internalGain }: Parameters) =>
  model === "2014"
    ? {
        seed: weightRandomization >>> 0,
        divisor: Math.abs(weightRandomization),
        gain: internalGain,
      }
    : { seed: weightSeed, divisor: 1, gain: 1 };

/** Fast weight: max(0, normal(w, variance w)); NMDA weight: a fixed share of an E cell's AMPA weight. */
function* drawWeights(
  parameters: Parameters,
  ranges: readonly PopulationRange[],
  wired: readonly WiredProjection[],
  projection: Uint8Array,
) {
  const { seed, divisor, gain } = weightDraws(parameters);
  const generator = new DrawnAhead(new AdditiveCongruentialGenerator(seed));
  const excitatory = new Set(
    ranges.filter(({ cellClass }) => cellClass === "E").map(({ name }) => name),
  );
  const nmdaRatio = wired.map(({ presynaptic }) =>
    excitatory.has(presynaptic) ? parameters.nmdaRatio : 0,
  );
  const fastWeightMv = new Float64Array(projection.length);
  const slowWeightMv = new Float64Array(projection.length);
  for (let synapse = 0; synapse < projection.length; synapse++) {
    const index = projection[synapse]!;
    const meanMv = wired[index]!.weightMv;
    const weightMv = Math.max(0, normal(generator, meanMv, meanMv / divisor));
    fastWeightMv[synapse] = weightMv * gain;
    slowWeightMv[synapse] = nmdaRatio[index]! * weightMv * gain;
    if ((synapse + 1) % WEIGHTS_PER_STEP === 0) yield;
  }
  return { fastWeightMv, slowWeightMv };
}

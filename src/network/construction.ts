import { columnCount, parametersOfColumn } from "../model/column-grid.ts";
import type { Parameters } from "../model/parameters.ts";
import { type WiredProjection, wiredProjections } from "../model/projections.ts";
import { concatenated, type Joinable } from "../numeric/concatenation.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { normal } from "../random/distributions.ts";
import { DrawnAhead } from "../random/drawn-ahead.ts";
import { drawInterColumn, type InterColumnSynapses } from "./inter-column.ts";
import { type PopulationRange, populationRanges } from "./population-ranges.ts";
import { drawPositions } from "./positions.ts";
import { drawSynapses } from "./wiring.ts";

/**
 * A connected column, or several, as plain arrays, constant during a simulation.
 *
 * Cells are numbered by population; the synapses of presynaptic cell `c` are those from
 * `firstSynapse[c]` up to `firstSynapse[c + 1]`, by ascending axonal delay.
 */
export interface Network {
  readonly cellCount: number;
  readonly synapseCount: number;
  readonly populations: readonly PopulationRange[];
  /** Index into `populations`, one per cell. */
  readonly populationOfCell: Uint16Array;
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
  /** Synapses between columns, where there are several. */
  readonly interColumn?: InterColumnSynapses;
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
  const { sizeFactor } = parameters;
  const ranges = populationRanges(sizeFactor);
  const draws = weightDraws(parameters);
  const count = columnCount(parameters);
  const columns: Network[] = [];
  for (let column = 0; column < count; column++) {
    const own = parametersOfColumn(parameters, column);
    const isRandom = column === 0 || parameters.randomizedColumns === "all";
    columns.push(yield* columnSteps(own, ranges, isRandom ? draws : undefined));
  }
  if (count === 1) return columns[0]!;
  const between = yield* drawInterColumn(parameters, ranges);
  return joinColumns(columns, populationRanges(sizeFactor, count), between);
}

/** One column; without draws, every synapse has its projection's weight. */
function* columnSteps(
  parameters: Parameters,
  ranges: readonly PopulationRange[],
  draws: WeightDraws | undefined,
): Generator<void, Network> {
  const cellCount = ranges.reduce((sum, range) => sum + range.cellCount, 0);
  const positions = drawPositions(parameters, cellCount);
  yield;
  const wired = wiredProjections(parameters);
  const synapses = yield* drawSynapses(parameters, wired, ranges, positions);
  const { projection, ...drawn } = synapses;
  const populationOfCell = new Uint16Array(cellCount);
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
    ...(draws
      ? yield* drawWeights(parameters, draws, wired, projection)
      : meanWeights(wired, projection)),
  };
}

/** Weights that are drawn in one step. */
const WEIGHTS_PER_STEP = 16_384;

/** The generator of weights, the divisor of their variance, and their gain once drawn. */
type WeightDraws = ReturnType<typeof weightDraws>;

/** Published are the seed 2³² − 1, and 1 and 1. */
const weightDraws = ({ model, weightSeed, weightRandomization, internalGain }: Parameters) =>
  model === "2014"
    ? {
        generator: new DrawnAhead(new AdditiveCongruentialGenerator(weightRandomization >>> 0)),
        divisor: Math.abs(weightRandomization),
        gain: internalGain,
      }
    : {
        generator: new DrawnAhead(new AdditiveCongruentialGenerator(weightSeed)),
        divisor: 1,
        gain: 1,
      };

/** Fast weight: max(0, normal(w, variance w)); NMDA weight: a fixed share of an E cell's AMPA weight. */
function* drawWeights(
  { nmdaRatio }: Parameters,
  { generator, divisor, gain }: WeightDraws,
  wired: readonly WiredProjection[],
  projection: Uint8Array,
) {
  const ratios = wired.map(({ nmdaWeightMv }) => (nmdaWeightMv > 0 ? nmdaRatio : 0));
  const fastWeightMv = new Float64Array(projection.length);
  const slowWeightMv = new Float64Array(projection.length);
  for (let synapse = 0; synapse < projection.length; synapse++) {
    const index = projection[synapse]!;
    const meanMv = wired[index]!.weightMv;
    const weightMv = Math.max(0, normal(generator, meanMv, meanMv / divisor));
    fastWeightMv[synapse] = weightMv * gain;
    slowWeightMv[synapse] = ratios[index]! * weightMv * gain;
    if ((synapse + 1) % WEIGHTS_PER_STEP === 0) yield;
  }
  return { fastWeightMv, slowWeightMv };
}

const meanWeights = (wired: readonly WiredProjection[], projection: Uint8Array) => ({
  fastWeightMv: Float64Array.from(projection, (index) => wired[index]!.weightMv),
  slowWeightMv: Float64Array.from(projection, (index) => wired[index]!.nmdaWeightMv),
});

/** One network of several columns: cells and synapses column by column, then those between columns. */
function joinColumns(
  columns: readonly Network[],
  populations: readonly PopulationRange[],
  interColumn: InterColumnSynapses,
): Network {
  const { cellCount } = columns[0]!;
  const firstSynapses = [0];
  for (const { synapseCount } of columns) firstSynapses.push(firstSynapses.at(-1)! + synapseCount);
  const joined = <A extends Joinable>(of: (network: Network) => A, shift?: readonly number[]): A =>
    concatenated(columns.map(of), shift);
  const shiftBy = (count: number) => columns.map((_, column) => column * count);
  const starts = joined(
    ({ firstSynapse }) => firstSynapse.subarray(0, cellCount),
    firstSynapses.slice(0, -1),
  );
  return {
    cellCount: columns.length * cellCount,
    synapseCount: firstSynapses.at(-1)!,
    populations,
    populationOfCell: joined(
      ({ populationOfCell }) => populationOfCell,
      shiftBy(populations.length / columns.length),
    ),
    xUm: joined(({ xUm }) => xUm),
    yUm: joined(({ yUm }) => yUm),
    zUm: joined(({ zUm }) => zUm),
    firstSynapse: concatenated([starts, Uint32Array.of(firstSynapses.at(-1)!)]),
    postsynaptic: joined(({ postsynaptic }) => postsynaptic, shiftBy(cellCount)),
    delayMs: joined(({ delayMs }) => delayMs),
    distal: joined(({ distal }) => distal),
    fastWeightMv: joined(({ fastWeightMv }) => fastWeightMv),
    slowWeightMv: joined(({ slowWeightMv }) => slowWeightMv),
    interColumn,
  };
}

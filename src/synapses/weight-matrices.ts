import type { CellPopulation } from "../analysis/firing/cell-groups.ts";
import {
  effectiveWeights,
  type SynapticSnapshot,
  unscaled,
  type WeightedSynapses,
} from "./effective-weights.ts";

/**
 * Connections between pairs of populations at one time: arrays of n × n values, that of the
 * synapses from population i onto population j at i n + j.
 */
export interface WeightMatrices {
  readonly timeMs: number;
  /** Synapses between living cells. */
  readonly synapseCount: Uint32Array;
  /** Synapses among them whose gain, and whose effective weight, is infinite or not a number. */
  readonly gainsNotFinite: Uint32Array;
  readonly weightsNotFinite: Uint32Array;
  /** Mean of the finite plastic gains; NaN where there are none. */
  readonly meanGain: Float64Array;
  /** Mean of the finite effective fast weights, mV; NaN where there are none. */
  readonly meanWeightMv: Float64Array;
  /** Sum of the finite effective fast weights, mV. */
  readonly totalWeightMv: Float64Array;
}

/**
 * Mean plastic gains and effective weights by pair of populations at successive times; weights as `effectiveWeights`
 * gives them.
 *
 * @param populations in the order of the matrices; cells of no population are left out.
 * @param snapshots in order of time, read once; one is held at a time.
 * @param constant synapses that are neither plastic nor scaled: those between columns.
 * @throws {GainError} when a snapshot has not one gain for each synapse.
 */
export function weightMatrices(
  synapses: WeightedSynapses,
  populations: readonly CellPopulation[],
  snapshots: Iterable<SynapticSnapshot>,
  constant?: WeightedSynapses,
): WeightMatrices[] {
  const populationOf = populationOfCell(populations);
  return Array.from(snapshots, (snapshot) => {
    const sums = new MatrixSums(populations.length);
    addSynapses(synapses, snapshot, populations, populationOf, sums);
    if (constant)
      addSynapses(constant, unscaled(constant, snapshot), populations, populationOf, sums);
    return sums.result(snapshot.timeMs);
  });
}

function addSynapses(
  synapses: WeightedSynapses,
  snapshot: SynapticSnapshot,
  populations: readonly CellPopulation[],
  populationOf: Int32Array,
  sums: MatrixSums,
): void {
  const { presynaptic, postsynaptic } = synapses;
  const { gains, alive } = snapshot;
  const weightsMv = effectiveWeights(synapses, populations, snapshot);
  for (let synapse = 0; synapse < gains.length; synapse++) {
    const [from, onto] = [presynaptic[synapse]!, postsynaptic[synapse]!];
    if (alive && !(alive[from] && alive[onto])) continue;
    const [i, j] = [populationOf[from] ?? -1, populationOf[onto] ?? -1];
    if (i >= 0 && j >= 0) sums.add(i, j, gains[synapse]!, weightsMv[synapse]!);
  }
}

class MatrixSums {
  readonly #order: number;
  readonly #counts: Uint32Array;
  readonly #gainsNotFinite: Uint32Array;
  readonly #weightsNotFinite: Uint32Array;
  readonly #gains: Float64Array;
  readonly #weightsMv: Float64Array;

  constructor(order: number) {
    this.#order = order;
    this.#counts = new Uint32Array(order ** 2);
    this.#gainsNotFinite = new Uint32Array(order ** 2);
    this.#weightsNotFinite = new Uint32Array(order ** 2);
    this.#gains = new Float64Array(order ** 2);
    this.#weightsMv = new Float64Array(order ** 2);
  }

  add(i: number, j: number, gain: number, weightMv: number): void {
    const at = i * this.#order + j;
    this.#counts[at]! += 1;
    if (Number.isFinite(gain)) this.#gains[at]! += gain;
    else this.#gainsNotFinite[at]! += 1;
    if (Number.isFinite(weightMv)) this.#weightsMv[at]! += weightMv;
    else this.#weightsNotFinite[at]! += 1;
  }

  result(timeMs: number): WeightMatrices {
    const mean = (sums: Float64Array, leftOut: Uint32Array) =>
      sums.map((sum, at) => sum / (this.#counts[at]! - leftOut[at]!));
    return {
      timeMs,
      synapseCount: this.#counts,
      gainsNotFinite: this.#gainsNotFinite,
      weightsNotFinite: this.#weightsNotFinite,
      meanGain: mean(this.#gains, this.#gainsNotFinite),
      meanWeightMv: mean(this.#weightsMv, this.#weightsNotFinite),
      totalWeightMv: this.#weightsMv,
    };
  }
}

function populationOfCell(populations: readonly CellPopulation[]): Int32Array {
  const end = populations.reduce(
    (most, { firstCell, cellCount }) => Math.max(most, firstCell + cellCount),
    0,
  );
  const populationOf = new Int32Array(end).fill(-1);
  populations.forEach(({ firstCell, cellCount }, population) => {
    populationOf.fill(population, firstCell, firstCell + cellCount);
  });
  return populationOf;
}

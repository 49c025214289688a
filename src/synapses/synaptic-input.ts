import { type CellPopulation, cellsOf, isExcitatory } from "../analysis/firing/cell-groups.ts";
import type { EffectiveSynapses } from "./effective-weights.ts";
import { type SpectralRadius, spectralRadius } from "./spectral-radius.ts";

/** Fast synaptic input of every cell from the other cells of the network. */
export interface SynapticInput {
  /** Sum of the effective AMPA weights onto the cell, mV. */
  readonly excitatoryMv: Float64Array;
  /** Sum of the effective GABA-A weights, mV, positive. */
  readonly inhibitoryMv: Float64Array;
  /** The same sums with each weight times the rate of its presynaptic cell, mV/s. */
  readonly excitatoryMvPerS: Float64Array;
  readonly inhibitoryMvPerS: Float64Array;
}

/**
 * Fast synaptic input of every cell: Σ_p w_p and Σ_p r_p w_p over its presynaptic cells p, apart for
 * excitation and inhibition, with effective weights w and firing rates r.
 *
 * @param ratesHz per cell
 * @example
 * ```ts
 * import { analysis } from "isocortex";
 *
 * const populations = [
 *   { cellClass: "E", firstCell: 0, cellCount: 1 },
 *   { cellClass: "FS", firstCell: 1, cellCount: 1 },
 * ] as const;
 * const loop = {
 *   presynaptic: Uint32Array.of(0, 1),
 *   postsynaptic: Uint32Array.of(1, 0),
 *   weightsMv: Float64Array.of(3, 2),
 * };
 * const { inhibitoryMvPerS } = analysis.synapticInput(loop, populations, Float64Array.of(1, 5));
 * console.log(inhibitoryMvPerS[0]); // 10
 * ```
 */
export function synapticInput(
  { presynaptic, postsynaptic, weightsMv }: EffectiveSynapses,
  populations: readonly CellPopulation[],
  ratesHz: Float64Array,
): SynapticInput {
  const excitatory = new Set(cellsOf(populations, isExcitatory));
  const sums = () => new Float64Array(ratesHz.length);
  const input = {
    excitatoryMv: sums(),
    inhibitoryMv: sums(),
    excitatoryMvPerS: sums(),
    inhibitoryMvPerS: sums(),
  };
  weightsMv.forEach((weightMv, synapse) => {
    const [from, onto] = [presynaptic[synapse]!, postsynaptic[synapse]!];
    const isE = excitatory.has(from);
    (isE ? input.excitatoryMv : input.inhibitoryMv)[onto]! += weightMv;
    (isE ? input.excitatoryMvPerS : input.inhibitoryMvPerS)[onto]! += ratesHz[from]! * weightMv;
  });
  return input;
}

/** Spectral radii of a network's matrix of effective weights. */
export interface RecurrentGain {
  /** Of the synapses between excitatory cells. */
  readonly excitatory: SpectralRadius;
  /** Of all synapses, inhibitory ones negative. */
  readonly all: SpectralRadius;
}

/**
 * Recurrent gain: spectral radius of the matrix w_ij / Δ_i of the effective weight of cell j onto i
 * and the distance Δ_i of the threshold of i from rest. An entry is the number of spikes that a spike
 * of j adds in i if i integrates its input without leak.
 *
 * @param distanceMv threshold less resting potential, mV, per cell
 * @example
 * ```ts
 * import { analysis } from "isocortex";
 *
 * const populations = [{ cellClass: "E", firstCell: 0, cellCount: 2 }] as const;
 * const loop = {
 *   presynaptic: Uint32Array.of(0, 1),
 *   postsynaptic: Uint32Array.of(1, 0),
 *   weightsMv: Float64Array.of(10, 40),
 * };
 * const { excitatory } = analysis.recurrentGain(loop, populations, Float64Array.of(25, 25));
 * console.log(excitatory.radius.toFixed(2)); // 0.80
 * ```
 */
export function recurrentGain(
  { presynaptic, postsynaptic, weightsMv }: EffectiveSynapses,
  populations: readonly CellPopulation[],
  distanceMv: Float64Array,
): RecurrentGain {
  const excitatory = new Set(cellsOf(populations, isExcitatory));
  const relative = weightsMv.map((weightMv, k) => {
    const share = weightMv / distanceMv[postsynaptic[k]!]!;
    return excitatory.has(presynaptic[k]!) ? share : -share;
  });
  const radiusOf = (values: Float64Array) =>
    spectralRadius({
      order: distanceMv.length,
      rows: postsynaptic,
      columns: presynaptic,
      values,
    });
  const isEE = (k: number) => excitatory.has(presynaptic[k]!) && excitatory.has(postsynaptic[k]!);
  return {
    excitatory: radiusOf(relative.map((share, k) => (isEE(k) ? share : 0))),
    all: radiusOf(relative),
  };
}

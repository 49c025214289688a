import { type CellPopulation, cellsOf, isExcitatory } from "../analysis/firing/cell-groups.ts";
import { GainError, type GainSnapshot, type SynapseEnds } from "./plastic-gains.ts";

/** Synapses with their weights before plasticity and scaling, mV. */
export interface WeightedSynapses extends SynapseEnds {
  /** AMPA weight (E cells) or GABA-A weight (I cells), mV. */
  readonly fastWeightMv: Float64Array;
}

/** Gains at one time, and the state of the cells then as far as it is to be counted. */
export interface SynapticSnapshot extends GainSnapshot {
  /** Per cell, if scaling was on. */
  readonly scaleFactor?: Float64Array;
  /** Per cell, 0 once it is deleted; absent if all live. */
  readonly alive?: Uint8Array;
}

/**
 * Effective fast weights at one time, mV: the step, before the driving force, by which an arriving
 * spike changes AMPA (of E cells) or GABA-A (of I cells). It is w G S where the classes of both cells
 * are the same and w G / S where they differ: G is the synapse's plastic gain and S the postsynaptic
 * cell's scale factor, which is 1 at I cells unless these scale, too. So AMPA onto an E cell is
 * multiplied by S, GABA-A divided. Synapses of deleted cells have 0.
 *
 * @throws {GainError} when the snapshot has not one gain for each synapse.
 */
export function effectiveWeights(
  { presynaptic, postsynaptic, fastWeightMv }: WeightedSynapses,
  populations: readonly CellPopulation[],
  { timeMs, gains, scaleFactor, alive }: SynapticSnapshot,
): Float64Array {
  if (gains.length !== presynaptic.length) {
    throw new GainError(
      `There are ${gains.length} gains at ${timeMs} ms; expected ${presynaptic.length}, one per synapse.`,
    );
  }
  const excitatory = new Set(cellsOf(populations, isExcitatory));
  return fastWeightMv.map((weightMv, synapse) => {
    const [from, onto] = [presynaptic[synapse]!, postsynaptic[synapse]!];
    if (alive && !(alive[from] && alive[onto])) return 0;
    const scale = scaleFactor ? scaleFactor[onto]! : 1;
    const gained = weightMv * gains[synapse]!;
    return excitatory.has(from) === excitatory.has(onto) ? gained * scale : gained / scale;
  });
}

/** Synapses with their effective weights at one time, mV. */
export interface EffectiveSynapses extends SynapseEnds {
  readonly weightsMv: Float64Array;
}

/**
 * Synapses with their effective weights, followed by those of `constant`.
 *
 * @param constant synapses that are neither plastic nor scaled: those between columns
 * @throws {GainError} when the snapshot has not one gain for each synapse.
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const synapses = run.synapses();
 * const fresh = { timeMs: 0, gains: new Float64Array(synapses.presynaptic.length).fill(1) };
 * const effective = analysis.effectiveSynapses(synapses, run.manifest.populations, fresh);
 * console.log(effective.weightsMv);
 * ```
 */
export function effectiveSynapses(
  synapses: WeightedSynapses,
  populations: readonly CellPopulation[],
  snapshot: SynapticSnapshot,
  constant?: WeightedSynapses,
): EffectiveSynapses {
  const { presynaptic, postsynaptic } = synapses;
  const weightsMv = effectiveWeights(synapses, populations, snapshot);
  if (!constant) return { presynaptic, postsynaptic, weightsMv };
  const others = effectiveWeights(constant, populations, unscaled(constant, snapshot));
  return {
    presynaptic: Uint32Array.from([...presynaptic, ...constant.presynaptic]),
    postsynaptic: Uint32Array.from([...postsynaptic, ...constant.postsynaptic]),
    weightsMv: Float64Array.from([...weightsMv, ...others]),
  };
}

/** State of synapses that are neither plastic nor scaled at the time of other synapses. */
export const unscaled = (
  { presynaptic }: SynapseEnds,
  { timeMs, alive }: SynapticSnapshot,
): SynapticSnapshot => ({
  timeMs,
  gains: new Float64Array(presynaptic.length).fill(1),
  ...(alive && { alive }),
});

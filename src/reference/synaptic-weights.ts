import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { Cell, InputWeights } from "./cell.ts";
import type { Plasticity } from "./plasticity.ts";

/** Weights of synaptic arrivals. */
export class SynapticWeights {
  readonly #network: Network;
  readonly #cells: readonly Cell[];
  readonly #plasticity: Plasticity;

  constructor(network: Network, cells: readonly Cell[], plasticity: Plasticity) {
    this.#network = network;
    this.#cells = cells;
    this.#plasticity = plasticity;
  }

  /** Weights with the plastic gain, which is 1 at inhibitory synapses unless a rule governs it. */
  of(source: Cell, synapse: number): InputWeights {
    const { fastWeightMv, slowWeightMv, distal } = this.#network;
    const fastMv = fastWeightMv[synapse]! * this.#plasticity.gain[synapse]!;
    if (source.isExcitatory) return { ampaDistal: fastMv, nmdaDistal: slowWeightMv[synapse]! };
    return { [distal[synapse] ? "gabaDistal" : "gabaProximal"]: fastMv };
  }

  /** With the receiver's scale factor in the 2013 model; I cells are scaled the other way round. */
  scaled(source: Cell, synapse: number): InputWeights {
    const weights = this.of(source, synapse);
    const { scaleFactor, isExcitatory, isScaled } =
      this.#cells[this.#network.postsynaptic[synapse]!]!;
    if (!isScaled) return weights;
    const scaled = (weightMv: number, sameWay: boolean) =>
      sameWay ? weightMv * scaleFactor : weightMv / scaleFactor;
    const { ampaDistal, ...others } = weights;
    if (ampaDistal !== undefined) {
      return { ...others, ampaDistal: scaled(ampaDistal, isExcitatory) };
    }
    const inhibition = Object.entries(weights).map(([receptor, weightMv]) => [
      receptor,
      scaled(weightMv, !isExcitatory),
    ]);
    return Object.fromEntries(inhibition);
  }
}

/** True if weights are more than twice the driving force: they magnify rounding (docs/fidelity.md). */
export function areExpanding(
  { ampaDistal, gabaProximal, gabaDistal }: InputWeights,
  { reversalAmpaMv, reversalGabaMv }: Parameters,
): boolean {
  const inhibitionMv = gabaProximal ?? gabaDistal ?? 0;
  return (ampaDistal ?? 0) > 2 * reversalAmpaMv || inhibitionMv > -2 * reversalGabaMv;
}

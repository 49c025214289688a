import { totalCellCount } from "../../model/cell-counts.ts";
import type { Parameters } from "../../model/parameters.ts";

/** Node.js with this program, and what a recorded run of any size needs besides. */
const BASE_BYTES = 110e6;

/** While the network is built, each synapse is an object; later, numbers in several arrays. */
const BYTES_PER_SYNAPSE = 350;
const BYTES_PER_CELL = 2000;

/** Synapses of the published network, which has size factor 1. */
const PUBLISHED_SYNAPSES = 11_699;

/**
 * An estimate, rather too high, of the memory that recording a run takes in a process of its own,
 * bytes.
 *
 * A run's memory does not grow with its length. Fitted to the peaks of runs with size factors of 1
 * to 100.
 */
export function runMemoryBytes(
  parameters: Parameters,
  { isBranch = false }: { readonly isBranch?: boolean } = {},
): number {
  const { sizeFactor, connectionFactor } = parameters;
  // A branch begins from its parent's simulation, which is built beside it.
  const simulations = isBranch ? 2 : 1;
  const synapses = PUBLISHED_SYNAPSES * sizeFactor * (sizeFactor * connectionFactor);
  return (
    BASE_BYTES +
    simulations * (BYTES_PER_SYNAPSE * synapses + BYTES_PER_CELL * totalCellCount(sizeFactor))
  );
}

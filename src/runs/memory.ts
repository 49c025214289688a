import { cellCountOf } from "../model/column-grid.ts";
import { expectedSynapses } from "../model/expected-synapses.ts";
import type { Parameters } from "../model/parameters.ts";

/** Node.js with this program, and what a recorded run of any size needs besides. */
const BASE_BYTES = 110e6;

/** While the network is built, each synapse is an object; later, numbers in several arrays. */
const BYTES_PER_SYNAPSE = 350;
const BYTES_PER_CELL = 2000;

/** Contiguous memory of the engine, with room for the largest number of spikes. */
const ENGINE_BASE_BYTES = 2.6e6;
const ENGINE_BYTES_PER_CELL = 680;
const ENGINE_BYTES_PER_SYNAPSE = 158;

/** External input drawn ahead: as published, of half a second, and never more than four million events. */
const DRAWN_BYTES_PER_CELL = 5500;
const MOST_DRAWN_BYTES = 67e6;

const drawnBytes = (cells: number): number =>
  Math.min(DRAWN_BYTES_PER_CELL * cells, MOST_DRAWN_BYTES);

/** An estimate of the memory that the engine allocates, bytes. */
export const engineBytes = (parameters: Parameters): number =>
  ENGINE_BASE_BYTES +
  ENGINE_BYTES_PER_CELL * cellCountOf(parameters) +
  drawnBytes(cellCountOf(parameters)) +
  ENGINE_BYTES_PER_SYNAPSE * expectedSynapses(parameters);

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
  // A branch begins from its parent's simulation, which is built beside it.
  const simulations = isBranch ? 2 : 1;
  const synapses = expectedSynapses(parameters);
  const cells = cellCountOf(parameters);
  const engine = BYTES_PER_CELL * cells + drawnBytes(cells) + listBytes(parameters);
  const bytes = BYTES_PER_SYNAPSE * synapses + engine;
  return BASE_BYTES + simulations * bytes;
}

/** Of a stimulus list, and of the next one while that is drawn. */
const BYTES_PER_STIMULUS = 120;
const EXCITATORY_PART = 322 / 470;

/** An estimate of the memory of the 2014 model's stimulus lists, each twice as long as it is used. */
function listBytes(parameters: Parameters): number {
  const { model, stimulation, stimulationRateHz, trialDurationMs } = parameters;
  if (model !== "2014" || !stimulation) return 0;
  const cells = EXCITATORY_PART * cellCountOf(parameters);
  return (BYTES_PER_STIMULUS * cells * 2 * trialDurationMs * stimulationRateHz) / 1000;
}

import { CELL_EVENTS, EXPANDING_SINCE } from "./control.ts";
import { type EngineMemory, type EngineState, stateViews } from "./engine-memory.ts";

/**
 * One of several engines that serve one network together, each some of its cells.
 *
 * Within a window cells are served one by one (see windows.ts), so that parts need to hear of each
 * other only at its end: then each hands over its spikes and takes those of the others, and all do
 * with them what one engine would. The bits are those of one engine, however many parts there are.
 */
export interface EnginePart {
  readonly index: number;
  readonly count: number;
  /** Hands over the spikes of a window, and takes those of all parts; how many these are. */
  exchange(spikes: WindowSpikeLists, count: number): number;
}

/** A window's spikes as an engine keeps them: the first are its own, those of others go behind. */
export interface WindowSpikeLists {
  readonly spikeMs: Float64Array;
  readonly spikeOrder: Float64Array;
  readonly spikeCell: Int32Array;
  readonly spikeWhat: Int32Array;
}

/** What parts need of shared memory. */
export interface PartNeeds {
  /** Spikes in one window, at most. */
  readonly spikeCapacity: number;
  readonly stateBytes: number;
}

/** Whether a part serves a cell: they take turns, so that each has as many of every population. */
export function serves({ index, count }: EnginePart, cell: number): boolean {
  return cell % count === index;
}

/** The state of a network that several parts put together, in shared memory. */
export class SharedState {
  readonly #state: EngineState;
  /** Of each part, cell events and when an arrival first was so strong as to magnify rounding. */
  readonly #counts: Float64Array;

  constructor(memory: EngineMemory, buffer: SharedArrayBuffer) {
    this.#state = stateViews(memory, buffer);
    this.#counts = new Float64Array(buffer, memory.stateBytes.length);
  }

  /** Puts down what a part knows best: the state of its own cells and of the synapses onto them. */
  put(memory: EngineMemory, { index }: EnginePart): void {
    const { served, control, postsynaptic } = memory;
    for (let cell = 0; cell < served.length; cell++) if (served[cell]) this.#putCell(memory, cell);
    for (let synapse = 0; synapse < postsynaptic.length; synapse++) {
      if (!served[postsynaptic[synapse]!]) continue;
      this.#state.plasticGain[synapse] = memory.plasticGain[synapse]!;
    }
    this.#counts[2 * index] = control[CELL_EVENTS]!;
    this.#counts[2 * index + 1] = control[EXPANDING_SINCE]!;
    // The first part keeps the count of all.
    if (index > 0) control[CELL_EVENTS] = 0;
  }

  #putCell(memory: EngineMemory, cell: number): void {
    for (const name of ofCells) {
      const from = memory[name];
      const perCell = from.length / memory.served.length;
      const first = cell * perCell;
      this.#state[name].set(from.subarray(first, first + perCell), first);
    }
  }

  /** Takes what all parts have put down; the rest is the same in all of them. */
  take(memory: EngineMemory, { count }: EnginePart): void {
    for (const name of [...ofCells, "plasticGain"] as const) memory[name].set(this.#state[name]);
    const { control } = memory;
    for (let part = 1; part < count; part++) {
      control[CELL_EVENTS]! += this.#counts[2 * part]!;
      control[EXPANDING_SINCE] = Math.min(control[EXPANDING_SINCE]!, this.#counts[2 * part + 1]!);
    }
  }
}

/** State of each cell, with as many entries for every one. */
const ofCells = [
  "cell",
  "blockCount",
  "streamNextMs",
  "streamRemaining",
  "streamHigh",
  "streamLow",
] as const;

/** Bytes of shared memory for the state of so many parts. */
export const sharedStateBytes = ({ stateBytes }: PartNeeds, count: number): number =>
  stateBytes + 16 * count;

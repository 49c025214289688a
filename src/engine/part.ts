import { CELL_EVENTS, EXPANDING_SINCE } from "../kernel/control.ts";
import { type EngineMemory, type StateViews, stateViews } from "./layout.ts";
import type { ArrayOf } from "./memory.ts";

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
  /** Share of the network that each part serves; together they are 1. */
  readonly shares: readonly number[];
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

/** Requirements of parts for shared memory. */
export interface PartNeeds {
  /** Spikes in one window, at most. */
  readonly spikeCapacity: number;
  readonly stateBytes: number;
}

/** True if parts serve whole columns: where each can have as many of them. */
export const sharesColumns = (count: number, columns: number): boolean =>
  columns > 1 && columns % count === 0;

/** Cells or whole columns that parts share out: in a network of so many of both. */
export const unitsOf = (count: number, cells: number, columns: number): number =>
  sharesColumns(count, columns) ? columns : cells;

/**
 * Part that serves each of so many units. All along the network, each has as many as its share says,
 * to within one or so, and therefore its share of every population; where shares are equal, parts
 * take turns.
 */
export function partOfUnits(shares: readonly number[], units: number): Uint8Array {
  const given = shares.map(() => 0);
  return Uint8Array.from({ length: units }, (_, unit) => {
    const owed = shares.map((share, part) => share * (unit + 1) - given[part]!);
    const part = owed.indexOf(Math.max(...owed));
    given[part]!++;
    return part;
  });
}

/** The state of a network that several parts put together, in shared memory. */
export class SharedState {
  readonly #state: StateViews;
  /** Of each part, cell events and when an arrival first was so strong as to magnify rounding. */
  readonly #counts: Float64Array;

  constructor(memory: EngineMemory, buffer: SharedArrayBuffer) {
    this.#state = stateViews(memory, buffer);
    this.#counts = new Float64Array(buffer, memory.stateBytes.length);
  }

  /** Puts down what a part knows best: the state of its own cells and of the synapses onto them. */
  put(memory: EngineMemory, { index }: EnginePart): void {
    const { control } = memory;
    for (const [name, { owner }] of Object.entries(memory.stateArrays)) {
      if (owner !== "all") this.#putOwn(memory, name);
    }
    this.#counts[2 * index] = control[CELL_EVENTS]!;
    this.#counts[2 * index + 1] = control[EXPANDING_SINCE]!;
    // The first part keeps the count of all.
    if (index > 0) control[CELL_EVENTS] = 0;
  }

  #putOwn({ stateArrays, state, served, postsynaptic }: EngineMemory, name: string): void {
    const { owner, initial } = stateArrays[name]!;
    const isOwn = (unit: number) => served[owner === "cell" ? unit : postsynaptic[unit]!];
    putOwn(this.#state[name]!, state[name]!, initial.length, isOwn);
  }

  /** Puts down the records of a part's own cells. */
  putCells(memory: EngineMemory): void {
    this.#putOwn(memory, "cell");
  }

  /** Takes the records of all cells: as they are now, until the next event of each. */
  takeCells(memory: EngineMemory): void {
    memory.cell.set(this.#state["cell"] as Float64Array);
  }

  /** Takes what all parts have put down; the rest is the same in all of them. */
  take(memory: EngineMemory, { count }: EnginePart): void {
    for (const [name, { owner }] of Object.entries(memory.stateArrays)) {
      if (owner !== "all") memory.state[name]!.set(this.#state[name]!);
    }
    const { control } = memory;
    for (let part = 1; part < count; part++) {
      control[CELL_EVENTS]! += this.#counts[2 * part]!;
      control[EXPANDING_SINCE] = Math.min(control[EXPANDING_SINCE]!, this.#counts[2 * part + 1]!);
    }
  }
}

/** Copies the entries, so many for each cell or synapse, of those that are a part's own. */
function putOwn(
  to: ArrayOf,
  from: ArrayOf,
  perUnit: number,
  isOwn: (unit: number) => number | undefined,
): void {
  for (let entry = 0; entry < from.length; entry++) {
    if (isOwn(Math.floor(entry / perUnit))) to[entry] = from[entry]!;
  }
}

/** Bytes of shared memory for the state of so many parts. */
export const sharedStateBytes = ({ stateBytes }: PartNeeds, count: number): number =>
  stateBytes + 16 * count;

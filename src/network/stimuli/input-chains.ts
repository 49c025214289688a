import { timeOrder } from "../time-order.ts";
import type { InputList } from "./listed.ts";
import type { StimulusInput } from "./stimulus.ts";

/** An input that a cell awaits, whatever list comes. */
export type AwaitedInput = Required<StimulusInput>;

/** A cell's part of a list, in order of time. */
export interface CellList {
  readonly timesMs: Float64Array;
  readonly weightsMv: Float64Array;
}

/** Parts of a list by cell. */
export type CellLists = ReadonlyMap<number, CellList>;

/** An entry must come later by more than this than the one before, ms. */
const RESOLUTION_MS = 1e-6;

/** True if a cell's list has nothing after the input that the cell awaits. */
export function isLast({ cell, timeMs }: AwaitedInput, lists: CellLists): boolean {
  const lastMs = lists.get(cell)?.timesMs.at(-1) ?? -Infinity;
  return lastMs <= timeMs + RESOLUTION_MS;
}

/**
 * The inputs of all cells in order of time; of equal times, the first scheduled first. Each cell
 * schedules its next input when it receives one: the first one of its list that is later.
 *
 * @param awaited the first input of each cell, in the order in which these were scheduled
 */
export function chainedInputs(
  awaited: readonly AwaitedInput[],
  lists: CellLists,
): Required<InputList> {
  const most = awaited.reduce((sum, { cell }) => sum + (lists.get(cell)?.timesMs.length ?? 0), 0);
  const chains = new InputChains(awaited.length + most);
  awaited.forEach(({ timeMs, cell, weightMv }, place) => {
    chains.add(timeMs, cell, weightMv, place - awaited.length);
    const own = lists.get(cell);
    let earlierMs = timeMs;
    for (let k = 0; k < (own?.timesMs.length ?? 0); k++) {
      const nextMs = own!.timesMs[k]!;
      if (nextMs <= earlierMs + RESOLUTION_MS) continue;
      chains.add(nextMs, cell, own!.weightsMv[k]!, chains.count - 1);
      earlierMs = nextMs;
    }
  });
  return chains.inOrder();
}

/** Inputs of one cell after the other, each of which schedules the next one of its cell. */
class InputChains {
  count = 0;
  readonly #timesMs: Float64Array;
  readonly #cells: Uint32Array;
  readonly #weightsMv: Float64Array;
  /** Of each, which one schedules it; of the first ones, numbers below 0 in their order. */
  readonly #scheduler: Int32Array;

  constructor(most: number) {
    this.#timesMs = new Float64Array(most);
    this.#cells = new Uint32Array(most);
    this.#weightsMv = new Float64Array(most);
    this.#scheduler = new Int32Array(most);
  }

  add(timeMs: number, cell: number, weightMv: number, scheduler: number): void {
    this.#timesMs[this.count] = timeMs;
    this.#cells[this.count] = cell;
    this.#weightsMv[this.count] = weightMv;
    this.#scheduler[this.count++] = scheduler;
  }

  inOrder(): Required<InputList> {
    const order = this.#order();
    const timesMs = new Float64Array(this.count);
    const cells = new Uint32Array(this.count);
    const weightsMv = new Float64Array(this.count);
    for (let place = 0; place < this.count; place++) {
      timesMs[place] = this.#timesMs[order[place]!]!;
      cells[place] = this.#cells[order[place]!]!;
      weightsMv[place] = this.#weightsMv[order[place]!]!;
    }
    return { timesMs, cells, weightsMv };
  }

  /** The order by time; of equal times, by what schedules them, which comes earlier. */
  #order(): Uint32Array {
    const order = timeOrder(this.#timesMs.subarray(0, this.count));
    const places = new Int32Array(this.count);
    const scheduled = (input: number) => {
      const scheduler = this.#scheduler[input]!;
      return scheduler < 0 ? scheduler : places[scheduler]!;
    };
    for (let place = 0, end = 0; place < this.count; ) {
      const timeMs = this.#timesMs[order[place]!];
      do end++;
      while (end < this.count && this.#timesMs[order[end]!] === timeMs);
      if (end > place + 1) order.subarray(place, end).sort((a, b) => scheduled(a) - scheduled(b));
      for (; place < end; place++) places[order[place]!] = place;
    }
    return order;
  }
}

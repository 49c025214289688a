import { NONE } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";

/**
 * The events of the present window but external ones: training inputs, arrivals and callbacks.
 *
 * Each cell has a list of those that wait for it, in the order in which they are to be served: by
 * time, equal times by the order of what sent them. Where the order among cells matters as well,
 * all wait in one list, that of `cells`.
 */
export class PendingEvents {
  readonly #memory: EngineMemory;
  #count = 0;
  #lists = 0;
  #inOrder = false;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  /** Begins a window; `inOrder` tells whether all events are to wait in one list. */
  clear(inOrder: boolean): void {
    this.#count = 0;
    this.#lists = 0;
    this.#inOrder = inOrder;
  }

  /** How many lists have been in use in this window; see `listAt`. */
  get listCount(): number {
    return this.#lists;
  }

  /** The k-th list in use. */
  listAt(k: number): number {
    return this.#memory.waitingCell[k]!;
  }

  /**
   * Lets an event wait.
   *
   * @param order of what sent it: those of external streams come before those of training inputs,
   *   these before spikes
   * @param what a synapse's number, or what control.ts lists
   */
  add(cell: number, timeMs: number, order: number, what: number): void {
    const { pendingMs, pendingOrder, pendingCell, pendingWhat, pendingLink } = this.#memory;
    const { pendingHead, dueMs } = this.#memory;
    const list = this.#inOrder ? pendingHead.length - 1 : cell;
    const node = this.#count++;
    pendingMs[node] = timeMs;
    pendingOrder[node] = order;
    pendingCell[node] = cell;
    pendingWhat[node] = what;
    let before = NONE;
    let next = pendingHead[list]!;
    if (next === NONE) this.#memory.waitingCell[this.#lists++] = list;
    while (next !== NONE) {
      const otherMs = pendingMs[next]!;
      if (otherMs > timeMs || (otherMs === timeMs && pendingOrder[next]! > order)) break;
      before = next;
      next = pendingLink[next]!;
    }
    pendingLink[node] = next;
    if (before === NONE) {
      pendingHead[list] = node;
      dueMs[list] = timeMs;
    } else {
      pendingLink[before] = node;
    }
  }

  /** Takes the first event out of a list. */
  takeFirst(list: number): number {
    const { pendingHead, pendingLink, pendingMs, dueMs } = this.#memory;
    const node = pendingHead[list]!;
    const next = pendingLink[node]!;
    pendingHead[list] = next;
    dueMs[list] = next === NONE ? Infinity : pendingMs[next]!;
    return node;
  }
}

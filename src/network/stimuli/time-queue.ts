/** Items waiting for their time; of equal times, the lower order comes first. */
export interface Waiting {
  readonly timeMs: number;
  readonly order: number;
}

/** A queue by time: a binary heap, in which nothing precedes its parent at (place − 1) / 2. */
export class TimeQueue<T extends Waiting> {
  readonly #heap: T[] = [];

  get isEmpty(): boolean {
    return this.#heap.length === 0;
  }

  /** Time at which the first in the queue is due, ms; Infinity where it is empty. */
  get nextMs(): number {
    return this.#heap[0]?.timeMs ?? Infinity;
  }

  add(item: T): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!precedes(item, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = item;
  }

  /** Takes the first out of the queue, which is not empty. */
  take(): T {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (last === first) return first;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      const right = heap[child + 1];
      if (right !== undefined && precedes(right, heap[child]!)) child++;
      if (precedes(last, heap[child]!)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

const precedes = (a: Waiting, b: Waiting): boolean =>
  a.timeMs !== b.timeMs ? a.timeMs < b.timeMs : a.order < b.order;

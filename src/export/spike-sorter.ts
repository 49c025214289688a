import type { Spikes } from "../encoding/spike-codec.ts";

/** Spikes that are sorted at a time: 20 MB. */
const BATCH_SPIKES = 1_000_000;

/**
 * Sorts any number of spikes by cell in constant memory: a batch at a time is sorted, and each
 * cell's part of it goes to its place among all.
 */
export class SpikeSorter {
  readonly #write: (first: number, timesMs: Float64Array) => void;
  /** Position of each cell's next spike. */
  readonly #next: Float64Array;
  readonly #timesMs: Float64Array;
  readonly #cells: Uint32Array;
  readonly #sorted: Float64Array;
  #count = 0;

  /**
   * @param counts spikes of each cell
   * @param write puts spikes of one cell, in order of time, at places from `first` on
   */
  constructor(
    counts: ArrayLike<number>,
    write: (first: number, timesMs: Float64Array) => void,
    batch = BATCH_SPIKES,
  ) {
    this.#write = write;
    this.#next = firstOf(counts);
    this.#timesMs = new Float64Array(batch);
    this.#cells = new Uint32Array(batch);
    this.#sorted = new Float64Array(batch);
  }

  /** Takes spikes in order of time. */
  add({ timesMs, cells }: Spikes): void {
    for (let from = 0; from < cells.length; ) {
      const end = Math.min(cells.length, from + this.#cells.length - this.#count);
      this.#timesMs.set(timesMs.subarray(from, end), this.#count);
      this.#cells.set(cells.subarray(from, end), this.#count);
      this.#count += end - from;
      from = end;
      if (this.#count === this.#cells.length) this.#flush();
    }
  }

  /** Writes what is still kept. */
  finish(): void {
    this.#flush();
  }

  #flush(): void {
    const cells = this.#cells.subarray(0, this.#count);
    const counts = new Uint32Array(this.#next.length);
    for (const cell of cells) counts[cell]!++;
    const place = firstOf(counts);
    for (const [k, cell] of cells.entries()) this.#sorted[place[cell]!++] = this.#timesMs[k]!;
    for (const [cell, count] of counts.entries()) {
      if (count === 0) continue;
      const end = place[cell]!;
      this.#write(this.#next[cell]!, this.#sorted.subarray(end - count, end));
      this.#next[cell]! += count;
    }
    this.#count = 0;
  }
}

/** First index of each of successive parts. */
function firstOf(counts: ArrayLike<number>): Float64Array {
  let first = 0;
  return Float64Array.from(counts, (count) => {
    first += count;
    return first - count;
  });
}

/** Counts of spikes in bins of one width, as far as they are known. */
export interface ShownLevel {
  readonly binMs: number;
  readonly cellCount: number;
  /** From when on bins are known, ms. */
  readonly firstMs: number;
  /** The bin after the last one that may be known. */
  readonly endBin: number;
  /** True if a bin is known. */
  has(bin: number): boolean;
  /** Spikes of each cell in a known bin. */
  countsOf(bin: number): ArrayLike<number>;
  /** Spikes of all excitatory cells in a known bin, or of all inhibitory ones; or of a column's. */
  sumOf(bin: number, isInhibitory: 0 | 1, column?: number): number;
}

/** Number of spikes of each cell in bins of one width; the last so many bins are kept. */
export class SpikeLevel implements ShownLevel {
  readonly binMs: number;
  readonly capacity: number;
  readonly cellCount: number;
  readonly columnCount: number;
  /** Spikes of a cell in a bin, at most 255. */
  readonly #counts: Uint8Array;
  /** Spikes of excitatory and of inhibitory cells of each column in a bin. */
  readonly #sums: Uint32Array;
  #firstBin: number;
  /** The bin after the last one that has begun. */
  #endBin: number;

  constructor(binMs: number, capacity: number, cellCount: number, columnCount = 1, firstBin = 0) {
    this.binMs = binMs;
    this.capacity = capacity;
    this.cellCount = cellCount;
    this.columnCount = columnCount;
    this.#counts = new Uint8Array(capacity * cellCount);
    this.#sums = new Uint32Array(2 * columnCount * capacity);
    this.#firstBin = this.#endBin = firstBin;
  }

  /** From when on bins are kept, ms. */
  get firstMs(): number {
    return this.#firstBin * this.binMs;
  }

  get endBin(): number {
    return this.#endBin;
  }

  /** Opens all bins that begin before a time. */
  reach(timeMs: number): void {
    const end = Math.ceil(timeMs / this.binMs);
    // However far time has gone on, only so many bins are kept.
    this.#endBin = Math.max(this.#endBin, end - this.capacity);
    for (; this.#endBin < end; this.#endBin++) {
      const place = this.#endBin % this.capacity;
      this.#counts.fill(0, place * this.cellCount, (place + 1) * this.cellCount);
      this.#sums.fill(0, 2 * this.columnCount * place, 2 * this.columnCount * (place + 1));
    }
    this.#firstBin = Math.max(this.#firstBin, this.#endBin - this.capacity);
  }

  add(timesMs: Float64Array, cells: Uint32Array, isExcitatory: Uint8Array): void {
    const { binMs, capacity, cellCount, columnCount } = this;
    const perColumn = cellCount / columnCount;
    for (let k = 0; k < cells.length; k++) {
      const bin = Math.floor(timesMs[k]! / binMs);
      if (bin < this.#firstBin || bin >= this.#endBin) continue;
      const place = bin % capacity;
      const cell = cells[k]!;
      const at = place * cellCount + cell;
      if (this.#counts[at]! < 255) this.#counts[at]!++;
      const group = columnCount * place + Math.floor(cell / perColumn);
      this.#sums[2 * group + (isExcitatory[cell] ? 0 : 1)]!++;
    }
  }

  /** True if a bin is kept. */
  has(bin: number): boolean {
    return bin >= this.#firstBin && bin < this.#endBin;
  }

  /** Spikes of each cell in a bin that is kept. */
  countsOf(bin: number): Uint8Array {
    const place = bin % this.capacity;
    return this.#counts.subarray(place * this.cellCount, (place + 1) * this.cellCount);
  }

  /** Spikes of all excitatory cells in a bin that is kept, or of all inhibitory ones; or of a column's. */
  sumOf(bin: number, isInhibitory: 0 | 1, column?: number): number {
    const first = this.columnCount * (bin % this.capacity);
    if (column !== undefined) return this.#sums[2 * (first + column) + isInhibitory]!;
    let sum = 0;
    for (let group = first; group < first + this.columnCount; group++) {
      sum += this.#sums[2 * group + isInhibitory]!;
    }
    return sum;
  }

  /** The same up to a time, which is a multiple of the bins' width. */
  copyUntil(timeMs: number): SpikeLevel {
    const end = Math.min(this.#endBin, Math.floor(timeMs / this.binMs));
    const first = Math.min(this.#firstBin, end);
    const { binMs, capacity, cellCount, columnCount } = this;
    const copy = new SpikeLevel(binMs, capacity, cellCount, columnCount, first);
    copy.#counts.set(this.#counts);
    copy.#sums.set(this.#sums);
    copy.#endBin = end;
    return copy;
  }
}

/** Spikes in order of time: cell `cells[k]` fires at `timesMs[k]`. */
export interface Spikes {
  readonly timesMs: Float64Array;
  readonly cells: Uint32Array;
}

/** Index of the first of `sorted` that is not below `value`; its length when there is none. */
export function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The spikes with startMs ≤ t < endMs, as views on the given arrays. */
export function spikesBetween(spikes: Spikes, startMs: number, endMs: number): Spikes {
  const first = lowerBound(spikes.timesMs, startMs);
  const end = Math.max(first, lowerBound(spikes.timesMs, endMs));
  return { timesMs: spikes.timesMs.subarray(first, end), cells: spikes.cells.subarray(first, end) };
}

/** Spikes in blocks, whether they come in one piece or block by block. */
export const spikeBlocksOf = (spikes: Spikes | Iterable<Spikes>): Iterable<Spikes> =>
  "timesMs" in spikes ? [spikes] : spikes;

/** The spikes with startMs ≤ t < endMs of blocks in order of time; can be read as often as they can. */
export function spikeBlocksBetween(
  blocks: Iterable<Spikes>,
  startMs: number,
  endMs: number,
): Iterable<Spikes> {
  return {
    *[Symbol.iterator]() {
      for (const block of blocks) yield spikesBetween(block, startMs, endMs);
    },
  };
}

/** Divides blocks of spikes among disjoint groups of cells. */
export class SpikeDivider {
  /** Index of each cell's group; of cells without one, the number of groups. */
  readonly #groupOfCell: Uint8Array;
  readonly #groupCount: number;
  /** Spikes of each group in a piece of equal length. */
  #timesMs = new Float64Array(0);
  #cells = new Uint32Array(0);

  constructor(groups: readonly Uint32Array[]) {
    const cellCount = groups.reduce(
      (most, cells) => cells.reduce((a, b) => Math.max(a, b + 1), most),
      0,
    );
    this.#groupCount = groups.length;
    this.#groupOfCell = new Uint8Array(cellCount).fill(groups.length);
    for (const [group, cells] of groups.entries()) {
      for (const cell of cells) this.#groupOfCell[cell] = group;
    }
  }

  /** Each group's spikes, in the same order; valid until the next call. */
  divide({ timesMs: allMs, cells: all }: Spikes): Spikes[] {
    const length = all.length;
    if (this.#cells.length < (this.#groupCount + 1) * length) {
      this.#timesMs = new Float64Array((this.#groupCount + 1) * length);
      this.#cells = new Uint32Array(this.#timesMs.length);
    }
    const [timesMs, cells, groupOfCell] = [this.#timesMs, this.#cells, this.#groupOfCell];
    const ends = Uint32Array.from({ length: this.#groupCount + 1 }, (_, group) => group * length);
    for (let k = 0; k < length; k++) {
      const cell = all[k]!;
      const group = cell < groupOfCell.length ? groupOfCell[cell]! : this.#groupCount;
      const at = ends[group]!++;
      timesMs[at] = allMs[k]!;
      cells[at] = cell;
    }
    return Array.from({ length: this.#groupCount }, (_, group) => ({
      timesMs: timesMs.subarray(group * length, ends[group]),
      cells: cells.subarray(group * length, ends[group]),
    }));
  }
}

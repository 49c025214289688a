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

import type { Spikes } from "./spikes.ts";
import { BinCursor, checkBins, type TimeBins, wholeBins } from "./time-bins.ts";

/**
 * Each chosen cell's spikes in successive bins, collected from spikes block by block in the memory
 * of one bin. Bins without any spike are passed over.
 */
export class BinnedCellCounts {
  /** Whole bins in the interval. */
  readonly binCount: number;
  readonly #cursor: BinCursor;
  readonly #close: (active: readonly number[], counts: Float64Array) => void;
  /** Place of each cell among the chosen; −1 elsewhere. */
  readonly #placeOfCell: Int32Array;
  /** By place, counts in the current bin, and which of them are not 0. */
  readonly #counts: Float64Array;
  readonly #active: number[] = [];
  #bin = 0;

  /**
   * @param cells those that are counted, each once.
   * @param close gets, of every bin with spikes in turn, the places among `cells` of those that
   *   fired, in ascending order, and all counts by place; both are used again for the next.
   * @throws {IntervalError} when the interval is empty or the bins are not wider than 0.
   */
  constructor(
    cells: Uint32Array,
    bins: TimeBins,
    close: (active: readonly number[], counts: Float64Array) => void,
  ) {
    checkBins(bins);
    this.#cursor = new BinCursor(bins);
    this.binCount = wholeBins(bins.endMs - bins.startMs, bins.binMs);
    this.#close = close;
    this.#placeOfCell = new Int32Array(
      1 + cells.reduce((most, cell) => Math.max(most, cell), 0),
    ).fill(-1);
    cells.forEach((cell, place) => {
      this.#placeOfCell[cell] = place;
    });
    this.#counts = new Float64Array(cells.length);
  }

  /** Adds spikes that are no earlier than those added before. */
  add({ timesMs, cells }: Spikes): void {
    const [cursor, placeOfCell, counts] = [this.#cursor, this.#placeOfCell, this.#counts];
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      const place = cell < placeOfCell.length ? placeOfCell[cell]! : -1;
      if (place < 0) continue;
      const bin = cursor.binOf(timesMs[k]!);
      // What follows the last whole bin is left out.
      if (bin < 0 || bin >= this.binCount) continue;
      if (bin !== this.#bin) this.#closeBin(bin);
      if (counts[place] === 0) this.#active.push(place);
      counts[place]!++;
    }
  }

  /** Closes the bin that is still open. */
  finish(): void {
    this.#closeBin(this.#bin);
  }

  #closeBin(next: number): void {
    const active = this.#active;
    if (active.length > 0) {
      sortAscending(active);
      this.#close(active, this.#counts);
      for (let k = 0; k < active.length; k++) this.#counts[active[k]!] = 0;
      active.length = 0;
    }
    this.#bin = next;
  }
}

/** Cells that are sorted one by one: more are seldom active in one bin. */
const FEW = 40;

function sortAscending(places: number[]): void {
  if (places.length > FEW) {
    places.sort((a, b) => a - b);
    return;
  }
  for (let k = 1; k < places.length; k++) {
    const place = places[k]!;
    let at = k;
    for (; at > 0 && places[at - 1]! > place; at--) places[at] = places[at - 1]!;
    places[at] = place;
  }
}

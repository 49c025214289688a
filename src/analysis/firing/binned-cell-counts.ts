import type { Spikes } from "./spikes.ts";
import { BinCursor, checkBins, type TimeBins, wholeBins } from "./time-bins.ts";

/**
 * Receiver of a bin's counts: the places of the `activeCount` cells that fired, in any order, and all
 * counts by place. Both arrays are used again for the next bin.
 */
type BinSink = (active: Uint32Array, activeCount: number, counts: Float64Array) => void;

/**
 * Each chosen cell's spikes in successive bins, collected from spikes block by block in the memory
 * of one bin. Bins without any spike are passed over.
 */
export class BinnedCellCounts {
  /** Whole bins in the interval. */
  readonly binCount: number;
  readonly #cursor: BinCursor;
  readonly #close: BinSink;
  /** Place of each cell among the chosen; −1 elsewhere. */
  readonly #placeOfCell: Int32Array;
  /** By place, counts in the current bin, and which of them are not 0. */
  readonly #counts: Float64Array;
  readonly #active: Uint32Array;
  #activeCount = 0;
  #bin = 0;

  /**
   * @param cells those that are counted, each once.
   * @param close gets the counts of every bin with spikes in turn
   * @throws {IntervalError} when the interval is empty or the bins are not wider than 0.
   */
  constructor(cells: Uint32Array, bins: TimeBins, close: BinSink) {
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
    this.#active = new Uint32Array(cells.length);
  }

  /** Adds spikes that are no earlier than those added before. */
  add({ timesMs, cells }: Spikes): void {
    const { binCount } = this;
    const cursor = this.#cursor;
    const placeOfCell = this.#placeOfCell;
    const [counts, active] = [this.#counts, this.#active];
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      const place = cell < placeOfCell.length ? placeOfCell[cell]! : -1;
      if (place < 0) continue;
      const bin = cursor.binOf(timesMs[k]!);
      // What follows the last whole bin is left out.
      if (bin < 0 || bin >= binCount) continue;
      if (bin !== this.#bin) this.#closeBin(bin);
      if (counts[place] === 0) active[this.#activeCount++] = place;
      counts[place]!++;
    }
  }

  /** Closes the bin that is still open. */
  finish(): void {
    this.#closeBin(this.#bin);
  }

  #closeBin(next: number): void {
    const [active, count] = [this.#active, this.#activeCount];
    if (count > 0) {
      this.#close(active, count, this.#counts);
      for (let k = 0; k < count; k++) this.#counts[active[k]!] = 0;
      this.#activeCount = 0;
    }
    this.#bin = next;
  }
}

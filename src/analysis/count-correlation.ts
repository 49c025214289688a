import { checkInterval, IntervalError } from "./interval.ts";
import type { RateBins } from "./population-rates.ts";
import type { Spikes } from "./spikes.ts";

/** Mean correlation of spike counts over pairs of cells. */
export interface PairwiseCorrelation {
  /** Mean of Pearson's r over the pairs; NaN when there are none. */
  readonly mean: number;
  /** Population standard deviation over the pairs. */
  readonly standardDeviation: number;
  /** Pairs of which both cells' counts vary. */
  readonly pairCount: number;
  /** Whole bins counted. */
  readonly binCount: number;
}

/**
 * Correlation of pairs of cells' spike counts in successive bins,
 * r = cov(x, y) / √(var x · var y), collected from spikes block by block in constant memory.
 */
export class CountCorrelation {
  readonly #bins: RateBins;
  readonly #binCount: number;
  /** Place of each cell among the chosen; −1 elsewhere. */
  readonly #placeOfCell: Int32Array;
  readonly #cellCount: number;
  readonly #sums: Float64Array;
  /** Σ x_i x_j at i n + j, for j ≤ i. */
  readonly #products: Float64Array;
  /** Counts in the current bin, and which of them are not 0. */
  readonly #counts: Float64Array;
  #touched: number[] = [];
  #bin = 0;

  /**
   * @param cells those whose pairs are taken, each once.
   * @throws {@link IntervalError} when the interval is empty or the bins are not wider than 0.
   */
  constructor(cells: Uint32Array, bins: RateBins) {
    checkInterval(bins);
    if (!(bins.binMs > 0)) {
      throw new IntervalError(`Bins of ${bins.binMs} ms cannot be filled; give a width above 0.`);
    }
    this.#bins = bins;
    this.#binCount = Math.floor((bins.endMs - bins.startMs) / bins.binMs + 1e-9);
    this.#placeOfCell = new Int32Array(
      1 + cells.reduce((most, cell) => Math.max(most, cell), 0),
    ).fill(-1);
    cells.forEach((cell, place) => {
      this.#placeOfCell[cell] = place;
    });
    this.#cellCount = cells.length;
    this.#sums = new Float64Array(cells.length);
    this.#products = new Float64Array(cells.length ** 2);
    this.#counts = new Float64Array(cells.length);
  }

  /** Adds spikes that are no earlier than those added before. */
  add({ timesMs, cells }: Spikes): void {
    const { startMs, binMs } = this.#bins;
    for (let k = 0; k < cells.length; k++) {
      const place = this.#placeOfCell[cells[k]!] ?? -1;
      if (place < 0) continue;
      const bin = Math.floor((timesMs[k]! - startMs) / binMs);
      // What follows the last whole bin is left out.
      if (bin < 0 || bin >= this.#binCount) continue;
      if (bin !== this.#bin) this.#closeBin(bin);
      if (this.#counts[place] === 0) this.#touched.push(place);
      this.#counts[place]!++;
    }
  }

  /** The correlations of all spikes added. */
  result(): PairwiseCorrelation {
    this.#closeBin(this.#bin);
    const correlations: number[] = [];
    for (let i = 0; i < this.#cellCount; i++) {
      for (let j = 0; j < i; j++) {
        const variances = this.#covariance(i, i) * this.#covariance(j, j);
        if (variances > 0) correlations.push(this.#covariance(i, j) / Math.sqrt(variances));
      }
    }
    const pairCount = correlations.length;
    const mean = correlations.reduce((sum, r) => sum + r, 0) / pairCount;
    const squares = correlations.reduce((sum, r) => sum + (r - mean) ** 2, 0);
    const standardDeviation = Math.sqrt(squares / pairCount);
    return { mean, standardDeviation, pairCount, binCount: this.#binCount };
  }

  /** Bins in which a cell is silent add nothing to its sums. */
  #closeBin(next: number): void {
    const [counts, touched] = [this.#counts, this.#touched];
    touched.sort((a, b) => a - b);
    for (let k = 0; k < touched.length; k++) {
      const i = touched[k]!;
      this.#sums[i]! += counts[i]!;
      for (let l = 0; l <= k; l++) {
        const j = touched[l]!;
        this.#products[i * this.#cellCount + j]! += counts[i]! * counts[j]!;
      }
    }
    for (const place of touched) counts[place] = 0;
    this.#touched = [];
    this.#bin = next;
  }

  /** n² times the covariance, in whole numbers and so exact. */
  #covariance(i: number, j: number): number {
    const product = this.#products[i * this.#cellCount + j]!;
    return this.#binCount * product - this.#sums[i]! * this.#sums[j]!;
  }
}

/** At most `count` of the cells, evenly spaced in their order. */
export function evenlySpacedCells(cells: Uint32Array, count: number): Uint32Array {
  if (cells.length <= count) return cells;
  return Uint32Array.from(
    { length: count },
    (_, k) => cells[Math.floor((k * cells.length) / count)]!,
  );
}

import { placesOfCells } from "./cell-groups.ts";
import type { Spikes } from "./spikes.ts";
import { BinCursor, checkBins, type TimeBins, wholeBins } from "./time-bins.ts";

/** Mean correlation of spike counts over pairs of cells. */
export interface PairwiseCorrelation {
  /** Mean of Pearson's r over the pairs; NaN if there are none. */
  readonly mean: number;
  /** Population standard deviation over the pairs. */
  readonly standardDeviation: number;
  /** Number of pairs of cells whose counts both vary. */
  readonly pairCount: number;
  /** Number of complete bins. */
  readonly binCount: number;
}

/**
 * Correlation of the spike counts x, y of pairs of cells in successive bins,
 * r = cov(x, y) / √(var x · var y). Spikes are added block by block, in constant memory.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const correlation = new analysis.CountCorrelation(cells, { startMs: 0, endMs: 2000, binMs: 10 });
 * for (const spikes of run.spikeBlocks()) correlation.add(spikes);
 * console.log(correlation.result().mean);
 * ```
 */
export class CountCorrelation {
  /** Whole bins in the interval. */
  readonly #binCount: number;
  readonly #cursor: BinCursor;
  readonly #placeOfCell: Int32Array;
  readonly #sums: Float64Array;
  /** Σ x_i x_j at i n + j, for j ≤ i. */
  readonly #products: Float64Array;
  /** Counts in the current bin, and the places of those that are not 0. */
  readonly #counts: Float64Array;
  readonly #active: Uint32Array;
  #activeCount = 0;
  #bin = 0;

  /**
   * @param cells the cells whose pairs are correlated, each once
   * @param bins interval and width of the bins, ms
   * @throws {IntervalError} if the interval is empty or the bin width is not positive
   */
  constructor(cells: Uint32Array, bins: TimeBins) {
    checkBins(bins);
    this.#binCount = wholeBins(bins.endMs - bins.startMs, bins.binMs);
    this.#cursor = new BinCursor(bins);
    this.#placeOfCell = placesOfCells(cells);
    this.#sums = new Float64Array(cells.length);
    this.#products = new Float64Array(cells.length ** 2);
    this.#counts = new Float64Array(cells.length);
    this.#active = new Uint32Array(cells.length);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const placeOfCell = this.#placeOfCell;
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      const place = cell < placeOfCell.length ? placeOfCell[cell]! : -1;
      if (place < 0) continue;
      const bin = this.#cursor.binOf(timesMs[k]!);
      // What follows the last whole bin is left out.
      if (bin < 0 || bin >= this.#binCount) continue;
      if (bin !== this.#bin) this.#closeBin(bin);
      if (this.#counts[place] === 0) this.#active[this.#activeCount++] = place;
      this.#counts[place]! += 1;
    }
  }

  /** Correlations over all spikes added. */
  result(): PairwiseCorrelation {
    this.#closeBin(this.#bin);
    const correlations: number[] = [];
    for (let i = 0; i < this.#sums.length; i++) {
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

  /** Cells silent in the bin add nothing to the sums, which are whole numbers and so exact. */
  #closeBin(next: number): void {
    const [sums, products, counts, active] = [
      this.#sums,
      this.#products,
      this.#counts,
      this.#active,
    ];
    for (let k = 0; k < this.#activeCount; k++) {
      const i = active[k]!;
      const count = counts[i]!;
      sums[i]! += count;
      for (let l = 0; l <= k; l++) {
        const j = active[l]!;
        products[i > j ? i * counts.length + j : j * counts.length + i]! += count * counts[j]!;
      }
    }
    for (let k = 0; k < this.#activeCount; k++) counts[active[k]!] = 0;
    this.#activeCount = 0;
    this.#bin = next;
  }

  /** n² times the covariance, in whole numbers and so exact. */
  #covariance(i: number, j: number): number {
    const product = this.#products[i * this.#sums.length + j]!;
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

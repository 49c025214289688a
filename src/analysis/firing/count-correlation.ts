import { callLoop } from "../../counting/compiled-loops.ts";
import { placesOfCells } from "./cell-groups.ts";
import type { Spikes } from "./spikes.ts";
import { checkBins, type TimeBins, wholeBins } from "./time-bins.ts";

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
  readonly #bins: TimeBins;
  /** Whole bins in the interval. */
  readonly #binCount: number;
  readonly #placeOfCell: Int32Array;
  readonly #sums: Float64Array;
  /** Products x_i x_j summed over the bins before the current one, at i n + j or j n + i. */
  readonly #products: Float64Array;
  /** Counts in the current bin, and the places of those that are not 0. */
  readonly #counts: Float64Array;
  readonly #active: Uint32Array;
  /** Number of these, and the bin. */
  readonly #current = Float64Array.of(0, 0);

  /**
   * @param cells the cells whose pairs are correlated, each once
   * @param bins interval and width of the bins, ms
   * @throws {IntervalError} if the interval is empty or the bin width is not positive
   */
  constructor(cells: Uint32Array, bins: TimeBins) {
    checkBins(bins);
    this.#bins = bins;
    this.#binCount = wholeBins(bins.endMs - bins.startMs, bins.binMs);
    this.#placeOfCell = placesOfCells(cells);
    this.#sums = new Float64Array(cells.length);
    this.#products = new Float64Array(cells.length ** 2);
    this.#counts = new Float64Array(cells.length);
    this.#active = new Uint32Array(cells.length + 1);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    callLoop(
      "correlation",
      timesMs,
      cells,
      this.#placeOfCell,
      this.#sums,
      this.#products,
      this.#counts,
      this.#active,
      this.#current,
      cells.length,
      this.#placeOfCell.length,
      this.#sums.length,
      this.#bins.startMs,
      this.#bins.binMs,
      this.#binCount,
    );
  }

  /** Correlations over all spikes added. */
  result(): PairwiseCorrelation {
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

  /** n² times the covariance, in whole numbers and so exact. */
  #covariance(i: number, j: number): number {
    const [products, counts, sums] = [this.#products, this.#counts, this.#sums];
    const cellCount = sums.length;
    const other = i === j ? 0 : products[j * cellCount + i]!;
    const product = products[i * cellCount + j]! + other + counts[i]! * counts[j]!;
    return this.#binCount * product - sums[i]! * sums[j]!;
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

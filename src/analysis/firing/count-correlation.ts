import { placesOfCells } from "./cell-groups.ts";
import type { Spikes } from "./spikes.ts";
import { BinFinder, checkBins, type TimeBins, wholeBins } from "./time-bins.ts";

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
  readonly #finder: BinFinder;
  readonly #placeOfCell: Int32Array;
  readonly #sums: Float64Array;
  /** Pairs of spikes in the same bin, the later of cell i and the earlier of cell j, at i n + j. */
  readonly #pairs: Float64Array;
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
    this.#finder = new BinFinder(bins);
    this.#placeOfCell = placesOfCells(cells);
    this.#sums = new Float64Array(cells.length);
    this.#pairs = new Float64Array(cells.length ** 2);
    this.#counts = new Float64Array(cells.length);
    this.#active = new Uint32Array(cells.length);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const [placeOfCell, binCount] = [this.#placeOfCell, this.#binCount];
    const bins = this.#finder.binsOf(timesMs);
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      const place = cell < placeOfCell.length ? placeOfCell[cell]! : -1;
      const bin = bins[k]!;
      // What follows the last whole bin is left out.
      if (place >= 0 && bin >= 0 && bin < binCount) this.#addSpike(place, bin);
    }
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

  #addSpike(place: number, bin: number): void {
    const [counts, active, pairs] = [this.#counts, this.#active, this.#pairs];
    if (bin !== this.#bin) {
      counts.fill(0);
      this.#activeCount = 0;
      this.#bin = bin;
    }
    const row = place * counts.length;
    for (let k = 0; k < this.#activeCount; k++) pairs[row + active[k]!]! += counts[active[k]!]!;
    if (counts[place] === 0) active[this.#activeCount++] = place;
    counts[place]! += 1;
    this.#sums[place]! += 1;
  }

  /** n² times the covariance, in whole numbers and so exact: Σ x_i x_j are pairs of spikes. */
  #covariance(i: number, j: number): number {
    const [pairs, sums, count] = [this.#pairs, this.#sums, this.#sums.length];
    const product = pairs[i * count + j]! + pairs[j * count + i]! + (i === j ? sums[i]! : 0);
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

import { BinnedCellCounts } from "./binned-cell-counts.ts";
import type { Spikes } from "./spikes.ts";
import type { TimeBins } from "./time-bins.ts";

/** Measures of synchronous firing in a group of cells. */
export interface Synchrony {
  /** Golomb & Rinzel's χ, 0 … 1: 1 if all counts are equal at all times; NaN if no count varies. */
  readonly chi: number;
  /** χ of as many independent cells of equal variance, 1 / √N. */
  readonly independentChi: number;
  /** Variance / mean of the group's count: 1 for independent Poisson cells; NaN without spikes. */
  readonly fanoFactor: number;
  readonly cellCount: number;
  /** Number of complete bins. */
  readonly binCount: number;
}

/**
 * Synchrony of the spike counts x_i of a group of cells in successive bins. Spikes are added block
 * by block, in constant memory:
 *
 *   χ² = Var(mean over cells of x_i) / mean over cells of Var(x_i)
 *
 * (Golomb & Rinzel 1993, Phys Rev E 48:4810; 1994, Physica D 72:259), with variances over bins.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const synchrony = new analysis.PopulationSynchrony(cells, { startMs: 0, endMs: 2000, binMs: 5 });
 * for (const spikes of run.spikeBlocks()) synchrony.add(spikes);
 * const { chi, independentChi } = synchrony.result();
 * console.log(chi, "of independent cells", independentChi);
 * ```
 */
export class PopulationSynchrony {
  readonly #counts: BinnedCellCounts;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #total = 0;
  #totalSquares = 0;

  /**
   * @param cells the group, each cell once; cells that are deleted in the interval reduce χ
   * @param bins interval and width of the bins, ms
   * @throws {IntervalError} if the interval is empty or the bin width is not positive
   */
  constructor(cells: Uint32Array, bins: TimeBins) {
    this.#sums = new Float64Array(cells.length);
    this.#squares = new Float64Array(cells.length);
    this.#counts = new BinnedCellCounts(cells, bins, (active, activeCount, counts) => {
      let total = 0;
      for (let k = 0; k < activeCount; k++) {
        const place = active[k]!;
        const count = counts[place]!;
        this.#sums[place]! += count;
        this.#squares[place]! += count * count;
        total += count;
      }
      this.#total += total;
      this.#totalSquares += total ** 2;
    });
  }

  /** Adds spikes, in order of time. */
  add(spikes: Spikes): void {
    this.#counts.add(spikes);
  }

  /** Synchrony over all spikes added. */
  result(): Synchrony {
    this.#counts.finish();
    const { binCount } = this.#counts;
    const cellCount = this.#sums.length;
    // n² times each variance: differences of whole numbers, in which nothing is lost.
    const ofTotal = binCount * this.#totalSquares - this.#total ** 2;
    const ofCells = this.#sums.reduce(
      (sum, cellSum, place) => sum + (binCount * this.#squares[place]! - cellSum ** 2),
      0,
    );
    return {
      chi: Math.sqrt(ofTotal / ofCells / cellCount),
      independentChi: 1 / Math.sqrt(cellCount),
      fanoFactor: ofTotal / (binCount * this.#total),
      cellCount,
      binCount,
    };
  }
}

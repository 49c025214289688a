import { BinnedCellCounts } from "./binned-cell-counts.ts";
import type { Spikes } from "./spikes.ts";
import type { TimeBins } from "./time-bins.ts";

/** Measures of common firing of a group's cells. */
export interface Synchrony {
  /** Golomb & Rinzel's χ, 0 … 1: 1 when all counts rise and fall as one; NaN when none varies. */
  readonly chi: number;
  /** χ that as many independent cells of equal variance would have, 1 / √N. */
  readonly independentChi: number;
  /** Variance / mean of the group's count, of independent Poisson cells 1; NaN without spikes. */
  readonly fanoFactor: number;
  readonly cellCount: number;
  /** Whole bins counted. */
  readonly binCount: number;
}

/**
 * Synchrony of a group's spike counts x_i in successive bins, collected from spikes block by block
 * in memory of a few numbers a cell:
 *
 *   χ² = Var(mean over cells of x_i) / mean over cells of Var(x_i)
 *
 * (Golomb & Rinzel 1993, Phys Rev E 48:4810; 1994, Physica D 72:259), variances being over bins.
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
   * @param cells those of the group, each once; cells that do not live throughout lower χ.
   * @throws {IntervalError} when the interval is empty or the bins are not wider than 0.
   */
  constructor(cells: Uint32Array, bins: TimeBins) {
    this.#sums = new Float64Array(cells.length);
    this.#squares = new Float64Array(cells.length);
    this.#counts = new BinnedCellCounts(cells, bins, (active, counts) => {
      let total = 0;
      for (const place of active) {
        const count = counts[place]!;
        this.#sums[place]! += count;
        this.#squares[place]! += count ** 2;
        total += count;
      }
      this.#total += total;
      this.#totalSquares += total ** 2;
    });
  }

  /** Adds spikes that are no earlier than those added before. */
  add(spikes: Spikes): void {
    this.#counts.add(spikes);
  }

  /** The synchrony of all spikes added. */
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

import { callLoop } from "../../counting/compiled-loops.ts";
import { placesOfCells } from "./cell-groups.ts";
import type { Spikes } from "./spikes.ts";
import { checkBins, type TimeBins, wholeBins } from "./time-bins.ts";

/** Measures of synchronous firing in a group of cells. */
export interface Synchrony {
  /** Golomb & Rinzel's χ, 0 … 1: 1 if all counts are equal at all times; NaN if no count varies. */
  readonly chi: number;
  /** χ of as many independent cells of equal variance, 1 / √N; NaN for no cells. */
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
  readonly #bins: TimeBins;
  /** Whole bins in the interval. */
  readonly #binCount: number;
  readonly #placeOfCell: Int32Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  /** Each cell's last bin with spikes, and its count there. */
  readonly #lastBins: Float64Array;
  readonly #lastCounts: Float64Array;
  /** Sum and sum of squares of the group's counts, its last bin with spikes, and its count there. */
  readonly #totals = Float64Array.of(0, 0, -1, 0);

  /**
   * @param cells the group, each cell once; cells that are deleted in the interval reduce χ
   * @param bins interval and width of the bins, ms
   * @throws {IntervalError} if the interval is empty or the bin width is not positive
   */
  constructor(cells: Uint32Array, bins: TimeBins) {
    checkBins(bins);
    this.#bins = bins;
    this.#binCount = wholeBins(bins.endMs - bins.startMs, bins.binMs);
    this.#placeOfCell = placesOfCells(cells);
    this.#sums = new Float64Array(cells.length);
    this.#squares = new Float64Array(cells.length);
    this.#lastBins = new Float64Array(cells.length).fill(-1);
    this.#lastCounts = new Float64Array(cells.length);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    callLoop(
      "synchrony",
      timesMs,
      cells,
      this.#placeOfCell,
      this.#sums,
      this.#squares,
      this.#lastBins,
      this.#lastCounts,
      this.#totals,
      cells.length,
      this.#placeOfCell.length,
      this.#bins.startMs,
      this.#bins.binMs,
      this.#binCount,
    );
  }

  /** Synchrony over all spikes added. */
  result(): Synchrony {
    const binCount = this.#binCount;
    const cellCount = this.#sums.length;
    const [total, totalSquares] = this.#totals as unknown as [number, number];
    // n² times each variance: differences of whole numbers, in which nothing is lost.
    const ofTotal = binCount * totalSquares - total ** 2;
    const ofCells = this.#sums.reduce(
      (sum, cellSum, place) => sum + (binCount * this.#squares[place]! - cellSum ** 2),
      0,
    );
    return {
      chi: Math.sqrt(ofTotal / ofCells / cellCount),
      independentChi: cellCount > 0 ? 1 / Math.sqrt(cellCount) : Number.NaN,
      fanoFactor: ofTotal / (binCount * total),
      cellCount,
      binCount,
    };
  }
}

import { placesOfCells } from "./cell-groups.ts";
import type { Spikes } from "./spikes.ts";
import { BinFinder, checkBins, type TimeBins, wholeBins } from "./time-bins.ts";

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
  /** Whole bins in the interval. */
  readonly #binCount: number;
  readonly #finder: BinFinder;
  readonly #placeOfCell: Int32Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  /** Each cell's last bin with spikes, and its count there. */
  readonly #lastBins: Float64Array;
  readonly #lastCounts: Float64Array;
  #total = 0;
  #totalSquares = 0;
  /** The last bin with spikes, and the group's count there. */
  #bin = -1;
  #count = 0;

  /**
   * @param cells the group, each cell once; cells that are deleted in the interval reduce χ
   * @param bins interval and width of the bins, ms
   * @throws {IntervalError} if the interval is empty or the bin width is not positive
   */
  constructor(cells: Uint32Array, bins: TimeBins) {
    checkBins(bins);
    this.#binCount = wholeBins(bins.endMs - bins.startMs, bins.binMs);
    this.#finder = new BinFinder(bins);
    this.#placeOfCell = placesOfCells(cells);
    this.#sums = new Float64Array(cells.length);
    this.#squares = new Float64Array(cells.length);
    this.#lastBins = new Float64Array(cells.length).fill(-1);
    this.#lastCounts = new Float64Array(cells.length);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const [binCount, placeOfCell] = [this.#binCount, this.#placeOfCell];
    const bins = this.#finder.binsOf(timesMs);
    const [sums, squares] = [this.#sums, this.#squares];
    const [lastBins, lastCounts] = [this.#lastBins, this.#lastCounts];
    let [total, totalSquares, current, count] = [0, 0, this.#bin, this.#count];
    for (let k = 0; k < cells.length; k++) {
      const cell = cells[k]!;
      const place = cell < placeOfCell.length ? placeOfCell[cell]! : -1;
      const bin = bins[k]!;
      // What follows the last whole bin is left out.
      if (place < 0 || bin < 0 || bin >= binCount) continue;
      // Another spike adds (n + 1)² − n² to the square of a count; no branch can foretell which do.
      const own = 1 + lastCounts[place]! * Number(lastBins[place] === bin);
      lastBins[place] = bin;
      lastCounts[place] = own;
      sums[place]! += 1;
      squares[place]! += 2 * own - 1;
      count = 1 + count * Number(bin === current);
      current = bin;
      total += 1;
      totalSquares += 2 * count - 1;
    }
    this.#total += total;
    this.#totalSquares += totalSquares;
    [this.#bin, this.#count] = [current, count];
  }

  /** Synchrony over all spikes added. */
  result(): Synchrony {
    const binCount = this.#binCount;
    const cellCount = this.#sums.length;
    // n² times each variance: differences of whole numbers, in which nothing is lost.
    const ofTotal = binCount * this.#totalSquares - this.#total ** 2;
    const ofCells = this.#sums.reduce(
      (sum, cellSum, place) => sum + (binCount * this.#squares[place]! - cellSum ** 2),
      0,
    );
    return {
      chi: Math.sqrt(ofTotal / ofCells / cellCount),
      independentChi: cellCount > 0 ? 1 / Math.sqrt(cellCount) : Number.NaN,
      fanoFactor: ofTotal / (binCount * this.#total),
      cellCount,
      binCount,
    };
  }
}

import { LogHistogram } from "./log-histogram.ts";
import type { Spikes } from "./spikes.ts";

/** Fewer intervals say little about their variation. */
const LEAST_INTERVALS = 5;

/**
 * Interspike intervals, collected from spikes in order of time, block by block, in memory that
 * depends on the number of cells only.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const intervals = new analysis.InterspikeIntervals(run.manifest.network.cellCount, [cells]);
 * for (const spikes of run.spikeBlocks()) intervals.add(spikes);
 * console.log(intervals.distribution(0).summary().mean, "ms; CV", intervals.variation(cells));
 * ```
 */
export class InterspikeIntervals {
  /** Per cell. */
  readonly spikeCounts: Float64Array;
  readonly #lastMs: Float64Array;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  readonly #groupOfCell: Int32Array;
  readonly #histograms: readonly LogHistogram[];

  /** @param groups disjoint groups of cells, of each of which a distribution is kept. */
  constructor(cellCount: number, groups: readonly Uint32Array[]) {
    this.spikeCounts = new Float64Array(cellCount);
    this.#lastMs = new Float64Array(cellCount);
    this.#means = new Float64Array(cellCount);
    this.#squares = new Float64Array(cellCount);
    this.#groupOfCell = new Int32Array(cellCount).fill(-1);
    groups.forEach((cells, group) => {
      for (const cell of cells) this.#groupOfCell[cell] = group;
    });
    this.#histograms = groups.map(() => new LogHistogram());
  }

  /** Adds spikes that are no earlier than those added before. */
  add({ timesMs, cells }: Spikes): void {
    for (let k = 0; k < cells.length; k++) {
      const [timeMs, cell] = [timesMs[k]!, cells[k]!];
      const intervals = this.spikeCounts[cell]!++;
      if (intervals > 0) this.#addInterval(cell, timeMs - this.#lastMs[cell]!, intervals);
      this.#lastMs[cell] = timeMs;
    }
  }

  /** Distribution of the intervals of a group's cells, ms, all cells' together. */
  distribution(group: number): LogHistogram {
    return this.#histograms[group]!;
  }

  /**
   * Coefficient of variation of each cell's intervals, √(Σ (I − mean)² / (n − 1)) / mean, of those
   * of the given cells that have at least 5.
   */
  variation(cells: Uint32Array): Float64Array {
    const counted = cells.filter((cell) => this.spikeCounts[cell]! > LEAST_INTERVALS);
    return Float64Array.from(counted, (cell) => {
      const intervals = this.spikeCounts[cell]! - 1;
      return Math.sqrt(this.#squares[cell]! / (intervals - 1)) / this.#means[cell]!;
    });
  }

  /** Welford's update of mean and sum of squares; `count` includes this interval. */
  #addInterval(cell: number, intervalMs: number, count: number): void {
    const difference = intervalMs - this.#means[cell]!;
    this.#means[cell]! += difference / count;
    this.#squares[cell]! += difference * (intervalMs - this.#means[cell]!);
    const group = this.#groupOfCell[cell]!;
    if (group >= 0) this.#histograms[group]!.add(intervalMs);
  }
}

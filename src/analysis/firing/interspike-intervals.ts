import { LogHistogram } from "../statistics/log-histogram.ts";
import type { Spikes } from "./spikes.ts";

/** Fewer intervals say little about their variation. */
const LEAST_INTERVALS = 5;

/**
 * Interspike intervals of cells. Spikes are added block by block; memory depends only on the number
 * of cells.
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
  /** Number of spikes of each cell. */
  readonly spikeCounts: Float64Array;
  readonly #lastMs: Float64Array;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  /** Last interval of each cell, and the sum of 2 |I_k+1 − I_k| / (I_k+1 + I_k). */
  readonly #lastIntervalMs: Float64Array;
  readonly #differences: Float64Array;
  readonly #groupOfCell: Int32Array;
  readonly #histograms: readonly LogHistogram[];

  /** @param groups disjoint groups of cells, each with a distribution of its own */
  constructor(cellCount: number, groups: readonly Uint32Array[]) {
    this.spikeCounts = new Float64Array(cellCount);
    this.#lastMs = new Float64Array(cellCount);
    this.#means = new Float64Array(cellCount);
    this.#squares = new Float64Array(cellCount);
    this.#lastIntervalMs = new Float64Array(cellCount);
    this.#differences = new Float64Array(cellCount);
    this.#groupOfCell = new Int32Array(cellCount).fill(-1);
    groups.forEach((cells, group) => {
      for (const cell of cells) this.#groupOfCell[cell] = group;
    });
    this.#histograms = groups.map(() => new LogHistogram());
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const [counts, lastMs, lastIntervalMs] = [this.spikeCounts, this.#lastMs, this.#lastIntervalMs];
    const [means, squares, differences] = [this.#means, this.#squares, this.#differences];
    const groups = this.#histograms.map(() => ({
      intervalsMs: new Float64Array(cells.length),
      count: 0,
    }));
    for (let k = 0; k < cells.length; k++) {
      const [timeMs, cell] = [timesMs[k]!, cells[k]!];
      const count = counts[cell]!++;
      if (count > 0) {
        const intervalMs = timeMs - lastMs[cell]!;
        // Welford's update of mean and sum of squares.
        const difference = intervalMs - means[cell]!;
        means[cell]! += difference / count;
        squares[cell]! += difference * (intervalMs - means[cell]!);
        const beforeMs = lastIntervalMs[cell]!;
        // Two intervals of 0 are equal.
        if (count > 1 && intervalMs + beforeMs > 0) {
          differences[cell]! += (2 * Math.abs(intervalMs - beforeMs)) / (intervalMs + beforeMs);
        }
        lastIntervalMs[cell] = intervalMs;
        const group = groups[this.#groupOfCell[cell]!];
        if (group) group.intervalsMs[group.count++] = intervalMs;
      }
      lastMs[cell] = timeMs;
    }
    groups.forEach(({ intervalsMs, count }, group) => {
      this.#histograms[group]!.addAll(intervalsMs.subarray(0, count));
    });
  }

  /** Distribution of the intervals of all cells of a group, ms. */
  distribution(group: number): LogHistogram {
    return this.#histograms[group]!;
  }

  /**
   * Coefficient of variation of the intervals I of each cell with at least 5 intervals,
   * √(Σ (I − mean)² / (n − 1)) / mean.
   */
  variation(cells: Uint32Array): Float64Array {
    return Float64Array.from(this.#counted(cells), (cell) => {
      const intervals = this.spikeCounts[cell]! - 1;
      return Math.sqrt(this.#squares[cell]! / (intervals - 1)) / this.#means[cell]!;
    });
  }

  /**
   * CV2 of each cell with at least 5 intervals, the mean of 2 |I_k+1 − I_k| / (I_k+1 + I_k) over its
   * adjacent intervals (Holt et al. 1996, J Neurophysiol 75:1806): 1 for Poisson spikes, as the
   * coefficient of variation, but insensitive to slow changes of the rate.
   */
  cv2(cells: Uint32Array): Float64Array {
    return Float64Array.from(
      this.#counted(cells),
      (cell) => this.#differences[cell]! / (this.spikeCounts[cell]! - 2),
    );
  }

  #counted(cells: Uint32Array): Uint32Array {
    return cells.filter((cell) => this.spikeCounts[cell]! > LEAST_INTERVALS);
  }
}

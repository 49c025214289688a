import { LogHistogram } from "../statistics/log-histogram.ts";
import type { Spikes } from "./spikes.ts";

/** Fewer intervals say little about their variation. */
const LEAST_INTERVALS = 5;

/** Numbers of each cell, side by side: its last spike, mean and sum of squares of its intervals, */
const LAST_MS = 0;
const MEAN = 1;
const SQUARES = 2;
/** its last interval, and the sum of 2 |I_k+1 − I_k| / (I_k+1 + I_k). */
const LAST_INTERVAL_MS = 3;
const DIFFERENCES = 4;
const NUMBERS = 5;

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
  readonly #numbers: Float64Array;
  /** Index of each cell's group; of cells without one, the number of groups. */
  readonly #groupOfCell: Int32Array;
  readonly #histograms: readonly LogHistogram[];
  /** Intervals of a block, of each group in a piece of equal length. */
  #intervalsMs = new Float64Array(0);

  /** @param groups disjoint groups of cells, each with a distribution of its own */
  constructor(cellCount: number, groups: readonly Uint32Array[]) {
    this.spikeCounts = new Float64Array(cellCount);
    this.#numbers = new Float64Array(NUMBERS * cellCount);
    this.#groupOfCell = new Int32Array(cellCount).fill(groups.length);
    groups.forEach((cells, group) => {
      for (const cell of cells) this.#groupOfCell[cell] = group;
    });
    this.#histograms = groups.map(() => new LogHistogram());
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const [counts, numbers, groupOfCell] = [this.spikeCounts, this.#numbers, this.#groupOfCell];
    const length = cells.length;
    const pieces = this.#histograms.length + 1;
    if (this.#intervalsMs.length < pieces * length) {
      this.#intervalsMs = new Float64Array(pieces * length);
    }
    const intervalsMs = this.#intervalsMs;
    const ends = Uint32Array.from({ length: pieces }, (_, group) => group * length);
    for (let k = 0; k < length; k++) {
      const timeMs = timesMs[k]!;
      const cell = cells[k]!;
      const at = NUMBERS * cell;
      const count = counts[cell]!++;
      if (count > 0) {
        const intervalMs = timeMs - numbers[at + LAST_MS]!;
        // Welford's update of mean and sum of squares.
        const difference = intervalMs - numbers[at + MEAN]!;
        const mean = numbers[at + MEAN]! + difference / count;
        numbers[at + MEAN] = mean;
        numbers[at + SQUARES]! += difference * (intervalMs - mean);
        const beforeMs = numbers[at + LAST_INTERVAL_MS]!;
        // Two intervals of 0 are equal.
        if (count > 1 && intervalMs + beforeMs > 0) {
          const differenceMs = Math.abs(intervalMs - beforeMs);
          numbers[at + DIFFERENCES]! += (2 * differenceMs) / (intervalMs + beforeMs);
        }
        numbers[at + LAST_INTERVAL_MS] = intervalMs;
        intervalsMs[ends[groupOfCell[cell]!]!++] = intervalMs;
      }
      numbers[at + LAST_MS] = timeMs;
    }
    for (const [group, histogram] of this.#histograms.entries()) {
      histogram.addAll(intervalsMs.subarray(group * length, ends[group]));
    }
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
      const [mean, squares] = [MEAN, SQUARES].map((at) => this.#numbers[NUMBERS * cell + at]!);
      return Math.sqrt(squares! / (intervals - 1)) / mean!;
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
      (cell) => this.#numbers[NUMBERS * cell + DIFFERENCES]! / (this.spikeCounts[cell]! - 2),
    );
  }

  #counted(cells: Uint32Array): Uint32Array {
    return cells.filter((cell) => this.spikeCounts[cell]! > LEAST_INTERVALS);
  }
}

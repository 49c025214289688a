import type { Spikes } from "./spikes.ts";
import { binEdges, checkBins, type TimeBins } from "./time-bins.ts";

/** Difference of the spike trains of two runs, in successive bins of time. */
export interface Divergence {
  /** Edges of the bins, ms: one more than there are bins. */
  readonly edgesMs: Float64Array;
  /** Of each bin, 0 if the trains are equal and 1 if they share no spike; NaN without any spikes. */
  readonly divergence: Float64Array;
}

/** Bins of a divergence. */
export interface DivergenceBins extends TimeBins {
  /** Spikes of a cell within the same window of this width, ms, are equal; 5 by default. */
  readonly windowMs?: number;
}

/**
 * Divergence of the spike trains of the same cells in two runs, such as a run and a branch of it
 * that received one input more: D = Σ |a − b| / Σ (a + b), with a cell's numbers of spikes a and b
 * in a window, summed over all cells and over the windows that begin in a bin.
 *
 * Independent Poisson trains of m spikes a window each have the expectation
 * D = exp(−2m) (I₀(2m) + I₁(2m)) with modified Bessel functions: almost 1 for windows that are
 * short against the intervals. Where the smallest perturbation grows to this value, activity is
 * chaotic (van Vreeswijk & Sompolinsky 1996, Science 274:1724).
 *
 * @param a spikes of one run, in blocks in order of time
 * @param b spikes of the other
 * @throws {IntervalError} if the interval is empty, or bins or windows are not wider than 0
 */
export function spikeDivergence(
  a: Iterable<Spikes>,
  b: Iterable<Spikes>,
  { windowMs = 5, ...bins }: DivergenceBins,
): Divergence {
  checkBins({ ...bins, binMs: windowMs });
  const edgesMs = binEdges(bins);
  const [one, other] = [new SpikeCursor(a), new SpikeCursor(b)];
  const differences = new CountDifferences();
  one.skipTo(bins.startMs);
  other.skipTo(bins.startMs);
  const divergence = new Float64Array(edgesMs.length - 1);
  let window = 0;
  const windowStartMs = () => bins.startMs + window * windowMs;
  for (let bin = 0; bin < divergence.length; bin++) {
    let [sum, count] = [0, 0];
    for (; windowStartMs() < edgesMs[bin + 1]!; ) {
      window++;
      const endMs = Math.min(windowStartMs(), bins.endMs);
      count += one.take(endMs, (cell) => differences.add(cell, 1));
      count += other.take(endMs, (cell) => differences.add(cell, -1));
      sum += differences.take();
    }
    divergence[bin] = sum / count;
  }
  return { edgesMs, divergence };
}

/** Spikes read block by block up to given times. */
class SpikeCursor {
  readonly #blocks: Iterator<Spikes>;
  #block: Spikes | undefined;
  #next = 0;

  constructor(blocks: Iterable<Spikes>) {
    this.#blocks = blocks[Symbol.iterator]();
    this.#block = this.#blocks.next().value;
  }

  skipTo(timeMs: number): void {
    this.take(timeMs, () => {});
  }

  /** Tells of each spike before a time, and how many there were. */
  take(endMs: number, tell: (cell: number) => void): number {
    let count = 0;
    while (this.#block) {
      const { timesMs, cells } = this.#block;
      for (; this.#next < cells.length; this.#next++) {
        if (timesMs[this.#next]! >= endMs) return count;
        tell(cells[this.#next]!);
        count++;
      }
      this.#block = this.#blocks.next().value;
      this.#next = 0;
    }
    return count;
  }
}

/** Differences of spike counts by cell, in one window. */
class CountDifferences {
  readonly #byCell = new Map<number, number>();

  add(cell: number, sign: 1 | -1): void {
    this.#byCell.set(cell, (this.#byCell.get(cell) ?? 0) + sign);
  }

  /** Their absolute values, summed; all are 0 again. */
  take(): number {
    let sum = 0;
    for (const difference of this.#byCell.values()) sum += Math.abs(difference);
    this.#byCell.clear();
    return sum;
  }
}

import { maskOfCells } from "./cell-groups.ts";
import type { Interval } from "./interval.ts";
import type { Spikes } from "./spikes.ts";
import { BinFinder, checkBins, wholeBins } from "./time-bins.ts";

/** Branching ratio of a group of cells. */
export interface BranchingRatio {
  /** Spikes caused by a spike in the next bin, m; NaN if the slopes are not those of a branching process. */
  readonly ratio: number;
  /** Time constant −Δt / ln m of the counts' autocorrelation, ms. */
  readonly timeConstantMs: number;
  /** b of the slopes b mᵏ: 1 if all spikes of the process are observed, less for a part of them. */
  readonly amplitude: number;
  /** P value of the slopes under independent counts (Box & Pierce 1970). */
  readonly pValue: number;
  /** Regression slopes of the count k = 1, 2, … bins later on the count. */
  readonly slopes: Float64Array;
  readonly binMs: number;
  readonly binCount: number;
}

/** Bins of the published method are of 4 ms; these are of the shortest delays and the time of an EPSP's rise. */
const BIN_MS = 5;

/** Regressions, of counts up to 200 ms apart; even, for the closed form of the P value. */
const LAGS = 40;

/** Fewer bins say nothing about counts that far apart. */
const LEAST_BINS = 10 * LAGS;

const SIGNIFICANCE = 0.05;

/** The amplitude of any branching process is at most 1, but for the error of its estimate. */
const MOST_AMPLITUDE = 1.1;

/**
 * Branching ratio of the activity of a group of cells, by multistep regression (Wilting & Priesemann
 * 2018, Nat Commun 9:2325): spike counts A in successive bins of 5 ms are regressed on those k bins
 * earlier, and the slopes, for which a branching process with input has
 *
 *   r_k = Cov(A_t, A_t+k) / Var(A_t) = b mᵏ
 *
 * give m by least squares. Observing a part of the cells lowers b only, not m. Spikes are added block
 * by block, in constant memory.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const branching = new analysis.BranchingEstimator(cells, { startMs: 0, endMs: 2000 });
 * for (const spikes of run.spikeBlocks()) branching.add(spikes);
 * console.log(branching.result().ratio);
 * ```
 */
export class BranchingEstimator {
  readonly #binCount: number;
  readonly #finder: BinFinder;
  readonly #isMember: Uint8Array;
  /** Counts of the last bins, twice in a row: that of the bin k before the open one is at `#at − k`. */
  readonly #recent = new Float64Array(2 * LAGS);
  readonly #products = new Float64Array(LAGS + 1);
  #at = LAGS;
  #bin = 0;
  #count = 0;
  #sum = 0;

  /** @throws {IntervalError} if the interval is empty */
  constructor(cells: Uint32Array, interval: Interval) {
    const bins = { ...interval, binMs: BIN_MS };
    checkBins(bins);
    this.#binCount = wholeBins(interval.endMs - interval.startMs, BIN_MS);
    this.#finder = new BinFinder(bins);
    this.#isMember = maskOfCells(cells);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const bins = this.#finder.binsOf(timesMs);
    for (let k = 0; k < cells.length; k++) {
      if (!this.#isMember[cells[k]!]) continue;
      const bin = bins[k]!;
      if (bin < 0 || bin >= this.#binCount) continue;
      if (bin !== this.#bin) this.#moveTo(bin);
      this.#count++;
    }
  }

  /** Branching ratio of all spikes added. */
  result(): BranchingRatio {
    this.#moveTo(this.#bin);
    const slopes = this.#slopes();
    const squares = slopes.reduce((sum, slope) => sum + slope * slope, 0);
    const pValue = chiSquareTail(LAGS, this.#binCount * squares);
    const { ratio, amplitude } = geometricFit(slopes);
    const isKnown =
      this.#binCount > LEAST_BINS &&
      pValue < SIGNIFICANCE &&
      ratio < 1 &&
      amplitude > 0 &&
      amplitude < MOST_AMPLITUDE;
    return {
      ratio: isKnown ? ratio : Number.NaN,
      timeConstantMs: isKnown ? -BIN_MS / Math.log(ratio) : Number.NaN,
      amplitude: isKnown ? amplitude : Number.NaN,
      pValue,
      slopes,
      binMs: BIN_MS,
      binCount: this.#binCount,
    };
  }

  /** Closes the open bin and the empty ones up to another. */
  #moveTo(bin: number): void {
    const [recent, products, count] = [this.#recent, this.#products, this.#count];
    if (count > 0) {
      for (let k = 1; k <= LAGS; k++) products[k]! += count * recent[this.#at - k]!;
      products[0]! += count * count;
      this.#sum += count;
    }
    for (let closed = this.#bin; closed < Math.min(bin, this.#bin + LAGS + 1); closed++) {
      const value = closed === this.#bin ? count : 0;
      recent[this.#at] = value;
      recent[this.#at - LAGS] = value;
      this.#at = this.#at + 1 === 2 * LAGS ? LAGS : this.#at + 1;
    }
    this.#count = 0;
    this.#bin = bin;
  }

  #slopes(): Float64Array {
    const mean = this.#sum / this.#binCount;
    const variance = this.#products[0]! / this.#binCount - mean ** 2;
    return this.#products
      .slice(1)
      .map((sum, k) => (sum / (this.#binCount - 1 - k) - mean ** 2) / variance);
  }
}

/** m and b of the least-squares fit b mᵏ to values at k = 1, 2, …, 0 < m ≤ 1. */
function geometricFit(values: Float64Array): { ratio: number; amplitude: number } {
  const fitOf = (ratio: number) => {
    let [power, products, squares] = [1, 0, 0];
    for (const value of values) {
      power *= ratio;
      products += value * power;
      squares += power * power;
    }
    return { amplitude: products / squares, explained: products ** 2 / squares };
  };
  let [best, step] = [0.5, 0.01];
  for (const round of [0, 1, 2, 3]) {
    const [from, to] =
      round === 0 ? [step, 1] : [Math.max(0.01, best - 10 * step), Math.min(1, best + 10 * step)];
    let most = -1;
    for (let ratio = from; ratio <= to + step / 2; ratio += step) {
      const { explained } = fitOf(ratio);
      if (explained > most) [best, most] = [ratio, explained];
    }
    step /= 10;
  }
  return { ratio: best, amplitude: fitOf(best).amplitude };
}

/** P(X > x) of χ² with an even number of degrees of freedom: e^(−x/2) Σ_k<n/2 (x/2)ᵏ / k!. */
function chiSquareTail(degrees: number, x: number): number {
  let [term, sum] = [Math.exp(-x / 2), 0];
  for (let k = 0; k < degrees / 2; k++) {
    if (k > 0) term *= x / 2 / k;
    sum += term;
  }
  return sum;
}

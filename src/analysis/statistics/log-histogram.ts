import { type DistributionSummary, quantilesBy } from "./distribution.ts";
import { BINS, BINS_PER_DECADE, binOf, LEAST } from "./log-bins.ts";

/**
 * Distribution of any number of positive values in constant memory. Mean, standard deviation and
 * extremes are exact; quantiles between 0.01 and 10⁹ are accurate to 4.7 %.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const intervals = new analysis.InterspikeIntervals(run.manifest.network.cellCount, [cells]);
 * for (const spikes of run.spikeBlocks()) intervals.add(spikes);
 * const { mean, quantiles } = intervals.distribution(0).summary();
 * console.log(mean, quantiles);
 * ```
 */
export class LogHistogram {
  readonly #counts = new Float64Array(BINS);
  #count = 0;
  #notFinite = 0;
  #mean = 0;
  #squares = 0;
  #least = Infinity;
  #most = -Infinity;

  add(value: number): void {
    this.addAll(Float64Array.of(value));
  }

  /** Adds values in turn. */
  addAll(values: Float64Array): void {
    const counts = this.#counts;
    let [count, mean, squares, least, most] = [
      this.#count,
      this.#mean,
      this.#squares,
      this.#least,
      this.#most,
    ];
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!;
      if (!Number.isFinite(value)) {
        this.#notFinite++;
        continue;
      }
      counts[binOf(value)]! += 1;
      count++;
      const difference = value - mean;
      mean += difference / count;
      squares += difference * (value - mean);
      if (value < least) least = value;
      if (value > most) most = value;
    }
    [this.#count, this.#mean, this.#squares] = [count, mean, squares];
    [this.#least, this.#most] = [least, most];
  }

  summary(): DistributionSummary {
    const count = this.#count;
    return {
      count,
      notFinite: this.#notFinite,
      mean: count > 0 ? this.#mean : Number.NaN,
      standardDeviation: Math.sqrt(this.#squares / count),
      quantiles: quantilesBy((part) => this.#quantile(part)),
    };
  }

  /**
   * Kolmogorov–Smirnov distance at the edges of the bins; the exact one exceeds it by at most the
   * fraction of values in the fullest bin.
   */
  kolmogorovSmirnov(other: LogHistogram): number {
    if (this.#count === 0 || other.#count === 0) return Number.NaN;
    let [sum, otherSum, largest] = [0, 0, 0];
    for (let bin = 0; bin < BINS; bin++) {
      sum += this.#counts[bin]!;
      otherSum += other.#counts[bin]!;
      largest = Math.max(largest, Math.abs(sum / this.#count - otherSum / other.#count));
    }
    return largest;
  }

  #quantile(part: number): number {
    if (this.#count === 0) return Number.NaN;
    if (part === 0) return this.#least;
    if (part === 1) return this.#most;
    const wanted = part * this.#count;
    let [sum, bin] = [0, 0];
    while (bin < BINS - 1 && sum + this.#counts[bin]! < wanted) sum += this.#counts[bin++]!;
    const inside = this.#counts[bin]! > 0 ? (wanted - sum) / this.#counts[bin]! : 0;
    const value = LEAST * 10 ** ((bin + inside) / BINS_PER_DECADE);
    return Math.min(this.#most, Math.max(this.#least, value));
  }
}

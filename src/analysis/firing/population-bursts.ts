import type { Interval } from "./interval.ts";
import { SegmentedCounts, segmentation } from "./segmented-counts.ts";
import type { Spikes } from "./spikes.ts";

/** Times at which a group of cells fires more than independent cells would. */
export interface PopulationBurstStatistics {
  readonly burstCount: number;
  readonly burstsPerMinute: number;
  /** NaN without bursts. */
  readonly meanDurationMs: number;
  /** Fraction of the group's spikes that are in bursts; NaN without spikes. */
  readonly spikeFraction: number;
  readonly binMs: number;
}

const BIN_MS = 20;

/** Segment in which the expected count is taken as constant. */
const SEGMENT_MS = 10_000;

/** Probability of a bin of a burst if spikes are independent. */
const CHANCE = 1e-6;

/** Single bins have many spikes also where a volley or common input makes them vary. */
const LEAST_BINS = 2;

/**
 * Population bursts: at least two successive bins of 20 ms, each with a count n of the group's spikes that is
 * improbable for independent (Poisson) spikes, P(N ≥ n) < 10⁻⁶ for the mean count outside bursts in
 * the same 10 s. Spikes are added block by block, in constant memory. What is left over of the
 * interval after the last whole 10 s is not evaluated.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 10 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const bursts = new analysis.PopulationBursts(cells, { startMs: 0, endMs: 10_000 });
 * for (const spikes of run.spikeBlocks()) bursts.add(spikes);
 * console.log(bursts.result().burstsPerMinute);
 * ```
 */
export class PopulationBursts {
  readonly #counts: SegmentedCounts;
  readonly #minutes: number;
  /** Bins and spikes of the burst that may go on. */
  #openBins = 0;
  #openSpikes = 0;
  #bursts = 0;
  #bins = 0;
  #burstSpikes = 0;
  #spikes = 0;

  /** @throws {IntervalError} if the interval is empty */
  constructor(cells: Uint32Array, interval: Interval) {
    const segments = segmentation(interval, BIN_MS, SEGMENT_MS);
    const { segmentCount, segmentBins } = segments;
    this.#minutes = (segmentCount * segmentBins * BIN_MS) / 60_000;
    this.#counts = new SegmentedCounts(cells, segments, (counts) => this.#close(counts));
  }

  /** Adds spikes, in order of time. */
  add(spikes: Spikes): void {
    this.#counts.add(spikes);
  }

  /** Bursts among all spikes added. */
  result(): PopulationBurstStatistics {
    this.#counts.finish();
    this.#end();
    return {
      burstCount: this.#bursts,
      burstsPerMinute: this.#bursts / this.#minutes,
      meanDurationMs: (this.#bins / this.#bursts) * BIN_MS,
      spikeFraction: this.#burstSpikes / this.#spikes,
      binMs: BIN_MS,
    };
  }

  #close(counts: Float64Array): void {
    const least = burstThreshold(counts);
    for (const count of counts) {
      if (count >= least) {
        this.#openBins++;
        this.#openSpikes += count;
      } else this.#end();
      this.#spikes += count;
    }
  }

  #end(): void {
    if (this.#openBins >= LEAST_BINS) {
      this.#bursts++;
      this.#bins += this.#openBins;
      this.#burstSpikes += this.#openSpikes;
    }
    [this.#openBins, this.#openSpikes] = [0, 0];
  }
}

/** The least count of a burst: improbable for the mean of the counts below it. */
function burstThreshold(counts: Float64Array): number {
  let least = Infinity;
  for (;;) {
    const others = counts.filter((count) => count < least);
    // One spike in the segment is the least that can be expected.
    const total = Math.max(
      1,
      others.reduce((sum, count) => sum + count, 0),
    );
    const next = improbableCount(total / Math.max(1, others.length));
    if (next >= least) return least;
    least = next;
  }
}

/** The least n with P(N ≥ n) < 10⁻⁶ of a Poisson distribution, by the bound P(N = n) / (1 − λ / (n + 1)). */
function improbableCount(mean: number): number {
  let logarithm = -mean;
  for (let n = 1; ; n++) {
    logarithm += Math.log(mean / n);
    if (n > mean && Math.exp(logarithm) / (1 - mean / (n + 1)) < CHANCE) return n;
  }
}

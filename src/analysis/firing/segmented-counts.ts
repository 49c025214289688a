import { maskOfCells } from "./cell-groups.ts";
import { type Interval, IntervalError } from "./interval.ts";
import type { Spikes } from "./spikes.ts";
import { BinFinder, checkBins, wholeBins } from "./time-bins.ts";

/** Successive segments of a stretch of time, of equal bins each; what is left over is not used. */
export interface Segmentation {
  readonly startMs: number;
  readonly binMs: number;
  readonly segmentBins: number;
  readonly segmentCount: number;
}

/** The shortest segment of which 7 tapers of time-bandwidth 4 make sense, in bins. */
export const LEAST_BINS = 20;

/**
 * Divides an interval into segments of at most `segmentMs`: several of that length, or a single
 * shorter one if there is no more.
 *
 * @returns no segments when the interval holds fewer than 20 bins.
 * @throws {IntervalError} when the interval is empty, or a segment would be under 20 bins.
 */
export function segmentation(interval: Interval, binMs: number, segmentMs: number): Segmentation {
  const { startMs, endMs } = interval;
  if (!(binMs > 0 && segmentMs >= LEAST_BINS * binMs)) {
    throw new IntervalError(
      `Segments of ${segmentMs / 1000} s contain fewer than ${LEAST_BINS} bins of ${binMs} ms; use longer segments, or narrower bins of positive width.`,
    );
  }
  checkBins({ ...interval, binMs });
  const binCount = wholeBins(endMs - startMs, binMs);
  if (binCount < LEAST_BINS) return { startMs, binMs, segmentBins: 0, segmentCount: 0 };
  const segmentBins = Math.min(wholeBins(segmentMs, binMs), binCount);
  return { startMs, binMs, segmentBins, segmentCount: Math.floor(binCount / segmentBins) };
}

/**
 * A group's spikes in each bin of successive segments, collected block by block in the memory of
 * one segment.
 */
export class SegmentedCounts {
  readonly #segments: Segmentation;
  readonly #isMember: Float64Array;
  readonly #counts: Float64Array;
  readonly #close: (counts: Float64Array, segment: number) => void;
  readonly #finder: BinFinder;
  #segment = 0;

  /**
   * @param close gets the counts of every segment in turn; the array is used again for the next
   * @param counts the array, all 0, as it is again in the end
   */
  constructor(
    cells: Uint32Array,
    segments: Segmentation,
    close: (counts: Float64Array, segment: number) => void,
    counts: Float64Array = new Float64Array(segments.segmentBins),
  ) {
    this.#segments = segments;
    this.#close = close;
    this.#isMember = Float64Array.from(maskOfCells(cells));
    this.#counts = counts;
    this.#finder = new BinFinder(segments);
  }

  /** Adds spikes that are no earlier than those added before. */
  add({ timesMs, cells }: Spikes): void {
    const { segmentBins, segmentCount } = this.#segments;
    const [isMember, counts] = [this.#isMember, this.#counts];
    const bins = this.#finder.binsOf(timesMs);
    const binCount = segmentCount * segmentBins;
    let firstBin = this.#segment * segmentBins;
    for (let k = 0; k < cells.length; k++) {
      const bin = bins[k]!;
      const cell = cells[k]!;
      if (bin < 0 || bin >= binCount) continue;
      for (; bin >= firstBin + segmentBins; firstBin += segmentBins) this.#closeSegment();
      // Which spikes are the group's cannot be foretold by a branch: the others add 0.
      const isInMask = Number(cell < isMember.length);
      counts[bin - firstBin]! += isMember[cell * isInMask]! * isInMask;
    }
  }

  /** Closes the segments that are still open; no more spikes can be added. */
  finish(): void {
    while (this.#segment < this.#segments.segmentCount) this.#closeSegment();
  }

  #closeSegment(): void {
    this.#close(this.#counts, this.#segment++);
    this.#counts.fill(0);
  }
}

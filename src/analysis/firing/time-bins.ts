import { checkInterval, type Interval, IntervalError } from "./interval.ts";

/** Successive bins of time. */
export interface TimeBins extends Interval {
  /** Width of the bins, ms. */
  readonly binMs: number;
}

/**
 * Ends of the bins that cover an interval, ms, one more than there are bins; the last bin is cut
 * off at `endMs`.
 *
 * @throws {IntervalError} if the interval is empty or the bin width is not positive
 */
export function binEdges(bins: TimeBins): Float64Array {
  checkBins(bins);
  const { startMs, endMs, binMs } = bins;
  // A last bin that rounding alone would create is not one.
  const binCount = Math.max(1, Math.ceil((endMs - startMs) / binMs - 1e-9));
  return Float64Array.from({ length: binCount + 1 }, (_, bin) =>
    bin === binCount ? endMs : startMs + bin * binMs,
  );
}

/** Number of whole bins that fit; a last one that rounding alone would lose is counted. */
export const wholeBins = (durationMs: number, binMs: number): number =>
  Math.floor(durationMs / binMs + 1e-9);

/** Finder of the bins of times, ⌊(t − start) / width⌋ as doubles give it. */
export class BinFinder {
  readonly #startMs: number;
  readonly #binMs: number;
  #bins = new Float64Array(0);

  constructor({ startMs, binMs }: Pick<TimeBins, "startMs" | "binMs">) {
    this.#startMs = startMs;
    this.#binMs = binMs;
  }

  /** The bin of each time; valid until the next call. */
  binsOf(timesMs: Float64Array): Float64Array {
    if (this.#bins.length < timesMs.length) this.#bins = new Float64Array(timesMs.length);
    const [bins, startMs, binMs] = [this.#bins, this.#startMs, this.#binMs];
    // Divisions overlap; whether the bin is that of the time before cannot be predicted.
    for (let k = 0; k < timesMs.length; k++) bins[k] = Math.floor((timesMs[k]! - startMs) / binMs);
    return bins;
  }
}

/** More bins than these would never be filled: those of 1 ms in the longest run. */
const MOST_BINS = 1e12;

/**
 * Throws an {@link IntervalError} unless the interval is not empty, the bins are wider than 0, and
 * there are at most 10¹² of them.
 */
export function checkBins(bins: TimeBins): void {
  checkInterval(bins);
  const { startMs, endMs, binMs } = bins;
  if (!(binMs > 0)) {
    throw new IntervalError(
      `A bin width of ${binMs} ms is not possible; expected a width above 0.`,
    );
  }
  const count = (endMs - startMs) / binMs;
  if (count <= MOST_BINS) return;
  throw new IntervalError(
    `From ${startMs} to ${endMs} ms there are ${count.toPrecision(3)} bins of ${binMs} ms, more than ${MOST_BINS}; use wider bins.`,
  );
}

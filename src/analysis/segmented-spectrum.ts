import { checkInterval, type Interval } from "./interval.ts";
import { MultitaperEstimator, type Spectrum } from "./multitaper-spectrum.ts";
import type { Spikes } from "./spikes.ts";

/** A spectrum averaged over successive segments. */
export interface MeanSpectrum extends Spectrum {
  readonly segmentCount: number;
  /** Duration of each segment, s. */
  readonly segmentS: number;
}

/** Width of the bins in which spikes are counted, ms. */
const BIN_MS = 5;

/** Bins of a long run's segment: 20.48 s. */
const SEGMENT_BINS = 4096;

/** The shortest interval of which 7 tapers of time-bandwidth 4 make sense, in bins. */
const LEAST_BINS = 20;

/**
 * The multitaper spectrum of a group's spike count in bins of 5 ms, averaged over segments of
 * 20.48 s (one shorter segment if there is no more), collected block by block in constant memory.
 */
export class SegmentedSpectrum {
  readonly #startMs: number;
  readonly #isMember: Uint8Array;
  readonly #counts: Float64Array;
  readonly #segmentCount: number;
  readonly #estimator: MultitaperEstimator | undefined;
  readonly #sum: Float64Array;
  #segment = 0;

  /** @throws {@link IntervalError} when the interval is empty. */
  constructor(cells: Uint32Array, interval: Interval) {
    checkInterval(interval);
    const { startMs, endMs } = interval;
    const binCount = Math.floor((endMs - startMs) / BIN_MS + 1e-9);
    const length = binCount >= LEAST_BINS ? Math.min(SEGMENT_BINS, binCount) : 0;
    this.#startMs = startMs;
    this.#isMember = new Uint8Array(1 + cells.reduce((most, cell) => Math.max(most, cell), 0));
    for (const cell of cells) this.#isMember[cell] = 1;
    this.#counts = new Float64Array(length);
    this.#segmentCount = length > 0 ? Math.floor(binCount / length) : 0;
    this.#estimator = length > 0 ? estimatorOf(length) : undefined;
    this.#sum = new Float64Array(this.#estimator?.frequenciesHz.length ?? 0);
  }

  /** Adds spikes that are no earlier than those added before. */
  add({ timesMs, cells }: Spikes): void {
    const length = this.#counts.length;
    for (let k = 0; k < cells.length; k++) {
      if (!this.#isMember[cells[k]!]) continue;
      const bin = Math.floor((timesMs[k]! - this.#startMs) / BIN_MS);
      if (bin < 0 || bin >= this.#segmentCount * length) continue;
      while (bin >= (this.#segment + 1) * length) this.#closeSegment();
      this.#counts[bin - this.#segment * length]! += 1;
    }
  }

  /** The spectrum of all spikes added, counts²/Hz; empty when the interval is under 0.1 s. */
  result(): MeanSpectrum {
    while (this.#segment < this.#segmentCount) this.#closeSegment();
    const segmentCount = this.#segmentCount;
    return {
      frequenciesHz: this.#estimator?.frequenciesHz ?? new Float64Array(0),
      density: this.#sum.map((value) => value / segmentCount),
      segmentCount,
      segmentS: (this.#counts.length * BIN_MS) / 1000,
    };
  }

  #closeSegment(): void {
    const density = this.#estimator!.density(this.#counts);
    density.forEach((value, f) => {
      this.#sum[f]! += value;
    });
    this.#counts.fill(0);
    this.#segment++;
  }
}

const estimatorOf = (length: number) =>
  new MultitaperEstimator(length, { samplingRateHz: 1000 / BIN_MS });

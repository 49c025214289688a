import type { ColumnDescription, Piece, Sample } from "../worker/messages.ts";
import { type ShownLevel, SpikeLevel } from "./spike-level.ts";

/** Widths of bins, each a multiple of the one before, ms. */
const binWidthsMs = [1, 5, 20, 100, 500, 2000] as const;

/** All bins begin anew at multiples of this, ms: from there on a record can be told again. */
const CHAPTER_MS = 2000;

/** Bins of each width that are kept, and what all may take together. */
const MOST_BINS = 4000;
const MOST_BYTES = 64e6;

/** Samples are kept at multiples of this, ms; see the player. */
const SAMPLE_MS = 1000;

/** Of a sample, what curves show. */
export interface CurvePoint {
  readonly scaleMean: number;
  readonly scaleSd: number;
  readonly sensedPerS: number;
  readonly targetPerS: number;
  readonly gainMean: number;
  readonly livingE: number;
  readonly livingI: number;
}

/** A record of one future as it is shown. */
export interface ShownRecord {
  readonly cellCount: number;
  readonly isExcitatory: Uint8Array;
  readonly levels: readonly ShownLevel[];
  readonly untilMs: number;
  /** The sample at so many seconds, where there is one. */
  point(second: number): CurvePoint | undefined;
  /** The finest bins of at least a width that reach back to a time. */
  level(leastMs: number, sinceMs: number): ShownLevel;
}

/**
 * Record of one future, in bounded memory: spikes in bins, finer ones for the last seconds and
 * coarser ones for hours, and samples of the cells each second.
 */
export class Chronicle implements ShownRecord {
  readonly cellCount: number;
  readonly isExcitatory: Uint8Array;
  readonly levels: readonly SpikeLevel[];
  readonly #points: (CurvePoint | undefined)[];
  #untilMs: number;

  constructor(isExcitatory: Uint8Array, levels?: readonly SpikeLevel[], untilMs = 0) {
    const cellCount = isExcitatory.length;
    const bins = Math.floor(MOST_BYTES / binWidthsMs.length / cellCount);
    this.cellCount = cellCount;
    this.isExcitatory = isExcitatory;
    this.levels =
      levels ??
      binWidthsMs.map((binMs) => new SpikeLevel(binMs, Math.min(MOST_BINS, bins), cellCount));
    this.#points = [];
    this.#untilMs = untilMs;
  }

  get untilMs(): number {
    return this.#untilMs;
  }

  /** Takes in what follows on what is known. */
  add({ untilMs, timesMs, cells, samples }: Piece): void {
    for (const level of this.levels) {
      level.reach(untilMs);
      level.add(timesMs, cells, this.isExcitatory);
    }
    for (const sample of samples) {
      if (sample.timeMs % SAMPLE_MS === 0)
        this.#points[sample.timeMs / SAMPLE_MS] = pointOf(sample);
    }
    this.#untilMs = Math.max(this.#untilMs, untilMs);
  }

  /** The sample at so many seconds, where there is one. */
  point(second: number): CurvePoint | undefined {
    return this.#points[second];
  }

  /** The finest bins of at least a width that reach back to a time. */
  level(leastMs: number, sinceMs: number): SpikeLevel {
    const wide = this.levels.filter(({ binMs }) => binMs >= leastMs);
    return (
      wide.find(({ firstMs, binMs }) => firstMs <= Math.max(0, sinceMs) + binMs) ??
      this.levels.at(-1)!
    );
  }

  /** The same up to the beginning of the chapter that a time is in; see `CHAPTER_MS`. */
  copyUntil(timeMs: number): Chronicle {
    const untilMs = chapterOf(timeMs);
    const levels = this.levels.map((level) => level.copyUntil(untilMs));
    const copy = new Chronicle(this.isExcitatory, levels, Math.min(untilMs, this.#untilMs));
    copy.#points.push(...this.#points.slice(0, untilMs / SAMPLE_MS + 1));
    return copy;
  }
}

/** A record without spikes that begins at a time. */
export function startedChronicle(isExcitatory: Uint8Array, fromMs: number): Chronicle {
  const { levels } = new Chronicle(isExcitatory);
  const begun = levels.map(
    ({ binMs, capacity, cellCount }) =>
      new SpikeLevel(binMs, capacity, cellCount, Math.floor(fromMs / binMs)),
  );
  return new Chronicle(isExcitatory, begun, fromMs);
}

/** 1 for each excitatory cell of a column. */
export function excitatoryCells({ cellCount, populations }: ColumnDescription): Uint8Array {
  const isExcitatory = new Uint8Array(cellCount);
  for (const { firstCell, cellCount: count, cellClass } of populations) {
    if (cellClass === "E") isExcitatory.fill(1, firstCell, firstCell + count);
  }
  return isExcitatory;
}

/** The beginning of the chapter that a time is in, ms. */
export const chapterOf = (timeMs: number): number => CHAPTER_MS * Math.floor(timeMs / CHAPTER_MS);

const pointOf = (sample: Sample): CurvePoint => {
  const { scaleMean, scaleSd, sensedPerS, targetPerS, gainMean, livingE, livingI } = sample;
  return { scaleMean, scaleSd, sensedPerS, targetPerS, gainMean, livingE, livingI };
};

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

/** Numbers of cells and columns, and 1 for each excitatory cell. */
export interface CellKinds {
  readonly cellCount: number;
  readonly columnCount: number;
  readonly isExcitatory: Uint8Array;
}

/** A record of one future as it is shown. */
export interface ShownRecord {
  readonly kinds: CellKinds;
  readonly levels: readonly ShownLevel[];
  readonly untilMs: number;
  /** The sample at so many seconds, where there is one. */
  point(second: number): CurvePoint | undefined;
  /** Living cells of a column and class at so many seconds, as far as that is known. */
  livingIn(column: number, isInhibitory: 0 | 1, second: number): number | undefined;
  /** The finest bins of at least a width that reach back to a time. */
  level(leastMs: number, sinceMs: number): ShownLevel;
}

/**
 * Record of one future, in bounded memory: spikes in bins, finer ones for the last seconds and
 * coarser ones for hours, and samples of the cells each second.
 */
export class Chronicle implements ShownRecord {
  readonly kinds: CellKinds;
  readonly levels: readonly SpikeLevel[];
  #points: (CurvePoint | undefined)[] = [];
  /** At the seconds of those, living cells by column: excitatory, then inhibitory ones. */
  #living: (Uint32Array | undefined)[] = [];
  #untilMs: number;

  constructor(kinds: CellKinds, levels?: readonly SpikeLevel[], untilMs = 0) {
    const { cellCount, columnCount } = kinds;
    const bins = Math.min(MOST_BINS, Math.floor(MOST_BYTES / binWidthsMs.length / cellCount));
    this.kinds = kinds;
    this.levels =
      levels ?? binWidthsMs.map((binMs) => new SpikeLevel(binMs, bins, cellCount, columnCount));
    this.#untilMs = untilMs;
  }

  get untilMs(): number {
    return this.#untilMs;
  }

  /** Takes in what follows on what is known. */
  add({ untilMs, timesMs, cells, samples }: Piece): void {
    for (const level of this.levels) {
      level.reach(untilMs);
      level.add(timesMs, cells, this.kinds.isExcitatory);
    }
    for (const sample of samples) {
      if (sample.timeMs % SAMPLE_MS !== 0) continue;
      const second = sample.timeMs / SAMPLE_MS;
      this.#points[second] = pointOf(sample);
      if (this.kinds.columnCount > 1) this.#living[second] = livingByColumn(sample, this.kinds);
    }
    this.#untilMs = Math.max(this.#untilMs, untilMs);
  }

  /** The sample at so many seconds, where there is one. */
  point(second: number): CurvePoint | undefined {
    return this.#points[second];
  }

  livingIn(column: number, isInhibitory: 0 | 1, second: number): number | undefined {
    return this.#living[second]?.[2 * column + isInhibitory];
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
    const copy = new Chronicle(this.kinds, levels, Math.min(untilMs, this.#untilMs));
    copy.#points = this.#points.slice(0, untilMs / SAMPLE_MS + 1);
    copy.#living = this.#living.slice(0, untilMs / SAMPLE_MS + 1);
    return copy;
  }
}

/** A record without spikes that begins at a time. */
export function startedChronicle(kinds: CellKinds, fromMs: number): Chronicle {
  const { levels } = new Chronicle(kinds);
  const begun = levels.map(
    ({ binMs, capacity, cellCount, columnCount }) =>
      new SpikeLevel(binMs, capacity, cellCount, columnCount, Math.floor(fromMs / binMs)),
  );
  return new Chronicle(kinds, begun, fromMs);
}

/** The cells of a column, or of several. */
export function cellKinds({ cellCount, populations, grid }: ColumnDescription): CellKinds {
  const isExcitatory = new Uint8Array(cellCount);
  for (const { firstCell, cellCount: count, cellClass } of populations) {
    if (cellClass === "E") isExcitatory.fill(1, firstCell, firstCell + count);
  }
  return { cellCount, columnCount: columnCountOf({ grid }), isExcitatory };
}

/** Columns side by side. */
export const columnCountOf = ({ grid }: Pick<ColumnDescription, "grid">): number =>
  grid.columnsX * grid.columnsY;

function livingByColumn({ alive }: Sample, kinds: CellKinds): Uint32Array {
  const living = new Uint32Array(2 * kinds.columnCount);
  const perColumn = kinds.cellCount / kinds.columnCount;
  alive.forEach((one, cell) => {
    living[2 * Math.floor(cell / perColumn) + (kinds.isExcitatory[cell] ? 0 : 1)]! += one;
  });
  return living;
}

/** The beginning of the chapter that a time is in, ms. */
export const chapterOf = (timeMs: number): number => CHAPTER_MS * Math.floor(timeMs / CHAPTER_MS);

const pointOf = (sample: Sample): CurvePoint => {
  const { scaleMean, scaleSd, sensedPerS, targetPerS, gainMean, livingE, livingI } = sample;
  return { scaleMean, scaleSd, sensedPerS, targetPerS, gainMean, livingE, livingI };
};

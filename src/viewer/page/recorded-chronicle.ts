import type { CurvePoint, ShownRecord } from "../../live/session/chronicle.ts";
import type { ShownLevel } from "../../live/session/spike-level.ts";
import type { ColumnDescription } from "../../live/worker/messages.ts";
import type { SpikeWindow } from "../../overview/window.ts";
import type { RecordDescription } from "../worker/messages.ts";

/** Counts of spikes that were drawn from a record for a window of time. */
class WindowLevel implements ShownLevel {
  readonly binMs: number;
  readonly cellCount: number;
  readonly #window: SpikeWindow;
  /** 1 for each inhibitory population. */
  readonly #inhibitory: readonly number[];
  readonly #endMs: number;

  constructor(window: SpikeWindow, { cellCount, populations }: ColumnDescription, endMs: number) {
    this.binMs = window.binMs;
    this.#window = window;
    this.cellCount = cellCount;
    this.#inhibitory = populations.map(({ cellClass }) => Number(cellClass !== "E"));
    this.#endMs = endMs;
  }

  get firstMs(): number {
    return this.#window.firstBin * this.binMs;
  }

  get endBin(): number {
    return this.#window.endBin;
  }

  has(bin: number): boolean {
    const { firstBin, endBin } = this.#window;
    return bin >= firstBin && bin < endBin && bin * this.binMs < this.#endMs;
  }

  countsOf(bin: number): Uint16Array {
    const at = (bin - this.#window.firstBin) * this.cellCount;
    return this.#window.counts.subarray(at, at + this.cellCount);
  }

  sumOf(bin: number, isInhibitory: 0 | 1): number {
    const own = this.#inhibitory;
    const at = (bin - this.#window.firstBin) * own.length;
    let sum = 0;
    for (let k = 0; k < own.length; k++) {
      if (own[k] === isInhibitory) sum += this.#window.sums[at + k]!;
    }
    return sum;
  }
}

/** A record as it is shown: spikes of the window that was last drawn from it, and all samples. */
export class RecordedChronicle implements ShownRecord {
  readonly cellCount: number;
  readonly isExcitatory: Uint8Array;
  readonly levels: readonly ShownLevel[];
  readonly untilMs: number;
  readonly #points: RecordDescription["points"];

  /** @param endMs what follows is not shown; by default the end of the record */
  constructor(
    { column, points, reachedMs }: RecordDescription,
    isExcitatory: Uint8Array,
    window: SpikeWindow,
    endMs = Infinity,
  ) {
    this.cellCount = column.cellCount;
    this.isExcitatory = isExcitatory;
    this.levels = [new WindowLevel(window, column, endMs)];
    this.untilMs = Math.min(endMs, reachedMs);
    this.#points = points;
  }

  level(): ShownLevel {
    return this.levels[0]!;
  }

  /** The sample that holds at so many seconds: the last one before. */
  point(second: number): CurvePoint | undefined {
    const timeMs = 1000 * second;
    if (timeMs > this.untilMs) return undefined;
    const points = this.#points;
    let [first, end] = [0, points.length];
    while (first < end) {
      const middle = (first + end) >>> 1;
      if (points[middle]!.timeMs <= timeMs) first = middle + 1;
      else end = middle;
    }
    return points[first - 1];
  }
}

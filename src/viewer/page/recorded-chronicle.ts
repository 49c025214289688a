import type { CellKinds, CurvePoint, ShownRecord } from "../../live/session/chronicle.ts";
import type { ShownLevel } from "../../live/session/spike-level.ts";
import type { ColumnDescription } from "../../live/worker/messages.ts";
import type { SpikeWindow } from "../../overview/window.ts";
import type { RecordDescription } from "../worker/messages.ts";

/** Counts of spikes that were drawn from a record for a window of time. */
class WindowLevel implements ShownLevel {
  readonly binMs: number;
  readonly cellCount: number;
  readonly #window: SpikeWindow;
  /** 1 for each inhibitory population, and the column of each. */
  readonly #inhibitory: readonly number[];
  readonly #columns: readonly number[];
  readonly #endMs: number;

  constructor(window: SpikeWindow, { cellCount, populations }: ColumnDescription, endMs: number) {
    this.binMs = window.binMs;
    this.#window = window;
    this.cellCount = cellCount;
    this.#inhibitory = populations.map(({ cellClass }) => Number(cellClass !== "E"));
    this.#columns = populations.map(({ column = 0 }) => column);
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

  sumOf(bin: number, isInhibitory: 0 | 1, column?: number): number {
    const [own, columns] = [this.#inhibitory, this.#columns];
    const at = (bin - this.#window.firstBin) * own.length;
    let sum = 0;
    for (let k = 0; k < own.length; k++) {
      const isCounted = own[k] === isInhibitory && (column ?? columns[k]) === columns[k];
      if (isCounted) sum += this.#window.sums[at + k]!;
    }
    return sum;
  }
}

/** A record as it is shown: spikes of the window that was last drawn from it, and all samples. */
export class RecordedChronicle implements ShownRecord {
  readonly kinds: CellKinds;
  readonly levels: readonly ShownLevel[];
  readonly untilMs: number;
  readonly #points: RecordDescription["points"];
  /** By column, of its excitatory and its inhibitory cells when they died, ms. */
  readonly #deathsMs: readonly (readonly [number[], number[]])[];

  /** @param endMs what follows is not shown; by default the end of the record */
  constructor(
    { column, points, reachedMs, deathTimesMs }: RecordDescription,
    kinds: CellKinds,
    window: SpikeWindow,
    endMs = Infinity,
  ) {
    this.kinds = kinds;
    this.#deathsMs = deathsByColumn(deathTimesMs, kinds);
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

  livingIn(column: number, isInhibitory: 0 | 1, second: number): number {
    return this.#deathsMs[column]![isInhibitory].reduce(
      (living, deathMs) => living + Number(deathMs > 1000 * second),
      0,
    );
  }
}

function deathsByColumn(
  deathTimesMs: Float64Array,
  { cellCount, columnCount, isExcitatory }: CellKinds,
): [number[], number[]][] {
  const deathsMs = Array.from({ length: columnCount }, (): [number[], number[]] => [[], []]);
  deathTimesMs.forEach((timeMs, cell) => {
    const column = Math.floor((cell * columnCount) / cellCount);
    deathsMs[column]![isExcitatory[cell] ? 0 : 1].push(timeMs);
  });
  return deathsMs;
}

import { concatenated } from "../numeric/concatenation.ts";
import type { BlockFileReader } from "./block-file.ts";
import {
  decodePotentials,
  eachPotential,
  noReadings,
  type PotentialReadings,
  type PotentialSchedule,
  readingCount,
  readingTimesMs,
} from "./potentials.ts";
import type { TimeRange } from "./time-range.ts";

/** Reader of the recorded potentials of a run. */
export class PotentialReader {
  readonly schedule: PotentialSchedule;
  readonly #file: BlockFileReader;
  /** Readings of the schedule that come before the record. */
  readonly #before: number;

  /**
   * @param startMs where the run's record begins
   * @internal
   */
  constructor(file: BlockFileReader, schedule: PotentialSchedule, startMs: number) {
    this.schedule = schedule;
    this.#file = file;
    this.#before = readingCount(schedule, startMs);
  }

  /** Cells with recorded potentials. */
  get cells(): readonly number[] {
    return this.schedule.cells;
  }

  /** Times of the readings, ms. */
  get timesMs(): Float64Array {
    const count = this.#file.blocks.reduce((sum, block) => sum + block.count, 0);
    return readingTimesMs(this.schedule, this.#before, count / this.cells.length);
  }

  /** Readings in order of time, block by block; by default all. */
  *blocks({ startMs = 0, endMs = Infinity }: TimeRange = {}): Generator<PotentialReadings> {
    const cells = this.cells.length;
    let first = this.#before;
    for (const block of this.#file.blocks) {
      const timesMs = readingTimesMs(this.schedule, first, block.count / cells);
      first += timesMs.length;
      if (block.lastMs < startMs || block.firstMs >= endMs) continue;
      const potentials = this.#file.decode(block, "potentials", (payload) =>
        decodePotentials(payload, block.count),
      );
      yield within({ timesMs, ...potentials }, cells, { startMs, endMs });
    }
  }

  /** Readings in order of time, in one piece; by default all. */
  readings(range: TimeRange = {}): PotentialReadings {
    const blocks = [noReadings(), ...this.blocks(range)];
    return {
      timesMs: concatenated(blocks.map(({ timesMs }) => timesMs)),
      ...eachPotential((name) => concatenated(blocks.map((block) => block[name]))),
    };
  }
}

function within(
  readings: PotentialReadings,
  cells: number,
  { startMs, endMs }: Required<TimeRange>,
): PotentialReadings {
  const { timesMs } = readings;
  const first = timesMs.filter((timeMs) => timeMs < startMs).length;
  const end = timesMs.filter((timeMs) => timeMs < endMs).length;
  return {
    timesMs: timesMs.subarray(first, end),
    ...eachPotential((name) => readings[name].subarray(first * cells, end * cells)),
  };
}

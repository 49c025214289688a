import { type Interval, overlap } from "../analysis/firing/interval.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import type { CellSample } from "../recording/cell-sample.ts";
import { type EntryCourse, entryCourses } from "../recording/course.ts";
import { ExcursionLog, type Excursions } from "../recording/excursions.ts";
import { deathTimesMs } from "../recording/lifetimes.ts";
import { type Manifest, recordStartMs, runEndMs } from "../recording/manifest.ts";
import type { RunEvent } from "../recording/run-event.ts";
import { isParent } from "../recording/run-identity.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { TimeRange } from "../recording/time-range.ts";
import type { GainSnapshot } from "../synapses/plastic-gains.ts";

/** A record, and the time up to which it counts, ms: that of the next branch, or Infinity. */
interface Stretch {
  readonly record: RunReader;
  readonly untilMs: number;
}

/** A sample or a set of gains of one of the records. */
interface RecordEntry {
  readonly record: RunReader;
  readonly index: number;
  readonly timeMs: number;
}

type EntryTimes = "sampleTimesMs" | "gainTimesMs";

/** Recorded plastic gains, one per synapse; read when called. */
export interface GainRecord {
  readonly timeMs: number;
  gains(): Float64Array;
}

/**
 * A recorded run with its past: what its parent recorded before the run branched off, and the
 * parent's parent before that, as far back as their directories are found.
 */
export class RunHistory {
  readonly record: RunReader;
  readonly #stretches: readonly Stretch[];

  /** @param ancestors the parent's record, the parent's parent's, … */
  constructor(record: RunReader, ancestors: readonly RunReader[] = []) {
    this.record = record;
    const records = [record, ...ancestors];
    this.#stretches = records
      .map((one, k) => ({
        record: one,
        untilMs: k === 0 ? Infinity : recordStartMs(records[k - 1]!.manifest),
      }))
      .reverse();
  }

  /** Known interval: from the beginning of the past to the end of the run's own record. */
  get interval(): Interval {
    const startMs = recordStartMs(this.#stretches[0]!.record.manifest);
    return { startMs, endMs: this.record.reachedMs };
  }

  /** The phases, as far as they lie within an interval. */
  phasesWithin(interval: Interval): Manifest["phases"] {
    return this.record.manifest.phases
      .map(({ name, ...phase }) => ({ name, ...overlap(phase, interval) }))
      .filter(({ startMs, endMs }) => startMs < endMs);
  }

  /** Time at which the run branched off its past; undefined where no past is known. */
  get branchMs(): number | undefined {
    return this.#stretches.length > 1 ? recordStartMs(this.record.manifest) : undefined;
  }

  /** Labels of the runs that the past was recorded in, the earliest first. */
  get pastLabels(): string[] {
    return this.#stretches.slice(0, -1).map(({ record }) => record.manifest.label);
  }

  /** True if one of these runs is the parent, as far as that is known. */
  comesFrom(others: readonly RunHistory[]): boolean {
    const { ancestry } = this.record.manifest;
    return others.some(({ record }) => isParent(ancestry, record.manifest));
  }

  /** Times of the samples, of the past and of the run itself, ms. */
  get sampleTimesMs(): number[] {
    return Array.from(this.#entries("sampleTimesMs"), ({ timeMs }) => timeMs);
  }

  /** The last sample that is not after a time; undefined when there is none. */
  lastSample(timeMs: number): CellSample | undefined {
    const last = this.#last("sampleTimesMs", timeMs);
    return last?.record.sample(last.index);
  }

  /** The last plastic gains that were recorded until a time, and when; undefined for none. */
  lastGains(timeMs: number): GainRecord | undefined {
    const last = this.#last("gainTimesMs", timeMs);
    return last && gainRecord(last);
  }

  /** Entries of the experiment that the run branched off, as far as its record is known. */
  get parentEntries(): Manifest["entries"] {
    return this.#stretches.at(-2)?.record.manifest.entries;
  }

  /**
   * Every cell's state in an interval, both ends included; one sample is in memory at a time.
   *
   * @param every nth sample is taken
   */
  *states(shown: Interval, every = 1): Generator<CellSample & { readonly timeMs: number }> {
    let place = 0;
    for (const { record, index, timeMs } of this.#entries("sampleTimesMs", shown)) {
      if (place++ % every === 0) yield { timeMs, ...record.sample(index) };
    }
  }

  /** Spikes with startMs ≤ t < endMs in order of time, block by block; can be read again. */
  spikeBlocks(interval: Interval): Iterable<Spikes> {
    return this.#blocks(interval, (record, range) => record.spikeBlocks(range));
  }

  /** The same blocks, each in the memory of the one before: for readers that keep none. */
  lentSpikeBlocks(interval: Interval): Iterable<Spikes> {
    return this.#blocks(interval, (record, range) => record.lentSpikeBlocks(range));
  }

  /** Spikes of the past and of the run itself; those of the past are counted one by one. */
  get spikeCount(): number {
    let count = this.record.spikeCount;
    for (const { record, untilMs } of this.#stretches.slice(0, -1)) {
      for (const { cells } of record.lentSpikeBlocks({ endMs: untilMs })) count += cells.length;
    }
    return count;
  }

  /** Plastic gains that were recorded in an interval, both ends included, in order of time; read when asked for. */
  gainRecords(shown: Interval): GainRecord[] {
    return Array.from(this.#entries("gainTimesMs", shown), gainRecord);
  }

  /** Plastic gains in an interval, both ends included, in order of time; one set is held at a time. */
  *gains(shown: Interval): Generator<GainSnapshot> {
    for (const { timeMs, gains } of this.gainRecords(shown)) yield { timeMs, gains: gains() };
  }

  /** Events of the network, in order of time. */
  events(): RunEvent[] {
    return this.#stretches.flatMap(({ record, untilMs }) =>
      record.events().filter(({ timeMs }) => timeMs < untilMs),
    );
  }

  /** History, entry by entry; what holds at the end of the record holds to the run's. */
  courses(): readonly EntryCourse[] {
    return entryCourses(
      this.#stretches.map(({ record, untilMs }) => ({
        manifest: record.manifest,
        events: record.events(),
        untilMs: untilMs === Infinity ? runEndMs(record.manifest) : untilMs,
      })),
    );
  }

  /** Values outside their range, up to a time. */
  excursions(untilMs = Infinity): Excursions {
    const log = new ExcursionLog();
    for (const stretch of this.#stretches) {
      log.add(stretch.record.excursions(Math.min(untilMs, stretch.untilMs)));
    }
    return log.excursions;
  }

  /** Time at which each cell was deleted, ms; Infinity for those that never were. */
  deathTimesMs(): Float64Array {
    const times = deathTimesMs(this.record);
    for (const { record, untilMs } of this.#stretches.slice(0, -1).reverse()) {
      deathTimesMs(record).forEach((timeMs, cell) => {
        if (timeMs < untilMs) times[cell] = timeMs;
      });
    }
    return times;
  }

  #blocks(
    { startMs, endMs }: Interval,
    read: (record: RunReader, range: Interval) => Iterable<Spikes>,
  ): Iterable<Spikes> {
    const stretches = this.#stretches;
    return {
      *[Symbol.iterator]() {
        for (const { record, untilMs } of stretches) {
          const range = { startMs, endMs: Math.min(endMs, untilMs) };
          if (startMs < range.endMs) yield* read(record, range);
        }
      },
    };
  }

  /** Samples or gains in an interval, both ends included; of two at a branch, the run's own. */
  *#entries(
    times: EntryTimes,
    { startMs = 0, endMs = Infinity }: TimeRange = {},
  ): Generator<RecordEntry> {
    for (const { record, untilMs } of this.#stretches) {
      for (const [index, timeMs] of record[times].entries()) {
        if (timeMs >= startMs && timeMs <= endMs && timeMs < untilMs)
          yield { record, index, timeMs };
      }
    }
  }

  /** The last sample or gains until a time. */
  #last(times: EntryTimes, timeMs: number): RecordEntry | undefined {
    for (const { record, untilMs } of this.#stretches.toReversed()) {
      const index = record[times].findLastIndex((own) => own <= Math.min(timeMs, untilMs));
      if (index >= 0) return { record, index, timeMs: record[times][index]! };
    }
    return undefined;
  }
}

const gainRecord = ({ record, index, timeMs }: RecordEntry): GainRecord => ({
  timeMs,
  gains: () => record.gains(index),
});

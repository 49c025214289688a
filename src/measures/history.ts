import { type Interval, overlap } from "../analysis/firing/interval.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import type { CellSamples } from "../analysis/state/sampled-variable.ts";
import { activitiesOf, type CellSample } from "../recording/cell-sample.ts";
import { type EntryCourse, entryCourses } from "../recording/course.ts";
import { ExcursionLog, type Excursions } from "../recording/excursions.ts";
import { deathTimesMs } from "../recording/lifetimes.ts";
import { type Manifest, recordStartMs, runEndMs } from "../recording/manifest.ts";
import type { RunEvent } from "../recording/run-event.ts";
import { isParent } from "../recording/run-identity.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { GainSnapshot } from "../synapses/plastic-gains.ts";

/** A record, and the stretch of time for which it is the run's own or its past. */
interface Stretch {
  readonly record: RunReader;
  readonly interval: Interval;
}

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
    const stretches: Stretch[] = [{ record, interval: ownInterval(record) }];
    for (const ancestor of ancestors) {
      const endMs = stretches[0]!.interval.startMs;
      const { startMs } = ownInterval(ancestor);
      stretches.unshift({ record: ancestor, interval: { startMs, endMs } });
    }
    this.#stretches = stretches;
  }

  /** Known interval: from the beginning of the past to the end of the run's own record. */
  get interval(): Interval {
    const { startMs } = this.#stretches[0]!.interval;
    return { startMs, endMs: ownInterval(this.record).endMs };
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

  /**
   * Samples in an interval, both ends included.
   *
   * @param every take only every so manieth of them
   */
  samples(shown: Interval, every = 1): CellSamples {
    const found = this.#stretches.flatMap(({ record, interval }, k) => {
      const isOwn = k === this.#stretches.length - 1;
      // At the time of the branch both may have a sample: of the past, those before it count.
      return [...record.sampleTimesMs.entries()]
        .filter(([, timeMs]) => timeMs >= shown.startMs && timeMs <= shown.endMs)
        .filter(([, timeMs]) => isOwn || timeMs < interval.endMs)
        .map(([index, timeMs]) => ({ record, index, timeMs }));
    });
    const chosen = found.filter((_, k) => k % every === 0);
    const states = chosen.map(({ record, index }) => {
      const { targetRateKhz, ...state } = record.sample(index);
      return state;
    });
    return {
      timesMs: Float64Array.from(chosen, ({ timeMs }) => timeMs),
      sensedRateKhz: states.map(({ sensedRateKhz }) => sensedRateKhz),
      scaleFactor: states.map(({ scaleFactor }) => scaleFactor),
      alive: states.map(({ alive }) => alive),
      ...activitiesOf(states),
    };
  }

  /** Times of the samples, of the past and of the run itself, ms. */
  get sampleTimesMs(): number[] {
    return this.#stretches.flatMap(({ record, interval }, k) => {
      const isOwn = k === this.#stretches.length - 1;
      return [...record.sampleTimesMs].filter((timeMs) => isOwn || timeMs < interval.endMs);
    });
  }

  /** The last sample that is not after a time; undefined when there is none. */
  lastSample(timeMs: number): CellSample | undefined {
    for (const [k, { record, interval }] of [...this.#stretches.entries()].reverse()) {
      const isOwn = k === this.#stretches.length - 1;
      const latestMs = isOwn ? timeMs : Math.min(timeMs, interval.endMs);
      const index = record.sampleTimesMs.findLastIndex((sampledMs) => sampledMs <= latestMs);
      if (index >= 0) return record.sample(index);
    }
    return undefined;
  }

  /** The last plastic gains that were recorded until a time, and when; undefined for none. */
  lastGains(timeMs: number): GainRecord | undefined {
    for (const [k, { record, interval }] of [...this.#stretches.entries()].reverse()) {
      const isOwn = k === this.#stretches.length - 1;
      const latestMs = isOwn ? timeMs : Math.min(timeMs, interval.endMs);
      const { gainTimesMs } = record;
      const index = gainTimesMs.findLastIndex((recordedMs) => recordedMs <= latestMs);
      if (index >= 0) return { timeMs: gainTimesMs[index]!, gains: () => record.gains(index) };
    }
    return undefined;
  }

  /** Entries of the experiment that the run branched off, as far as its record is known. */
  get parentEntries(): Manifest["entries"] {
    return this.#stretches.at(-2)?.record.manifest.entries;
  }

  /** Every cell's state in an interval, both ends included; one sample is in memory at a time. */
  *states(shown: Interval): Generator<CellSample & { readonly timeMs: number }> {
    for (const [k, { record, interval }] of this.#stretches.entries()) {
      const isOwn = k === this.#stretches.length - 1;
      for (const [index, timeMs] of record.sampleTimesMs.entries()) {
        if (timeMs < shown.startMs || timeMs > shown.endMs) continue;
        if (isOwn || timeMs < interval.endMs) yield { timeMs, ...record.sample(index) };
      }
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
    for (const { record, interval } of this.#stretches.slice(0, -1)) {
      for (const { cells } of record.lentSpikeBlocks({ endMs: interval.endMs }))
        count += cells.length;
    }
    return count;
  }

  /** Plastic gains that were recorded in an interval, both ends included, in order of time; read when asked for. */
  gainRecords({ startMs, endMs }: Interval): GainRecord[] {
    return this.#stretches.flatMap(({ record, interval }, k) => {
      const isOwn = k === this.#stretches.length - 1;
      return [...record.gainTimesMs]
        .map((timeMs, index) => ({ timeMs, gains: () => record.gains(index) }))
        .filter(({ timeMs }) => timeMs >= startMs && timeMs <= endMs)
        .filter(({ timeMs }) => isOwn || timeMs < interval.endMs);
    });
  }

  /** Plastic gains in an interval, both ends included, in order of time; one set is held at a time. */
  *gains(shown: Interval): Generator<GainSnapshot> {
    for (const { timeMs, gains } of this.gainRecords(shown)) yield { timeMs, gains: gains() };
  }

  /** Events of the network, in order of time. */
  events(): RunEvent[] {
    return this.#stretches.flatMap(({ record, interval }, k) => {
      const isOwn = k === this.#stretches.length - 1;
      return record.events().filter(({ timeMs }) => isOwn || timeMs < interval.endMs);
    });
  }

  /** History, entry by entry; what holds at the end of the record holds to the run's. */
  courses(): readonly EntryCourse[] {
    return entryCourses(
      this.#stretches.map(({ record, interval }, k) => ({
        manifest: record.manifest,
        events: record.events(),
        untilMs: k === this.#stretches.length - 1 ? runEndMs(record.manifest) : interval.endMs,
      })),
    );
  }

  /** Values outside their range, up to a time. */
  excursions(untilMs = Infinity): Excursions {
    const log = new ExcursionLog();
    for (const [k, { record, interval }] of this.#stretches.entries()) {
      const isOwn = k === this.#stretches.length - 1;
      log.add(record.excursions(isOwn ? untilMs : Math.min(untilMs, interval.endMs)));
    }
    return log.excursions;
  }

  /** Time at which each cell was deleted, ms; Infinity for those that never were. */
  deathTimesMs(): Float64Array {
    const times = deathTimesMs(this.record);
    for (const { record, interval } of this.#stretches.slice(0, -1).reverse()) {
      deathTimesMs(record).forEach((timeMs, cell) => {
        if (timeMs < interval.endMs) times[cell] = timeMs;
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
        for (const [k, { record, interval }] of stretches.entries()) {
          const until = k === stretches.length - 1 ? endMs : Math.min(endMs, interval.endMs);
          if (startMs < until) yield* read(record, { startMs, endMs: until });
        }
      },
    };
  }
}

function ownInterval({ manifest, reachedMs }: RunReader): Interval {
  return { startMs: recordStartMs(manifest), endMs: reachedMs };
}

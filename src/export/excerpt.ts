import { type Interval, overlap } from "../analysis/firing/interval.ts";
import type { Spikes } from "../encoding/spike-codec.ts";
import type { CellSample } from "../recording/cell-sample.ts";
import { type EntryCourse, entryCourses } from "../recording/course.ts";
import type { Excursions } from "../recording/excursions.ts";
import { deathTimesMs } from "../recording/lifetimes.ts";
import { type Manifest, recordStartMs, runEndMs } from "../recording/manifest.ts";
import type { CellPositions, SynapseTable } from "../recording/network-record.ts";
import type { PotentialReadings, RecordedPotentialName } from "../recording/potentials.ts";
import type { RunEvent } from "../recording/run-event.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { TimeRange } from "../recording/time-range.ts";

/** Interval of time with a name, such as a phase or a trial. */
export interface NamedInterval {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Part of a recorded run to be exported: the whole run, or its time range startMs ≤ t < endMs.
 *
 * @example
 * ```ts
 * import { formats, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const second = new formats.RunExcerpt(run, { startMs: 1000, endMs: 2000 });
 * console.log(second.spikeCount);
 * ```
 */
export class RunExcerpt {
  readonly manifest: Manifest;
  /** Start and end of the time range, ms, within the record. */
  readonly startMs: number;
  readonly endMs: number;
  readonly spikeCount: number;
  /** Times of the samples of all cells and of the records of plastic gains, ms. */
  readonly sampleTimesMs: Float64Array;
  readonly gainTimesMs: Float64Array;
  /** Cells and times (ms) of the recorded potentials; no cells if none are recorded. */
  readonly potentialCells: readonly number[];
  readonly potentialTimesMs: Float64Array;
  /** Number of rows read so far: spikes, cells of samples, synapses of records of gains. */
  rowsRead = 0;
  readonly #run: RunReader;
  readonly #range: Interval;
  readonly #firstSample: number;
  readonly #firstGains: number;
  #excursions: Excursions | undefined;

  constructor(run: RunReader, range: TimeRange = {}) {
    const { startMs = 0, endMs = Infinity } = range;
    const { manifest } = run;
    const asked = { startMs, endMs };
    const held = overlap(asked, { startMs: recordStartMs(manifest), endMs: run.reachedMs });
    this.#run = run;
    this.#range = overlap(asked, { startMs: 0, endMs: run.spikesEndMs });
    this.manifest = manifest;
    this.startMs = held.startMs;
    this.endMs = Math.max(held.startMs, held.endMs);
    this.spikeCount = run.countSpikes(this.#range);
    [this.#firstSample, this.sampleTimesMs] = within(run.sampleTimesMs, this.#range);
    [this.#firstGains, this.gainTimesMs] = within(run.gainTimesMs, this.#range);
    this.potentialCells = run.potentials?.cells ?? [];
    [, this.potentialTimesMs] = within(run.potentials?.timesMs ?? new Float64Array(), this.#range);
  }

  /** Spikes in order of time, block by block; by default all of the time range. */
  *spikeBlocks({ startMs = 0, endMs = Infinity }: TimeRange = {}) {
    for (const block of this.#run.spikeBlocks(overlap({ startMs, endMs }, this.#range))) {
      this.rowsRead += block.cells.length;
      yield block satisfies Spikes;
    }
  }

  /** Number of spikes in a part of the time range. */
  countSpikes(range: Required<TimeRange>): number {
    return this.#run.countSpikes(overlap(range, this.#range));
  }

  /** State of all cells at `sampleTimesMs[index]`. */
  sample(index: number): CellSample {
    this.rowsRead += this.manifest.network.cellCount;
    return this.#run.sample(this.#firstSample + index);
  }

  /** Plastic gains at `gainTimesMs[index]`, one per synapse. */
  gains(index: number): Float64Array {
    this.rowsRead += this.manifest.network.synapseCount;
    return this.#run.gains(this.#firstGains + index);
  }

  /** Potentials in order of time, block by block. */
  *potentialBlocks(): Generator<PotentialReadings> {
    for (const block of this.#run.potentials?.blocks(this.#range) ?? []) {
      this.rowsRead += block.potentialMv.length;
      yield block;
    }
  }

  /** Values of one quantity, for each time one array of all recorded cells. */
  *potentialRows(name: RecordedPotentialName): Generator<Float64Array> {
    const cells = this.potentialCells.length;
    for (const block of this.potentialBlocks()) {
      for (const k of block.timesMs.keys()) yield block[name].subarray(k * cells, (k + 1) * cells);
    }
  }

  /** Events within the time range, in order of time. */
  events(): RunEvent[] {
    const { startMs, endMs } = this.#range;
    return this.#run.events().filter(({ timeMs }) => timeMs >= startMs && timeMs < endMs);
  }

  /**
   * History of the whole record, entry by entry.
   *
   * @internal
   */
  courses(): readonly EntryCourse[] {
    const { manifest } = this;
    const events = this.#run.events();
    return entryCourses([{ manifest, events, untilMs: runEndMs(manifest) }]);
  }

  /** Phases of the experiment within the time range. */
  phases(): NamedInterval[] {
    return this.#clipped(this.manifest.phases);
  }

  /** Trials of external input within the time range; each lasts until the next. */
  trials(): NamedInterval[] {
    const own = this.#run.events().filter((event) => event.kind === "trial");
    const trials = [this.manifest.past?.trial ?? [], own].flat();
    return this.#clipped(
      trials.map(({ input, timeMs }, k) => ({
        name: input,
        startMs: timeMs,
        endMs: trials[k + 1]?.timeMs ?? this.endMs,
      })),
    );
  }

  /** Intervals restricted to the time range; those that do not last in it are left out. */
  #clipped(intervals: readonly NamedInterval[]): NamedInterval[] {
    return intervals
      .map(({ name, ...interval }) => ({ name, ...overlap(interval, this) }))
      .filter(({ startMs, endMs }) => startMs < endMs);
  }

  /** Population of each cell, as an index into those of the manifest. */
  populations(): Uint16Array {
    const of = new Uint16Array(this.manifest.network.cellCount);
    for (const [index, { firstCell, cellCount }] of this.manifest.populations.entries()) {
      of.fill(index, firstCell, firstCell + cellCount);
    }
    return of;
  }

  /** Column of each cell, where there are several. */
  columns(): Uint16Array | undefined {
    const { populations } = this.manifest;
    if (populations[0]?.column === undefined) return undefined;
    return this.populations().map((index) => populations[index]!.column!);
  }

  /**
   * Time of deletion of each cell, ms, also outside the time range; infinite for cells that are not
   * deleted, NaN for unknown times in branches of version 0.2.0.
   */
  deletionTimesMs(): Float64Array {
    return deathTimesMs(this.#run, Number.NaN);
  }

  /** Values outside their range before the end of the time range. */
  get excursions(): Excursions {
    this.#excursions ??= this.#run.excursions(this.endMs);
    return this.#excursions;
  }

  /** First recorded time of such a value in each cell, ms; infinite if there is none. */
  firstTimesMs(what: "outsideRange" | "notFinite"): Float64Array {
    const timesMs = new Float64Array(this.manifest.network.cellCount).fill(Infinity);
    for (const { timeMs, cells } of this.excursions[what]) {
      for (const cell of cells) timesMs[cell] = timeMs;
    }
    return timesMs;
  }

  positions(): CellPositions {
    return this.#run.positions();
  }

  /** Synapses within columns, in the order of the plastic gains. */
  synapses(): SynapseTable {
    return this.#run.synapses();
  }

  /** Synapses between columns; undefined of one column. */
  interColumnSynapses(): SynapseTable | undefined {
    return this.#run.interColumnSynapses();
  }
}

/** Those times in ascending order that are in a range, and how many come before. */
function within(timesMs: Float64Array, { startMs, endMs }: Required<TimeRange>) {
  const first = timesMs.filter((timeMs) => timeMs < startMs).length;
  const end = timesMs.filter((timeMs) => timeMs < endMs).length;
  return [first, timesMs.subarray(first, Math.max(first, end))] as const;
}

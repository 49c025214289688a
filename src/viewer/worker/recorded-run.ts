import { analysis, interventions, listParameters, RunReader, type Spikes } from "../../index.ts";
import type { CurvePoint } from "../../live/session/chronicle.ts";
import type { GridSize, Mark, RasterData, Sample, Standing } from "../../live/worker/messages.ts";
import { Sampler } from "../../live/worker/sampler.ts";
import { checkRecordedSize } from "../../live/worker/shown-size.ts";
import { RunHistory } from "../../measures/history.ts";
import { Overview } from "../../overview/reader.ts";
import {
  type Bins,
  type OverviewedRun,
  type SpikeWindow,
  spikeWindow,
} from "../../overview/window.ts";
import type { EntryCourse } from "../../recording/course.ts";
import { recordStartMs, runEndMs } from "../../recording/manifest.ts";
import { recordedParameters } from "../../recording/recorded-parameters.ts";
import { exhaustionNotes } from "../../recording/run-event.ts";
import { HttpStore, readRange } from "./http-store.ts";
import type { RecordDescription } from "./messages.ts";
import { readingAhead } from "./read-ahead.ts";
import { modelOf, populationsOf, RecordedState } from "./recorded-state.ts";

/** A picture of more spikes would take too much of the page's memory. */
const MOST_DRAWN = 5_000_000;

/** The server's answer about a run. */
export interface ServedRun {
  readonly chain: readonly {
    readonly id: number;
    readonly directory: string;
    readonly overview: string;
  }[];
  readonly state: string;
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/** A recorded run with its past, read from the server as it is looked at. */
export class RecordedRun {
  readonly id: number;
  readonly history: RunHistory;
  readonly store: HttpStore;
  readonly #served: ServedRun;
  /** The past's first, the run itself last. */
  readonly #runs: readonly OverviewedRun[];
  readonly #courses: readonly EntryCourse[];
  readonly #state: RecordedState;
  readonly #sampler: Sampler;

  /** @param base address of the page */
  constructor(base: string, served: ServedRun) {
    const opened = served.chain.map(({ id, overview: stamp }, k) => {
      const address = `${base}runs/${id}/`;
      const overview = new Overview(
        readingAhead((offset, length) => readRange(`${address}overview/${stamp}`, offset, length)),
      );
      const store = new HttpStore(address, k === 0 ? served.files : [], overview);
      return { store, overview, run: new RunReader(store, "cut") };
    });
    const [own, ...ancestors] = opened;
    checkRecordedSize(own!.run.manifest.network.cellCount);
    this.id = served.chain[0]!.id;
    this.store = own!.store;
    this.history = new RunHistory(
      own!.run,
      ancestors.map(({ run }) => run),
    );
    this.#served = served;
    this.#runs = opened
      .map(({ run, overview }, k) => {
        const later = opened[k - 1]?.run;
        const endMs = later ? recordStartMs(later.manifest) : Infinity;
        return { run, overview, startMs: recordStartMs(run.manifest), endMs };
      })
      .reverse();
    this.#courses = this.history.courses();
    this.#state = new RecordedState(this.history);
    this.#sampler = new Sampler(this.#state);
  }

  /** True if this is the record as the server says that it is now. */
  isOf({ chain, state }: ServedRun): boolean {
    const known = this.#served;
    return (
      state === known.state &&
      chain.every(({ overview }, k) => overview === known.chain[k]!.overview)
    );
  }

  /** The directory of the run, and of its parent where it is a branch whose past is known. */
  get directories(): readonly string[] {
    return this.#served.chain.map(({ directory }) => directory);
  }

  get startMs(): number {
    return this.history.interval.startMs;
  }

  get endMs(): number {
    return this.history.interval.endMs;
  }

  describe(): RecordDescription {
    const { id, history } = this;
    const { manifest } = history.record;
    const { cellCount, interColumnSynapses = 0, ...network } = manifest.network;
    const synapseCount = network.synapseCount + interColumnSynapses;
    const { xUm, yUm, zUm } = history.record.positions();
    return {
      id,
      directory: this.#served.chain[0]!.directory,
      column: {
        description: manifest.label,
        grid: gridOf(this.history),
        ...{ cellCount, synapseCount, xUm, yUm, zUm },
        populations: populationsOf(this.history),
        sensesCharge: modelOf(this.history) === "2014",
        durationMs: runEndMs(manifest),
        interventions: interventions.listInterventions(),
        parameters: listParameters(),
      },
      state: this.#served.state,
      startMs: this.startMs,
      reachedMs: this.endMs,
      branchMs: history.branchMs,
      pastLabels: history.pastLabels,
      spikeCount: this.#runs.reduce((sum, { run, endMs }) => sum + run.countSpikes({ endMs }), 0),
      notes: [...this.#served.notes, ...this.#exhaustionNotes()],
      points: this.#points(),
      deathTimesMs: history.deathTimesMs(),
    };
  }

  window(bins: Bins): SpikeWindow {
    return spikeWindow(this.#runs, bins);
  }

  /** Spikes of a short stretch of time. */
  spikes(startMs: number, endMs: number): Spikes {
    const blocks = [...this.history.spikeBlocks({ startMs, endMs })];
    const count = blocks.reduce((sum, { cells }) => sum + cells.length, 0);
    const all = { timesMs: new Float64Array(count), cells: new Uint32Array(count) };
    let at = 0;
    for (const { timesMs, cells } of blocks) {
      all.timesMs.set(timesMs, at);
      all.cells.set(cells, at);
      at += cells.length;
    }
    return all;
  }

  /**
   * Data of a raster figure of a stretch of time.
   *
   * @throws {RangeError} when these are more spikes than a page should hold
   */
  raster(startMs: number, endMs: number): RasterData {
    const count = this.#runs.reduce((sum, one) => {
      const range = { startMs, endMs: Math.min(endMs, one.endMs) };
      return sum + (range.endMs > startMs ? one.run.countSpikes(range) : 0);
    }, 0);
    if (count > MOST_DRAWN) {
      throw new RangeError(
        `These are ${count} spikes, more than the ${MOST_DRAWN} that a picture is drawn of here. ` +
          `Zoom in, or use isocortex plot ${this.directories[0]} raster.`,
      );
    }
    const interval = { startMs, endMs: Math.min(endMs, this.endMs) };
    const spikes = [...this.history.spikeBlocks(interval)].map(({ timesMs, cells }) => ({
      timesMs: timesMs.slice(),
      cells: cells.slice(),
    }));
    const { populations } = this.history.record.manifest;
    const deathTimesMs = this.history.deathTimesMs();
    const raster = analysis.spikeRaster(spikes, populations, interval, { deathTimesMs });
    return { ...raster, spikes };
  }

  /** The cells' state, as of the last sample before a time. */
  sample(timeMs: number, watched: number | undefined): Sample {
    this.#state.goTo(timeMs);
    return this.#sampler.sample(watched);
  }

  standing(timeMs: number, pace: Pick<Standing, "passage" | "isPlaying" | "speed">): Standing {
    const held = this.#courses
      .flatMap(({ entry, parts }) => {
        const part = parts.findLast(({ startMs, endMs }) => startMs <= timeMs && timeMs < endMs);
        return part ? [{ entry, since: part.startMs }] : [];
      })
      .sort((a, b) => a.since - b.since)
      .map(({ entry }) => entry);
    const last = (what: string) => held.findLast((entry) => entry.what === what)?.action;
    const parameters = Object.assign(
      {},
      recordedParameters(this.history.record.manifest),
      ...held.filter(({ what }) => what === "set").map(({ action }) => action),
    );
    return {
      ...pace,
      timeMs,
      reachedMs: this.endMs,
      isSeeking: false,
      learningOn: Boolean(last("plasticity")),
      scalingOn: Boolean(last("scaling")),
      parameters,
      external: Number(last("external") ?? 1),
      marks: this.#marks(),
      future: { number: 0, label: "as it was recorded", forkMs: 0, reachedMs: this.endMs },
      left: [],
    };
  }

  #exhaustionNotes(): string[] {
    const labels = new Map(this.#courses.map(({ entry: { id, label } }) => [id, `“${label}”`]));
    return this.history.record
      .events()
      .flatMap((event) => exhaustionNotes(event, labels.get(event.entry ?? "") ?? event.entry));
  }

  #marks(): Mark[] {
    const durationMs = runEndMs(this.history.record.manifest);
    return this.#courses
      .flatMap(({ entry: { id, label }, parts }) =>
        parts.map(({ startMs, endMs }) => ({
          ...{ id, label, timeMs: startMs, isTouched: true },
          untilMs: endMs > startMs && endMs < durationMs ? endMs : undefined,
        })),
      )
      .sort((a, b) => a.timeMs - b.timeMs);
  }

  #points(): (CurvePoint & { readonly timeMs: number })[] {
    return this.#runs.flatMap(({ overview: { samples, gains }, endMs }) => {
      const count = samples.timeMs.findLastIndex((timeMs) => timeMs < endMs) + 1;
      return Array.from({ length: count }, (_, k) => {
        const timeMs = samples.timeMs[k]!;
        const gain = gains.timeMs.findLastIndex((recordedMs) => recordedMs <= timeMs);
        return {
          timeMs,
          scaleMean: samples.scaleMean[k]!,
          scaleSd: samples.scaleSd[k]!,
          sensedPerS: samples.sensedPerS[k]!,
          targetPerS: samples.targetPerS[k]!,
          gainMean: gains.gainMean[gain] ?? Number.NaN,
          livingE: samples.livingE[k]!,
          livingI: samples.livingI[k]!,
        };
      });
    });
  }
}

/** Runs of one column do not record the size of the grid. */
const gridOf = ({ record }: RunHistory): GridSize => {
  const { columnsX, columnsY } = record.manifest.parameters;
  return { columnsX: Number(columnsX?.value ?? 1), columnsY: Number(columnsY?.value ?? 1) };
};

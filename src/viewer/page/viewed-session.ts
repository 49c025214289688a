import { batch, effect, type Signal, signal } from "@preact/signals";
import type { EntrySource } from "../../index.ts";
import { cellKinds, type ShownRecord, startedChronicle } from "../../live/session/chronicle.ts";
import type { ColumnDescription, Order, RasterData, Standing } from "../../live/worker/messages.ts";
import { widthWithin } from "../../overview/bins.ts";
import type { Bins, SpikeWindow } from "../../overview/window.ts";
import type { CatalogueRun } from "../../viewing/catalogue.ts";
import { type ForeignGhost, LiveSession } from "../../web/page/live-session.ts";
import { leastWholeMs, SHORTEST_MS, shownWindow } from "../../web/page/time-window.ts";
import type { RecordDescription, ViewOrder, ViewReport } from "../worker/messages.ts";
import { RecordedChronicle } from "./recorded-chronicle.ts";

/** The runs that the server has. */
export interface Listing {
  readonly name: string;
  readonly directory: string;
  readonly runs: readonly CatalogueRun[];
}

/** Moment from which a recorded run is continued live. */
export interface Fork {
  /** The state that it is simulated from. */
  readonly fromMs: number;
  readonly timeMs: number;
}

/** No more columns of pixels are drawn of a window, nor more counts of cells. */
const MOST_COLUMNS = 2400;
const MOST_COUNTS = 20e6;

/** Part of a window that is drawn beyond it on both sides, to be scrolled to. */
const MARGIN = 0.25;

/** Moments closer to each other are one: touches are made at multiples of this, ms. */
const STEP_MS = 10;

/** Recorded runs, one of which is looked at, or continued live. */
export class ViewedSession extends LiveSession {
  readonly listing: Signal<Listing | undefined> = signal(undefined);
  readonly record: Signal<RecordDescription | undefined> = signal(undefined);
  /** Work that is waited for, and which part of it is done. */
  readonly loading: Signal<{ readonly text: string; readonly done: number } | undefined> =
    signal(undefined);
  readonly fork: Signal<Fork | undefined> = signal(undefined);
  readonly #window: Signal<SpikeWindow | undefined> = signal(undefined);
  #id: number | undefined;
  /** A moment to go to once the run is open, ms. */
  #wantedMs: number | undefined;
  #isDrawing = false;
  /** The records that a window is asked for of, and was drawn of last: they grow. */
  #asksOf: RecordDescription | undefined;
  #drawnOf: RecordDescription | undefined;
  /** Whoever waits for a raster. */
  #drawn:
    | { readonly resolve: (raster: RasterData) => void; readonly reject: (error: Error) => void }
    | undefined;
  /** The moment that was asked for, and the one to be asked for next, ms. */
  #asked: number | undefined;
  #next: number | undefined;

  constructor(startWorker: () => Worker) {
    // No link: nothing is opened or played before a run is chosen.
    super(startWorker, { worker: startWorker(), link: "", said: [] });
    effect(() => this.#drawWindow());
  }

  override get shown(): ShownRecord {
    return this.fork.peek() ? this.chronicle : (this.#recorded() ?? this.chronicle);
  }

  override get past(): ShownRecord | undefined {
    const fork = this.fork.peek();
    return fork && this.#recorded(fork.timeMs);
  }

  /** Opens a run, at its end or at a moment. */
  openRun(id: number, timeMs?: number): void {
    this.#id = id;
    this.#wantedMs = timeMs;
    this.record.value = undefined;
    this.fork.value = undefined;
    this.problem.value = undefined;
    this.#window.value = undefined;
    this.#isDrawing = false;
    this.#asked = this.#next = undefined;
    this.loading.value = { text: "Opening the run", done: 0 };
    this.#send({ kind: "open-run", id });
  }

  /** Looks for what has been recorded since. */
  refresh(): void {
    this.#send({ kind: "refresh" });
  }

  /** Goes on live from the moment that is shown. */
  continueHere(): void {
    this.#fork({ speed: this.wantedSpeed.value });
  }

  /** Leaves what is played live, and shows the record at a moment. */
  returnTo(timeMs: number): void {
    this.#send({ kind: "return", timeMs });
  }

  /** Data of a raster figure of a stretch of the record. */
  raster(fromMs: number, untilMs: number): Promise<RasterData> {
    return new Promise((resolve, reject) => {
      this.#drawn = { resolve, reject };
      this.#send({ kind: "raster", fromMs, untilMs });
    });
  }

  override touch(what: EntrySource): void {
    if (this.fork.value || !this.record.value) super.touch(what);
    else this.#fork({ what });
  }

  override goTo(timeMs: number, windowMs = 0): void {
    const fork = this.fork.value;
    if (fork && timeMs >= fork.timeMs) super.goTo(timeMs, windowMs);
    else if (fork) this.returnTo(timeMs);
    else this.#look(timeMs);
  }

  protected override reopen(): void {
    if (this.#id !== undefined) this.openRun(this.#id, this.standing.value.timeMs);
  }

  protected override hear(report: ViewReport): void {
    if (report.kind === "loading") this.loading.value = report;
    else if (report.kind === "recorded") {
      batch(() => this.#take(report.record, report.standing));
    } else if (report.kind === "window") {
      this.#isDrawing = false;
      this.#drawnOf = this.#asksOf;
      this.#window.value = report.window;
      this.#renewGhost();
    } else if (report.kind === "raster") this.#drawn?.resolve(report.raster);
    else if (report.kind === "forked") this.fork.value = report;
    else {
      if (report.kind === "problem") {
        this.loading.value = undefined;
        this.#isDrawing = false;
        this.#asked = this.#next = undefined;
        this.#drawn?.reject(new Error(report.message));
      }
      const isLooking = this.fork.value === undefined;
      if (report.kind === "played" && isLooking) this.#arrived();
      const later = this.#next;
      super.hear(report);
      // What is asked for next is shown at once.
      if (isLooking && later !== undefined && report.kind === "played") this.#show(later);
    }
  }

  protected override takeUp(column: ColumnDescription, standing: Standing): void {
    super.takeUp(column, standing);
    const fork = this.fork.value;
    const recorded = this.#recorded();
    if (!fork || !recorded) return;
    this.chronicle = startedChronicle(cellKinds(column), fork.fromMs);
    const label = "as it was recorded";
    this.foreign.value = foreignGhost(recorded, fork.timeMs, label, false);
  }

  /** A record has been opened, or has grown, or is returned to. */
  #take(record: RecordDescription, standing: Standing): void {
    const known = this.record.value;
    const wasLive = this.fork.value;
    const hasGrown = known?.id === record.id && !wasLive;
    const wasAtEnd = hasGrown && this.standing.value.timeMs >= known.reachedMs;
    this.loading.value = undefined;
    this.record.value = record;
    // What grows is drawn anew by steps; a record that does not fills the width.
    const wholeMs = record.state === "recording" ? 0 : record.reachedMs;
    leastWholeMs.value = Math.max(SHORTEST_MS, wholeMs);
    if (hasGrown) {
      const { timeMs, isPlaying } = this.standing.value;
      this.standing.value = { ...standing, timeMs, isPlaying };
      if (wasAtEnd) this.#look(record.reachedMs);
      return;
    }
    const left = wasLive && this.chronicle;
    this.fork.value = undefined;
    this.takeUp(record.column, standing);
    if (left) {
      const label = `continued from ${wasLive.timeMs / 1000} s`;
      this.foreign.value = foreignGhost(left, wasLive.timeMs, label, true);
    }
    if (this.#wantedMs !== undefined) this.#look(this.#wantedMs);
    this.#wantedMs = undefined;
  }

  #fork(more: { readonly what?: EntrySource; readonly speed?: number }): void {
    const timeMs = STEP_MS * Math.round(this.standing.value.timeMs / STEP_MS);
    this.#send({ kind: "continue", timeMs, ...more });
  }

  /** Shows the record at a moment; the worker is asked for one after another. */
  #look(timeMs: number): void {
    const record = this.record.value;
    if (!record) return;
    const aimMs = Math.min(Math.max(timeMs, record.startMs), record.reachedMs);
    this.#show(aimMs);
    if (this.#asked !== undefined) {
      this.#next = aimMs;
      return;
    }
    this.#asked = aimMs;
    this.order({ kind: "go-to", timeMs: aimMs, fromMs: aimMs, passage: 0 });
  }

  #show(timeMs: number): void {
    this.standing.value = { ...this.standing.value, timeMs };
  }

  #arrived(): void {
    const next = this.#next;
    this.#asked = this.#next = undefined;
    if (next === undefined) return;
    this.#asked = next;
    this.order({ kind: "go-to", timeMs: next, fromMs: next, passage: 0 });
  }

  #recorded(endMs?: number): RecordedChronicle | undefined {
    const [record, window] = [this.record.peek(), this.#window.peek()];
    if (!record || !window) return undefined;
    const key = endMs ?? Infinity;
    const known = this.#chronicles;
    if (known.window !== window || known.record !== record) {
      this.#chronicles = { window, record, byEnd: new Map() };
    }
    const { byEnd } = this.#chronicles;
    const found =
      byEnd.get(key) ?? new RecordedChronicle(record, cellKinds(record.column), window, endMs);
    byEnd.set(key, found);
    return found;
  }

  /** Chronicles of the window that is known, so that each is the same as long as that is. */
  #chronicles: {
    readonly window: SpikeWindow | undefined;
    readonly record: RecordDescription | undefined;
    readonly byEnd: Map<number, RecordedChronicle>;
  } = { window: undefined, record: undefined, byEnd: new Map() };

  /** The record as the future that was left, with the window that is shown now. */
  #renewGhost(): void {
    const ghost = this.foreign.peek();
    const recorded = this.#recorded();
    if (ghost?.chronicle instanceof RecordedChronicle && recorded) {
      this.foreign.value = { ...ghost, chronicle: recorded };
    }
  }

  /** Asks for the spikes of the time that is shown, where they are not known. */
  #drawWindow(): void {
    const record = this.record.value;
    const known = this.#window.value;
    const { endMs, lengthMs } = shownWindow(this.standing.value.timeMs, this.knownMs.value);
    if (!record || this.#isDrawing) return;
    const most = Math.min(MOST_COLUMNS, MOST_COUNTS / record.column.cellCount);
    const columns = Math.min(most, Math.ceil(innerWidth * devicePixelRatio));
    const binMs = widthWithin(lengthMs / columns);
    const binsOf = (margin: number): Bins => ({
      binMs,
      firstBin: Math.max(0, Math.floor((endMs - (1 + margin) * lengthMs) / binMs)),
      endBin: Math.ceil(Math.min(endMs + margin * lengthMs, record.reachedMs) / binMs) + 1,
    });
    const needed = binsOf(0);
    const isKnown =
      this.#drawnOf === record &&
      known?.binMs === binMs &&
      known.firstBin <= needed.firstBin &&
      known.endBin >= needed.endBin;
    if (isKnown || needed.endBin <= needed.firstBin) return;
    this.#isDrawing = true;
    this.#asksOf = record;
    this.#send({ kind: "show", bins: binsOf(MARGIN) });
  }

  #send(order: ViewOrder): void {
    // Its worker knows more orders than that of the live page.
    this.order(order as Order);
  }
}

/** A record in grey; the futures of the column that is played have numbers from 0 on. */
const foreignGhost = (
  chronicle: ShownRecord,
  forkMs: number,
  label: string,
  isLeft: boolean,
): ForeignGhost => ({
  ...{ number: -1, chronicle, forkMs, label, isLeft },
  reachedMs: chronicle.untilMs,
});

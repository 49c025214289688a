import { experimentText } from "../../index.ts";
import type { LiveColumn } from "../../live/session/live-column.ts";
import type { DescriptionForm, Order, Standing } from "../../live/worker/messages.ts";
import { Player } from "../../live/worker/player.ts";
import { DamagedFileError } from "../../recording/errors.ts";
import { MissingFileError } from "../../recording/run-store.ts";
import { continuationCommand, recordedCommand } from "./commands.ts";
import { continuedColumn, experimentOf } from "./continuation.ts";
import { serverGone } from "./http-store.ts";
import type { ViewOrder, ViewReport } from "./messages.ts";
import { momentLink } from "./moment-link.ts";
import { RecordedRun, type ServedRun } from "./recorded-run.ts";

/** While a record is played, a report goes out this often, ms of real time. */
const REPORT_MS = 40;

/** Cells flash for spikes of so short a time before the moment, ms. */
const FLASH_MS = 200;

/** As fast as it goes: the whole record in so long, ms of real time. */
const SHORTEST_PLAY_MS = 30_000;

/** The server is asked so often how far an overview is, ms. */
const POLL_MS = 150;

type ContinueOrder = Extract<ViewOrder, { kind: "continue" }>;

/** Environment of the player. */
export interface ViewSurroundings {
  readonly send: (report: ViewReport, transfer?: ArrayBuffer[]) => void;
  readonly nowMs: () => number;
  /** Address of the page. */
  readonly base: string;
}

/** Shows a recorded run by orders, and plays it live from any moment. */
export class ViewedPlayer {
  readonly #surroundings: ViewSurroundings;
  /** Plays what was continued; undefined while the record is looked at. */
  #live:
    | { readonly player: Player; readonly column: LiveColumn; readonly timeMs: number }
    | undefined;
  #recorded: RecordedRun | undefined;
  /** Number of runs that were opened: an answer to an earlier request is of no use. */
  #opened = 0;
  #timeMs = 0;
  #speed = 0;
  #pace = { recordedMs: 0, realMs: 0 };
  #reportedMs = -Infinity;
  #passage = 0;
  #watched: number | undefined;

  constructor(surroundings: ViewSurroundings) {
    this.#surroundings = surroundings;
  }

  /** True if there is anything to do in a turn. */
  get isBusy(): boolean {
    return this.#live ? this.#live.player.isBusy : this.#speed > 0;
  }

  /** Carries out an order; what is wrong with it is reported. */
  obey(order: ViewOrder): void {
    if (order.kind === "open-run") void this.#open(order.id);
    else if (order.kind === "refresh") void this.#refresh();
    else this.#attempt("This cannot be done", () => this.#obey(order));
  }

  /** Goes on for a short while; returns how long to wait until it is called again, ms. */
  turn(): number {
    if (this.#live) return this.#live.player.turn();
    const recorded = this.#recorded;
    if (!recorded) return REPORT_MS;
    const nowMs = this.#surroundings.nowMs();
    const most = (recorded.endMs - recorded.startMs) / SHORTEST_PLAY_MS;
    const speed = Number.isFinite(this.#speed) ? this.#speed : Math.max(100, most);
    const untilMs = this.#pace.recordedMs + speed * (nowMs - this.#pace.realMs);
    if (nowMs - this.#reportedMs < REPORT_MS) return 5;
    const fromMs = this.#timeMs;
    this.#timeMs = Math.min(untilMs, recorded.endMs);
    if (untilMs >= recorded.endMs) this.#speed = 0;
    this.#attempt("This cannot be played", () => this.#report(fromMs, speed));
    return 5;
  }

  #obey(order: Exclude<ViewOrder, { kind: "open-run" | "refresh" }>): void {
    const { send } = this.#surroundings;
    if (order.kind === "show") {
      const window = this.#known().window(order.bins);
      send({ kind: "window", window }, [window.counts.buffer, window.sums.buffer]);
    } else if (order.kind === "raster") {
      const raster = this.#known().raster(order.fromMs, order.untilMs);
      send({ kind: "raster", raster });
    } else if (order.kind === "continue") this.#continue(order);
    else if (order.kind === "return") this.#return(order.timeMs);
    else if (this.#live && order.kind === "describe" && order.form !== "file") {
      this.#describeLive(this.#live, order.form);
    } else if (this.#live) this.#live.player.obey(order);
    else this.#obeyRecorded(order);
  }

  /** Orders while the record is looked at. */
  #obeyRecorded(order: Order): void {
    if (order.kind === "play") {
      this.#speed = order.speed;
      const recorded = this.#known();
      if (this.#timeMs >= recorded.endMs) this.#timeMs = recorded.startMs;
      this.#pace = { recordedMs: this.#timeMs, realMs: this.#surroundings.nowMs() };
    } else if (order.kind === "pause") {
      this.#speed = 0;
      this.#report(this.#timeMs);
    } else if (order.kind === "go-to") {
      this.#passage = order.passage;
      this.#goTo(order.timeMs);
    } else if (order.kind === "watch") {
      this.#watched = order.cell;
      this.#report(this.#timeMs);
    } else if (order.kind === "touch") {
      this.#continue({ timeMs: this.#timeMs, what: order.what });
    } else if (order.kind === "describe") this.#describe(order.form);
  }

  #goTo(timeMs: number): void {
    const { startMs, endMs } = this.#known();
    this.#timeMs = Math.min(Math.max(timeMs, startMs), endMs);
    this.#pace = { recordedMs: this.#timeMs, realMs: this.#surroundings.nowMs() };
    this.#report(this.#timeMs);
  }

  /** Opens a run as soon as the server has its overview. */
  async #open(id: number): Promise<void> {
    const number = ++this.#opened;
    this.#live = undefined;
    this.#recorded = undefined;
    this.#speed = 0;
    this.#watched = undefined;
    this.#passage = 0;
    try {
      const served = await this.#served(id, () => number === this.#opened);
      if (!served) return;
      this.#recorded = new RecordedRun(this.#surroundings.base, served);
      this.#timeMs = this.#recorded.endMs;
      this.#announce();
      this.#report(this.#timeMs);
    } catch (error) {
      this.#complain("This run cannot be opened", error);
    }
  }

  /** Opens the record again where it has grown. */
  async #refresh(): Promise<void> {
    const [number, known] = [this.#opened, this.#recorded];
    if (!known) return;
    try {
      const served = await this.#served(known.id, () => number === this.#opened);
      if (!served || known !== this.#recorded || known.isOf(served)) return;
      this.#recorded = new RecordedRun(this.#surroundings.base, served);
      this.#announce();
    } catch (error) {
      this.#complain("The record cannot be followed", error);
    }
  }

  /** The server's answer about a run whose overview is complete; undefined when another is wanted. */
  async #served(id: number, isWanted: () => boolean): Promise<ServedRun | undefined> {
    for (;;) {
      const response = await fetch(`${this.#surroundings.base}runs/${id}/run.json`).catch(() => {
        throw serverGone();
      });
      if (!isWanted()) return undefined;
      if (!response.ok) throw new Error((await response.text()).trim());
      const found = (await response.json()) as ServedRun & { readonly progress?: number };
      if (found.progress === undefined) return found;
      const text = "Counting the spikes for the overview, once";
      this.#surroundings.send({ kind: "loading", text, done: found.progress });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  #announce(): void {
    const record = this.#known().describe();
    this.#surroundings.send({ kind: "recorded", record, standing: this.#standing() });
  }

  #continue({ timeMs, what, speed }: Omit<ContinueOrder, "kind">): void {
    const recorded = this.#known();
    const column = continuedColumn(recorded, timeMs);
    this.#speed = 0;
    const { send, nowMs } = this.#surroundings;
    send({ kind: "forked", fromMs: column.timeMs, timeMs });
    const player = new Player({ send, nowMs });
    this.#live = { player, column, timeMs };
    player.adopt(column, recorded.history.record.manifest.label, timeMs);
    if (what) player.obey({ kind: "touch", what });
    if (speed !== undefined) player.obey({ kind: "play", speed });
  }

  #return(timeMs: number): void {
    this.#live = undefined;
    const recorded = this.#known();
    this.#timeMs = Math.min(Math.max(timeMs, recorded.startMs), recorded.endMs);
    this.#speed = 0;
    this.#announce();
    this.#report(this.#timeMs);
  }

  /** The record's moment, with the spikes since another one. */
  #report(fromMs: number, speed = 0): void {
    const recorded = this.#known();
    this.#reportedMs = this.#surroundings.nowMs();
    const untilMs = this.#timeMs;
    const since = Math.max(fromMs, untilMs - FLASH_MS);
    const { timesMs, cells } =
      untilMs > since ? recorded.spikes(since, untilMs) : recorded.spikes(untilMs, untilMs);
    const samples = [recorded.sample(untilMs, this.#watched)];
    const piece = { fromMs, untilMs, timesMs, cells, samples, events: [] };
    this.#surroundings.send({ kind: "played", piece, standing: this.#standing(speed) });
  }

  #standing(speed = 0): Standing {
    const pace = { passage: this.#passage, isPlaying: this.#speed > 0, speed };
    return this.#known().standing(this.#timeMs, pace);
  }

  #describe(form: DescriptionForm): void {
    const recorded = this.#known();
    const experiment = experimentOf(recorded);
    const texts: Readonly<Record<DescriptionForm, () => string>> = {
      link: () => momentLink(recorded.id, this.#timeMs),
      file: () => experimentText(experiment),
      command: () => recordedCommand(recorded, experiment),
    };
    const description = { form, text: texts[form](), momentMs: this.#timeMs };
    this.#surroundings.send({ kind: "described", description });
  }

  /** Description of the branch of the run that goes on live. */
  #describeLive(
    { column, timeMs }: { readonly column: LiveColumn; readonly timeMs: number },
    form: "link" | "command",
  ): void {
    const recorded = this.#known();
    const text =
      form === "link"
        ? momentLink(recorded.id, timeMs)
        : continuationCommand(recorded, timeMs, column);
    const description = { form, text, momentMs: column.timeMs };
    this.#surroundings.send({ kind: "described", description });
  }

  #known(): RecordedRun {
    if (this.#recorded) return this.#recorded;
    throw new Error("No run is open. Choose one from the list.");
  }

  #attempt(title: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#speed = 0;
      this.#complain(title, error);
    }
  }

  #complain(title: string, error: unknown): void {
    if (!(error instanceof Error)) throw error;
    const message =
      error instanceof MissingFileError || error instanceof DamagedFileError
        ? `${error.message} It may have been deleted, replaced or damaged meanwhile: open the run again.`
        : error.message;
    this.#surroundings.send({ kind: "problem", title, message });
  }
}

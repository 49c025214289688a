import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { EntrySource } from "../../index.ts";
import { Chronicle, cellKinds, chapterOf, type ShownRecord } from "../../live/session/chronicle.ts";
import type {
  ColumnDescription,
  Description,
  DescriptionForm,
  FutureListing,
  Mark,
  Order,
  Piece,
  Report,
  Sample,
  Standing,
} from "../../live/worker/messages.ts";
import { OPENING_SPEED, openingSpeed } from "./column-worker.ts";
import { afterNextFrame } from "./frames.ts";

/** A worker that was started before anybody listened, and what it has said meanwhile. */
export interface EarlyWorker {
  readonly worker: Worker;
  /** Request of `LiveSession.open`. */
  readonly link: string | undefined;
  readonly said: readonly Report[];
  /** Reason for which it could not begin. */
  readonly failure?: string | undefined;
}

/** Something that went wrong, in words. */
export interface Problem {
  readonly title: string;
  readonly message: string;
}

/** A future that was left, and its record. */
export interface Ghost extends FutureListing {
  readonly chronicle: ShownRecord;
}

/** A ghost of another source than the column that is played, and cannot be returned to. */
export interface ForeignGhost extends Ghost {
  /** False as long as the present future is the same as far as is known. */
  readonly isLeft: boolean;
}

/** Listener to the spikes as they come, to be shown at once. */
export type PieceListener = (piece: Piece) => void;

const ORIGIN: Standing = {
  passage: 0,
  timeMs: 0,
  reachedMs: 0,
  isPlaying: false,
  isSeeking: true,
  speed: 0,
  learningOn: false,
  scalingOn: false,
  parameters: {},
  external: 1,
  marks: [],
  future: { number: 0, label: "", forkMs: 0, reachedMs: 0 },
  left: [],
};

/** Orders that change the experiment. */
const changes: readonly string[] = ["touch", "renew", "open", "open-file", "continue"];

/** State of the column that the page's worker simulates, and requests to it. */
export class LiveSession {
  readonly column: Signal<ColumnDescription | undefined> = signal(undefined);
  readonly standing: Signal<Standing> = signal(ORIGIN);
  readonly sample: Signal<Sample | undefined> = signal(undefined);
  readonly problem: Signal<Problem | undefined> = signal(undefined);
  /** Records of futures that were left, by their numbers. */
  readonly #records: Signal<ReadonlyMap<number, Chronicle>> = signal(new Map());
  /** Record of the present future beyond the moment that was gone back to. */
  readonly #ahead: Signal<Chronicle | undefined> = signal(undefined);
  /** A record of another source that is compared with. */
  protected readonly foreign: Signal<ForeignGhost | undefined> = signal(undefined);
  /** Futures that were left, the last one last. */
  readonly ghosts: ReadonlySignal<readonly Ghost[]> = computed(() => {
    const foreign = this.foreign.value;
    const own = this.standing.value.left.flatMap((listing) => {
      const chronicle = this.#records.value.get(listing.number);
      return chronicle ? [{ ...listing, chronicle }] : [];
    });
    return foreign?.isLeft ? [foreign, ...own] : own;
  });
  /** Records that are shown in grey: what lies ahead, and the futures that were left. */
  readonly greyRecords: ReadonlySignal<readonly (ShownRecord | undefined)[]> = computed(() => {
    const foreign = this.foreign.value;
    const likely = foreign?.isLeft === false ? foreign.chronicle : undefined;
    return [this.#ahead.value ?? likely, ...this.ghosts.value.map(({ chronicle }) => chronicle)];
  });
  /** The speed asked for, simulated over real time. */
  readonly wantedSpeed: Signal<number> = signal(OPENING_SPEED);
  readonly watched: Signal<number | undefined> = signal(undefined);
  /** Latest known time of all shown futures, ms. */
  readonly knownMs: ReadonlySignal<number> = computed(() =>
    Math.max(
      this.standing.value.reachedMs,
      ...this.greyRecords.value.map((record) => record?.untilMs ?? 0),
    ),
  );
  /** The last touch before now: what one goes back to. */
  readonly lastTouch: ReadonlySignal<Mark | undefined> = computed(() => {
    const { marks, timeMs } = this.standing.value;
    return marks.findLast((mark) => mark.isTouched && mark.timeMs < timeMs);
  });
  /** Cells that were painted on the column, ascending. */
  readonly chosen: Signal<readonly number[]> = signal([]);
  /** The column has been seen to fire, or to wait for somebody: whatever could wait may follow. */
  readonly underWay: Promise<void>;
  #comeUnderWay!: () => void;
  chronicle = new Chronicle({
    ...{ cellCount: 1, columnCount: 1 },
    isExcitatory: new Uint8Array(1),
  });
  readonly #listeners = new Set<PieceListener>();
  readonly #startWorker: () => Worker;
  #worker: Worker;
  /** Those who wait for a description, in order. */
  #asking: readonly { form: DescriptionForm; take(description: Description): void }[] = [];
  /** Last description; a lost worker is followed by one that opens it. */
  #lastLink: string | undefined;
  /** Number of jumps to another moment; see `Standing`. */
  #passage = 0;
  /** Number of the future that the chronicle is of. */
  #future = 0;

  /** @param early the worker that opens the first column, before the page itself is there */
  constructor(startWorker: () => Worker, { worker, link, said, failure }: EarlyWorker) {
    this.#startWorker = startWorker;
    this.underWay = new Promise((resolve) => {
      this.#comeUnderWay = () => afterNextFrame(resolve);
    });
    this.#worker = this.#listenedTo(worker);
    this.#lastLink = link;
    for (const report of said) this.hear(report);
    if (failure !== undefined) this.#lose(failure);
  }

  /** Record of the present future that is shown. */
  get shown(): ShownRecord {
    return this.chronicle;
  }

  /** Record that is shown before that one begins. */
  get past(): ShownRecord | undefined {
    return undefined;
  }

  listen(listener: PieceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens a link at its moment, or the column that plays when nothing else is asked for. */
  open(link: string | undefined): void {
    this.#lastLink = link;
    this.order({ kind: "open", link, speed: openingSpeed(link, this.wantedSpeed.value) });
  }

  /** Opens an experiment file, or a zip archive of a run. */
  async openFile(file: File): Promise<void> {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      this.order({ kind: "open-file", bytes, name: file.name });
    } catch {
      const message = `${file.name} cannot be read. If it is a directory, pack it as a zip archive, or look at it with isocortex view.`;
      this.problem.value = { title: "This cannot be opened", message };
    }
  }

  play(speed = this.wantedSpeed.value): void {
    this.wantedSpeed.value = speed;
    this.order({ kind: "play", speed });
    this.standing.value = { ...this.standing.value, isPlaying: true };
  }

  pause(): void {
    this.order({ kind: "pause" });
    this.standing.value = { ...this.standing.value, isPlaying: false };
  }

  togglePlay(): void {
    if (this.standing.value.isPlaying) this.pause();
    else this.play();
  }

  setSpeed(speed: number): void {
    this.wantedSpeed.value = speed;
    if (this.standing.value.isPlaying) this.play(speed);
  }

  /** Does something to the column, now. */
  touch(what: EntrySource): void {
    this.order({ kind: "touch", what });
  }

  /** Begins anew, without what was done, with a parameter changed. */
  renew(name: string, value: string): void {
    const assignments = [`${name}=${value}`];
    this.order({ kind: "renew", assignments, speed: this.wantedSpeed.value });
  }

  /** Goes to another moment; the window is how much before it is shown, ms. */
  goTo(timeMs: number, windowMs = 0): void {
    const { timeMs: nowMs } = this.standing.value;
    const aimMs = Math.max(0, Math.round(timeMs / 10) * 10);
    if (aimMs === nowMs) return;
    const fromMs = aimMs > nowMs ? nowMs : chapterOf(Math.max(0, aimMs - windowMs));
    if (aimMs < nowMs) {
      this.#ahead.value ??= this.chronicle;
      this.chronicle = this.#ahead.value.copyUntil(fromMs);
    }
    this.order({ kind: "go-to", timeMs: aimMs, fromMs, passage: this.#setOut() });
  }

  /** Returns to a future that was left, as far as it is known; the present one is left for it. */
  returnToFuture(number: number): void {
    const chronicle = this.#records.value.get(number);
    if (!chronicle) return;
    const records = new Map(this.#records.value);
    records.set(this.#future, this.#ahead.value ?? this.chronicle);
    records.delete(number);
    this.#records.value = records;
    this.#ahead.value = undefined;
    this.#future = number;
    this.chronicle = chronicle;
    const timeMs = chronicle.untilMs;
    this.order({ kind: "return", future: number, timeMs, passage: this.#setOut() });
  }

  /** Request for another moment: reports that were sent before it are ignored. */
  #setOut(): number {
    this.standing.value = { ...this.standing.value, isSeeking: true };
    this.#passage++;
    return this.#passage;
  }

  /** Follows one cell's state. */
  watch(cell: number | undefined): void {
    this.watched.value = cell;
    this.order({ kind: "watch", cell });
  }

  /** Chooses cells besides those that are chosen. */
  choose(cells: readonly number[]): void {
    const chosen = new Set([...this.chosen.value, ...cells]);
    if (chosen.size > this.chosen.value.length) {
      this.chosen.value = [...chosen].sort((one, other) => one - other);
    }
  }

  forgetFuture(ghost: Ghost): void {
    if (ghost === this.foreign.value) this.foreign.value = undefined;
    else this.order({ kind: "forget", future: ghost.number });
  }

  /** The experiment up to now, to be taken away. */
  describe(form: DescriptionForm): Promise<Description> {
    return new Promise((take) => {
      this.#asking = [...this.#asking, { form, take }];
      this.order({ kind: "describe", form });
    });
  }

  protected order(order: Order): void {
    // What was wrong with an earlier one is of no use any more.
    if (changes.includes(order.kind)) this.problem.value = undefined;
    this.#worker.postMessage(order);
  }

  #listenedTo(worker: Worker): Worker {
    worker.onmessage = ({ data }: MessageEvent<Report>) => this.hear(data);
    worker.onerror = ({ message }) => this.#lose(message);
    worker.onmessageerror = () => this.#lose("a message could not be read");
    return worker;
  }

  /** Opens again what was opened or described last. */
  protected reopen(): void {
    this.open(this.#lastLink);
  }

  /** The worker has failed: another one opens what was last opened or described. */
  #lose(reason: string): void {
    this.#worker.terminate();
    if (!this.column.value) {
      const message = `Reload the page, or try another browser: it needs WebAssembly with SIMD, and module workers. (${reason})`;
      this.problem.value = { title: "The simulation could not begin", message };
      return;
    }
    this.#worker = this.#listenedTo(this.#startWorker());
    this.#asking = [];
    const message =
      "The simulation stopped and was started anew from what was last opened or shared. " +
      `What happened since is lost. (${reason})`;
    this.reopen();
    this.problem.value = { title: "The simulation was lost", message };
  }

  protected hear(report: Report): void {
    batch(() => {
      if (report.kind === "opened") this.takeUp(report.column, report.standing);
      else if (report.kind === "played") this.#takeIn(report.piece, report.standing);
      else if (report.kind === "changed") this.#change(report.standing);
      else if (report.kind === "described") {
        const { form, text } = report.description;
        if (form === "link") this.#lastLink = text;
        const asker = this.#asking.find((one) => one.form === form);
        this.#asking = this.#asking.filter((one) => one !== asker);
        asker?.take(report.description);
      } else if (report.kind === "problem") {
        this.problem.value = { title: report.title, message: report.message };
      }
    });
  }

  protected takeUp(column: ColumnDescription, standing: Standing): void {
    this.chronicle = new Chronicle(cellKinds(column));
    this.#passage = 0;
    this.#future = standing.future.number;
    this.#records.value = new Map();
    this.#ahead.value = undefined;
    this.foreign.value = undefined;
    this.watched.value = undefined;
    this.chosen.value = [];
    this.column.value = column;
    this.standing.value = standing;
  }

  #change(standing: Standing): void {
    if (standing.passage !== this.#passage) return;
    const foreign = this.foreign.value;
    if (foreign) this.foreign.value = { ...foreign, isLeft: true };
    const { number } = standing.future;
    if (number !== this.#future) {
      const left = this.#ahead.value ?? this.chronicle.copyUntil(this.chronicle.untilMs);
      this.#records.value = new Map([...this.#records.value, [this.#future, left]]);
      this.#ahead.value = undefined;
      this.#future = number;
    }
    this.standing.value = standing;
    const known = this.#records.value;
    const isKept = (one: number) => standing.left.some((listing) => listing.number === one);
    if (![...known.keys()].every(isKept)) {
      this.#records.value = new Map([...known].filter(([one]) => isKept(one)));
    }
  }

  #takeIn(piece: Piece, standing: Standing): void {
    this.order({ kind: "heard" });
    if (standing.passage !== this.#passage) return;
    this.chronicle.add(piece);
    if (piece.untilMs >= (this.#ahead.value?.untilMs ?? Infinity)) this.#ahead.value = undefined;
    const foreign = this.foreign.value;
    if (foreign?.isLeft === false && piece.untilMs >= foreign.reachedMs) {
      this.foreign.value = undefined;
    }
    this.standing.value = standing;
    const sample = piece.samples.at(-1);
    if (sample) this.sample.value = sample;
    if (piece.cells.length > 0 || !standing.isPlaying) this.#comeUnderWay();
    for (const listener of this.#listeners) listener(piece);
  }
}

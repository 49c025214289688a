import {
  type EntrySource,
  type EventSink,
  type Experiment,
  type Network,
  Simulation,
  type SpikeSink,
} from "../../index.ts";
import type { SimulationState } from "../../recording/checkpoint.ts";
import { exhaustionNotes, type RunEvent } from "../../recording/run-event.ts";
import type { Entry } from "../../timeline/entry.ts";
import { firstBeginning } from "../../timeline/when.ts";
import { Snapshots } from "./snapshots.ts";
import { readTexts, touchEntry } from "./touches.ts";

/** Touches are made at multiples of this, ms. */
export const STEP_MS = 10;

/** Receives what happens as time goes on. */
export interface LiveSinks {
  readonly onSpikes: SpikeSink;
  readonly onEvent?: EventSink;
}

const unheard: LiveSinks = { onSpikes: () => {} };

/** One course of a column: its interventions, and the states that are known of it. */
export interface Future {
  readonly number: number;
  readonly entries: readonly EntrySource[];
  /** The same as they are understood. */
  readonly timeline: readonly Entry[];
  /** Ids of entries that were made by touch, and when each begins, ms. */
  readonly touched: ReadonlyMap<string, number>;
  readonly snapshots: Snapshots;
  readonly reachedMs: number;
}

/** A future that was left for another one, and can be returned to. */
export interface LeftFuture extends Future {
  /** Time at which it parted from the one that was taken, ms. */
  readonly forkMs: number;
}

/** So many futures that were left are kept; the oldest are forgotten. */
export const MOST_LEFT = 2;

/**
 * An experiment that is played: it goes on, is touched, goes back and takes another course.
 *
 * Each touch is an entry of the experiment's timeline, so that the experiment as it is at any moment,
 * simulated from its beginning, gives the same bits.
 */
export class LiveColumn {
  readonly network: Network;
  readonly #base: Experiment;
  #snapshots = new Snapshots();
  #touched: ReadonlyMap<string, number>;
  #simulation: Simulation;
  /** The earliest time that it can go back to, ms. */
  readonly #startMs: number;
  /** Latest known time of the present future, ms. */
  #reachedMs = 0;
  /** Number of the present future, and how many there have been. */
  #future = 0;
  #futures = 1;
  #left: readonly LeftFuture[] = [];

  /**
   * @param touched ids of entries that were made by touch: another future does not keep them
   * @param start a state of the experiment, from which it goes on; by default its beginning
   */
  constructor(experiment: Experiment, touched: readonly string[] = [], start?: SimulationState) {
    this.#base = experiment;
    this.#simulation = new Simulation(experiment.parameters, { entries: experiment.entries });
    if (start) this.#simulation.restore(start);
    this.#startMs = this.#reachedMs = this.timeMs;
    this.network = this.#simulation.network;
    this.#touched = new Map(touched.map((id) => [id, this.#beginningOf(id)]));
    this.#keep();
  }

  /** The experiment with all that was done to it. */
  get experiment(): Experiment {
    return { ...this.#base, entries: this.#simulation.entries };
  }

  get touched(): readonly string[] {
    return [...this.#touched.keys()];
  }

  get timeMs(): number {
    return this.#simulation.timeMs;
  }

  get durationMs(): number {
    return this.#simulation.durationMs;
  }

  get reachedMs(): number {
    return this.#reachedMs;
  }

  /** The future that the column is in. */
  get present(): Future {
    const { entries, timeline } = this.#simulation;
    return {
      ...{ number: this.#future, entries, timeline, touched: this.#touched },
      ...{ snapshots: this.#snapshots, reachedMs: this.#reachedMs },
    };
  }

  /** Futures that were left, the last one last. */
  get left(): readonly LeftFuture[] {
    return this.#left;
  }

  /** The simulation at the time reached, to be looked at only. */
  get simulation(): Simulation {
    return this.#simulation;
  }

  /** Goes on, at most to the end of the experiment; snapshots are taken on the way. */
  advance(untilMs: number, { onSpikes, onEvent }: LiveSinks = unheard): void {
    while (this.timeMs < Math.min(untilMs, this.durationMs)) {
      const nextMs = Math.min(untilMs, this.#snapshots.dueAfter(this.timeMs));
      this.#simulation.advance(nextMs, onSpikes, onEvent);
      this.#keep();
    }
    if (this.timeMs === this.durationMs) this.#simulation.finish(onEvent);
    this.#reachedMs = Math.max(this.#reachedMs, this.timeMs);
  }

  /**
   * Does something at the moment reached. Where the column has gone back, this is where another
   * future begins, without the touches that lie ahead; the earlier one is left.
   *
   * @param what an entry without its beginning, see `touchEntry`; texts are read as those of a file
   * @returns the entry
   * @throws {InvalidTimelineError} with all that is wrong with it; nothing is changed then
   */
  touch(what: EntrySource): EntrySource {
    const { timeMs } = this;
    const kept = this.#simulation.entries.filter(({ id }) => !this.#liesAfter(id, timeMs));
    const entry = touchEntry(readTexts(what) as EntrySource, timeMs, kept);
    const { present } = this;
    this.#simulation.intervene(entry);
    const hasMore = [...present.touched.values()].some((beginsMs) => beginsMs > timeMs);
    if (hasMore || present.reachedMs > timeMs) this.#fork(present, timeMs);
    this.#touched = new Map([...this.#touched, [entry.id, timeMs]]);
    return entry;
  }

  /** Leaves the future that is known for another one. */
  #fork(known: Future, forkMs: number): void {
    const ahead = [...known.touched.keys()].filter((id) => this.#liesAfter(id, forkMs));
    for (const id of ahead) this.#simulation.intervene({ id, remove: true });
    this.#touched = new Map([...known.touched].filter(([id]) => !ahead.includes(id)));
    this.#snapshots = known.snapshots.copyUntil(forkMs);
    this.#reachedMs = forkMs;
    this.#left = [...this.#left, { ...known, forkMs }].slice(-MOST_LEFT);
    this.#future = this.#futures++;
  }

  /**
   * Returns to a future that was left; the present one is left for it.
   *
   * @param timeMs where what is known of it is taken up; the state kept before it is restored
   */
  returnTo(number: number, timeMs: number): void {
    const chosen = this.#left.find((one) => one.number === number);
    if (!chosen) throw new RangeError("This future is no longer known.");
    const { forkMs } = chosen;
    const others = this.#left.filter((one) => one !== chosen);
    this.#left = [...others, { ...this.present, forkMs }];
    this.#future = number;
    this.#snapshots = chosen.snapshots;
    this.#touched = chosen.touched;
    this.#reachedMs = chosen.reachedMs;
    this.#restore(timeMs, chosen.entries);
  }

  /** Notes on an event that say what had no effect, by the label of its entry. */
  notesOn(event: RunEvent): string[] {
    const entry = this.#simulation.timeline.find(({ id }) => id === event.entry);
    return exhaustionNotes(event, entry && `“${entry.kind.label(entry.action)}”`);
  }

  /** Forgets a future that was left. */
  forget(number: number): void {
    this.#left = this.#left.filter((one) => one.number !== number);
  }

  /**
   * Goes to another moment, back by the state that was kept before it; what lies between is
   * simulated anew, to the same bits.
   *
   * @param fromMs where the sinks begin to hear, as far as a state is kept there or before it
   */
  goTo(aimMs: number, sinks: LiveSinks = unheard, soundMs = aimMs): void {
    const [timeMs, fromMs] = [aimMs, soundMs].map((one) => Math.max(one, this.#startMs)) as [
      number,
      number,
    ];
    this.goBack(Math.min(timeMs, fromMs));
    if (this.timeMs < fromMs) this.advance(Math.min(fromMs, timeMs));
    this.advance(timeMs, sinks);
  }

  /** Takes up the last state that was kept before a time, if that lies in the past. */
  goBack(timeMs: number): void {
    if (timeMs < this.timeMs) this.#restore(timeMs, this.#simulation.entries);
  }

  /** Takes up the last state that was kept before a time, with other entries. */
  #restore(timeMs: number, entries: readonly EntrySource[]): void {
    const { network } = this;
    const snapshot = this.#snapshots.before(timeMs)!;
    const earlier = new Simulation(this.#base.parameters, { network, entries: snapshot.entries });
    earlier.restore(snapshot.state);
    for (const { id } of snapshot.entries) {
      if (!entries.some((one) => one["id"] === id)) earlier.intervene({ id, remove: true });
    }
    for (const entry of entries) {
      if (!snapshot.entries.some(({ id }) => id === entry["id"])) earlier.intervene(entry);
    }
    this.#simulation = earlier;
  }

  #keep(): void {
    const { timeMs } = this;
    const { entries } = this.#simulation;
    this.#snapshots.add(timeMs, () => ({ timeMs, entries, state: this.#simulation.snapshot() }));
  }

  #liesAfter(id: unknown, timeMs: number): boolean {
    return (this.#touched.get(String(id)) ?? 0) > timeMs;
  }

  #beginningOf(id: string): number {
    const entry = this.#simulation.timeline.find((one) => one.id === id);
    if (!entry) throw new RangeError(`There is no entry ${id} in the experiment.`);
    const { when } = entry;
    return when.form === "measured" ? when.fromMs : firstBeginning(when, 0);
  }
}

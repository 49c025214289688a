import {
  type EntrySource,
  type EventSink,
  type Experiment,
  type Network,
  Simulation,
  type SpikeSink,
} from "../../index.ts";
import type { SimulationState } from "../../recording/checkpoint.ts";
import { firstBeginning } from "../../timeline/when.ts";
import { Snapshots } from "./snapshots.ts";
import { touchEntry } from "./touches.ts";

/** Touches are made at multiples of this, ms. */
export const STEP_MS = 10;

/** Receives what happens as time goes on. */
export interface LiveSinks {
  readonly onSpikes: SpikeSink;
  readonly onEvent?: EventSink;
}

const unheard: LiveSinks = { onSpikes: () => {} };

/**
 * An experiment that is played: it goes on, is touched, goes back and takes another course.
 *
 * Each touch is an entry of the experiment's timeline, so that the experiment as it is at any moment,
 * simulated from its beginning, gives the same bits.
 */
export class LiveColumn {
  readonly network: Network;
  readonly #base: Experiment;
  readonly #snapshots = new Snapshots();
  /** Ids of entries that were made by touch, and when each begins, ms. */
  readonly #touched: Map<string, number>;
  #simulation: Simulation;
  /** The earliest time that it can go back to, ms. */
  readonly #startMs: number;
  /** Latest known time of the present future, ms. */
  #reachedMs = 0;

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

  /** The simulation at the time reached, to be looked at only. */
  get simulation(): Simulation {
    return this.#simulation;
  }

  /** Goes on, at most to the end of the experiment; snapshots are taken on the way. */
  advance(untilMs: number, { onSpikes, onEvent }: LiveSinks = unheard): void {
    const endMs = Math.min(untilMs, this.durationMs);
    while (this.timeMs < endMs) {
      const nextMs = Math.min(endMs, this.#snapshots.dueAfter(this.timeMs));
      this.#simulation.advance(nextMs, onSpikes, onEvent);
      this.#keep();
    }
    if (this.timeMs === this.durationMs) this.#simulation.finish(onEvent);
    this.#reachedMs = Math.max(this.#reachedMs, this.timeMs);
  }

  /**
   * Does something at the moment reached. Where the column has gone back, this is where another
   * future begins: touches of the earlier one that lie ahead are forgotten.
   *
   * @param what an entry without its beginning; see `touchEntry`
   * @returns the entry
   * @throws {InvalidTimelineError} with all that is wrong with it; nothing is changed then
   */
  touch(what: EntrySource): EntrySource {
    const { timeMs } = this;
    const kept = this.#simulation.entries.filter(({ id }) => !this.#liesAfter(id, timeMs));
    const entry = touchEntry(what, timeMs, kept);
    this.#simulation.intervene(entry);
    for (const id of [...this.#touched.keys()].filter((one) => this.#liesAfter(one, timeMs))) {
      this.#simulation.intervene({ id, remove: true });
      this.#touched.delete(id);
    }
    this.#touched.set(entry.id, timeMs);
    this.#snapshots.forgetAfter(timeMs);
    this.#reachedMs = timeMs;
    return entry;
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
    if (timeMs < this.timeMs) this.#restore(Math.min(timeMs, fromMs));
    if (this.timeMs < fromMs) this.advance(Math.min(fromMs, timeMs));
    this.advance(timeMs, sinks);
  }

  /** Takes up the last state that was kept before a time, with all entries there are now. */
  #restore(timeMs: number): void {
    const { network } = this;
    const { entries } = this.#simulation;
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

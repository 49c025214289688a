import type { CellState } from "../engine/cell-state.ts";
import type { RunEvent } from "../recording/run-event.ts";
import type { TimelineState } from "../recording/timeline-state.ts";
import type { Column } from "../timeline/column.ts";
import { type Entry, isSameEntry } from "../timeline/entry.ts";
import type { Happening, InstantKind, StateKind } from "../timeline/interventions/kind.ts";
import { interventionKinds } from "../timeline/interventions/registry.ts";
import { endOf, LOOK_MS, lastBeginning, nextBeginning } from "../timeline/when.ts";
import {
  type Course,
  courseOf,
  courseState,
  heldOf,
  restoreCourse,
  succeedingCourse,
} from "./course.ts";

/** State of a timeline. */
interface Standing {
  readonly courses: readonly Course[];
  /** Entries whose states hold, in the order in which they began. */
  readonly held: readonly Course[];
  /** Time at which closed loops look next, if there are any. */
  readonly nextLookMs: number | undefined;
  /** The entry that has ended the run. */
  readonly ended: Course | undefined;
}

/**
 * Entries of a run, each at its times.
 *
 * At one instant, all before the cells' events: closed loops look first; then kind by kind in the
 * order of the registry, ends before beginnings, and in the order of the timeline among them.
 */
export class Timeline {
  readonly #column: Column;
  #courses: Course[];
  /** Entries whose states hold, in the order in which they began. */
  #held: Course[] = [];
  #nextLookMs = LOOK_MS;
  #ended: Course | undefined;

  constructor(entries: readonly Entry[], column: Column) {
    this.#column = column;
    this.#courses = entries.map((entry) => courseOf(entry, 0, column));
    this.#resume();
  }

  get entries(): readonly Entry[] {
    return this.#courses.map(({ entry }) => entry);
  }

  /** Time at which something is due next, ms; Infinity if nothing is. */
  get nextMs(): number {
    let nextMs = this.#looks ? this.#nextLookMs : Infinity;
    for (const course of this.#courses) {
      nextMs = Math.min(nextMs, course.nextMs, course.held?.untilMs ?? Infinity);
    }
    return nextMs;
  }

  /** True if an entry has ended the run at the time reached. */
  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** True if spikes matter to what happens. */
  get countsSpikes(): boolean {
    return this.#courses.some(({ watch }) => watch?.countsSpikes);
  }

  /** Takes note of the first `count` cells listed, which have fired since the last call. */
  countSpikes(cells: Uint32Array, count: number): void {
    for (const { watch } of this.#courses) watch?.countSpikes(cells, count);
  }

  /** Carries out all that is due at the time reached. */
  apply(): RunEvent[] {
    const { timeMs } = this.#column;
    if (this.#looks && this.#nextLookMs === timeMs) this.#look();
    const events: RunEvent[] = [];
    for (const kind of interventionKinds()) {
      if (kind.form === "instant") this.#act(kind, events);
      else this.#switch(kind, events);
    }
    return events;
  }

  /** State for a checkpoint. */
  get state(): TimelineState {
    return {
      entries: this.#courses.map(courseState),
      held: this.#held.map(({ entry }) => entry.id),
      externalFactors: this.#column.externalFactors,
      shared: this.#column.allShared,
      nextLookMs: this.#looks ? this.#nextLookMs : null,
      ...(this.#ended && { ended: this.#ended.entry.id }),
    };
  }

  /**
   * Takes up a state; the engine's own, which comes with it, is restored after this.
   *
   * @throws {RangeError} when it is not that of a timeline with the same entries.
   */
  restore(state: TimelineState): void {
    for (const course of this.#courses) {
      const { id } = course.entry;
      const own = state.entries.find((one) => one.id === id);
      if (!own) throw new RangeError(`This state knows no entry ${id} of the timeline.`);
      restoreCourse(course, own);
    }
    this.#held = state.held.flatMap((id) => this.#courses.filter(({ entry }) => entry.id === id));
    this.#ended = this.#courses.find(({ entry }) => entry.id === state.ended);
    this.#column.restore(state);
    this.#nextLookMs = state.nextLookMs ?? LOOK_MS;
    this.#resume();
  }

  /**
   * Takes up where the timeline of another run stands; from its time on, this one's entries count.
   * The engine's state is inherited after `prepare` was called.
   *
   * An entry that both have goes on as it is. One that repeats keeps its beat; another interval is
   * counted from the last time. A state that this timeline asks for and the other did not begins at
   * once, and one that only the other asked for ends. What lies in the past is not made up for.
   *
   * @param prepare called once it is known which states hold
   */
  branchFrom(parent: Timeline, prepare: () => void): void {
    const before = parent.#standing;
    this.#succeed(before, this.entries, parent.#column.timeMs);
    const { externalFactors, allShared: shared } = parent.#column;
    this.#column.restore({ externalFactors, shared });
    this.#resume();
    prepare();
    this.#bringAbout(before);
  }

  /** Goes on with other entries from the time reached on, as a branch does. */
  goOnWith(entries: readonly Entry[]): void {
    const before = this.#standing;
    this.#succeed(before, entries, this.#column.timeMs);
    this.#bringAbout(before);
  }

  get #standing(): Standing {
    return {
      courses: this.#courses,
      held: this.#held,
      nextLookMs: this.#looks ? this.#nextLookMs : undefined,
      ended: this.#ended,
    };
  }

  #succeed(
    { courses, held, nextLookMs, ended }: Standing,
    entries: readonly Entry[],
    nowMs: number,
  ): void {
    this.#courses = entries.map((entry) => {
      const earlier = courses.find((one) => one.entry.id === entry.id);
      return succeedingCourse(entry, earlier, nowMs, this.#column);
    });
    this.#held = held.flatMap(({ entry: { id } }) =>
      this.#courses.filter((course) => course.entry.id === id && course.held),
    );
    this.#nextLookMs = nextLookMs ?? nextLook(nowMs);
    this.#ended =
      ended &&
      this.#courses.find(
        ({ entry }) => entry.id === ended.entry.id && isSameEntry(entry, ended.entry),
      );
  }

  /** Brings about what holds now and did not before, and ends what no longer holds. */
  #bringAbout({ held }: Standing): void {
    for (const kind of interventionKinds()) {
      if (kind.form === "instant") this.#amend(kind);
      else kind.hold(heldOf(kind, this.#held), this.#column, heldOf(kind, held));
    }
  }

  #amend(kind: InstantKind): void {
    for (const { entry, kept } of this.#courses) {
      if (entry.kind === kind) kind.amend?.(entry.action, kept, this.#column, entry.id);
    }
  }

  get #looks(): boolean {
    return this.#courses.some(({ readyMs, watch }) => watch && readyMs < Infinity);
  }

  /** Lets closed loops look at the network; those whose condition holds begin now. */
  #look(): void {
    const { timeMs } = this.#column;
    this.#nextLookMs = nextLook(timeMs);
    let state: CellState | undefined;
    const stateNow = () => {
      state ??= this.#column.cellState();
      return state;
    };
    for (const course of this.#courses) {
      const { watch, readyMs, held, entry } = course;
      if (!watch || entry.when.form !== "measured") continue;
      const isMet = watch.look(stateNow);
      const { untilMs, once, everyMs } = entry.when;
      if (!isMet || timeMs < readyMs || timeMs > untilMs || held) continue;
      course.nextMs = timeMs;
      course.readyMs = once ? Infinity : timeMs + everyMs;
    }
  }

  #act(kind: InstantKind, events: RunEvent[]): void {
    const { timeMs } = this.#column;
    for (const course of this.#courses) {
      if (course.entry.kind !== kind || course.nextMs !== timeMs) continue;
      const { entry } = course;
      course.nextMs = nextBeginning(entry.when, timeMs);
      const outcome = kind.act(entry.action, course.kept, this.#column, entry.id);
      this.#take(course, outcome, events);
    }
  }

  #take(course: Course, outcome: ReturnType<InstantKind["act"]>, events: RunEvent[]): void {
    course.kept = outcome.kept;
    if (outcome.endsRun) this.#ended = course;
    if (outcome.isOver) course.nextMs = course.readyMs = Infinity;
    for (const event of outcome.events) events.push(this.#eventOf(course, event));
  }

  #eventOf({ entry: { id, origin } }: Course, { kind, ...rest }: Happening): RunEvent {
    const due = origin === "parameters" ? {} : { entry: id };
    return { kind, timeMs: this.#column.timeMs, ...due, ...rest } as RunEvent;
  }

  #switch(kind: StateKind, events: RunEvent[]): void {
    const { timeMs } = this.#column;
    const own = this.#courses.filter(({ entry }) => entry.kind === kind);
    if (own.length === 0) return;
    const before = heldOf(kind, this.#held);
    const ending = own.filter(({ held }) => held?.untilMs === timeMs);
    const beginning = own.filter(({ nextMs }) => nextMs === timeMs);
    for (const course of ending) this.#end(course, kind, events);
    for (const course of beginning) this.#begin(course, kind, events);
    if (ending.length + beginning.length > 0) {
      kind.hold(heldOf(kind, this.#held), this.#column, before);
    }
  }

  #end(course: Course, kind: StateKind, events: RunEvent[]): void {
    course.held = undefined;
    this.#held = this.#held.filter((one) => one !== course);
    events.push(this.#eventOf(course, phaseEvent(kind, course.entry, "end")));
  }

  #begin(course: Course, kind: StateKind, events: RunEvent[]): void {
    const { timeMs } = this.#column;
    const { when } = course.entry;
    if (!this.#looks) this.#nextLookMs = nextLook(timeMs);
    // One that a branch brings into effect began earlier, and ends as if it had begun then.
    const begunMs = lastBeginning(when, timeMs) ?? timeMs;
    course.nextMs = nextBeginning(when, begunMs);
    course.held = { sinceMs: timeMs, untilMs: endOf(when, begunMs) };
    this.#held = [...this.#held.filter((one) => one !== course), course];
    events.push(this.#eventOf(course, phaseEvent(kind, course.entry, "begin")));
  }

  /** Brings back what of the states that hold the engine does not keep itself. */
  #resume(): void {
    for (const kind of interventionKinds()) {
      if (kind.form === "state") kind.resume?.(heldOf(kind, this.#held), this.#column);
      else kind.resume?.(this.#column);
    }
  }
}

const nextLook = (timeMs: number): number => LOOK_MS * (Math.floor(timeMs / LOOK_MS) + 1);

const phaseEvent = (kind: StateKind, { action }: Entry, phase: "begin" | "end") =>
  kind.event?.(action, phase) ?? ({ kind: "intervention", what: kind.key, phase } as const);

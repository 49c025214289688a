import { type Manifest, recordStartMs } from "./manifest.ts";
import type { RunEvent } from "./run-event.ts";

export type RecordedEntry = NonNullable<Manifest["timeline"]>[number];

/** A stretch of time; an instant has no length. */
interface Part {
  readonly startMs: number;
  readonly endMs: number;
}

/** An entry of a recorded timeline, and when it was in effect. */
export interface EntryCourse {
  readonly entry: RecordedEntry;
  readonly parts: readonly Part[];
}

/** A record, and what happened in it until its end or until another run branched off. */
export interface CourseRecord {
  readonly manifest: Manifest;
  readonly events: readonly RunEvent[];
  readonly untilMs: number;
}

/**
 * History of a run and of the runs that it descends from: each entry with the intervals and
 * instants at which it was in effect. Of two that turn one thing on or off, the one that began last
 * is.
 *
 * @param records of the run and its ancestors, the earliest first
 */
export function entryCourses(records: readonly CourseRecord[]): readonly EntryCourse[] {
  const courses = new Courses();
  for (const record of records.slice(0, -1)) {
    // What falls on the time of the branch is done in the branch.
    const events = record.events.filter(({ timeMs }) => timeMs < record.untilMs);
    courses.add({ ...record, events });
  }
  for (const record of records.slice(-1)) courses.add(record);
  return courses.end(records.at(-1)?.untilMs ?? 0);
}

/** Time at which something of these kinds first happened, ms; Infinity when it never did. */
export const firstOf = (courses: readonly EntryCourse[], what: readonly string[]): number =>
  courses
    .filter(({ entry }) => what.includes(entry.what) && entry.action !== false)
    .reduce((least, { parts }) => Math.min(least, parts[0]?.startMs ?? Infinity), Infinity);

class Courses {
  /** Those that hold, in the order in which they began. */
  #held: RecordedEntry[] = [];
  /** Since when those are in effect that are, ms. */
  readonly #since = new Map<RecordedEntry, number>();
  readonly #parts = new Map<RecordedEntry, Part[]>();
  /** Entries by what they are: a branch's that goes on with its parent's is the same. */
  readonly #known = new Map<string, RecordedEntry>();
  #isFirst = true;

  add({ manifest, events }: CourseRecord): void {
    const startMs = recordStartMs(manifest);
    const { timeline = [] } = manifest;
    for (const entry of timeline) this.#same(entry);
    const held = this.#isFirst
      ? heldAtFirst(manifest)
      : this.#held.flatMap(succeeding(timeline, startMs));
    this.#isFirst = false;
    this.#held = held.map((entry) => this.#same(entry));
    this.#settle(startMs);
    for (const event of events) this.#take(event, timeline);
  }

  end(timeMs: number): readonly EntryCourse[] {
    this.#held = [];
    this.#settle(timeMs);
    return Array.from(this.#known.values(), (entry) => ({ entry, parts: this.#partsOf(entry) }));
  }

  #take(event: RunEvent, timeline: readonly RecordedEntry[]): void {
    const { timeMs } = event;
    const entry = this.#same(entryOf(event, timeline) ?? unlistedEntry(whatOf(event)));
    const phase = phaseOf(event);
    if (phase === "done") this.#partsOf(entry).push({ startMs: timeMs, endMs: timeMs });
    if (phase !== "begin" && phase !== "end") return;
    this.#held = this.#held.filter((one) => one !== entry);
    if (phase === "begin") this.#held.push(entry);
    this.#settle(timeMs);
  }

  /** Notes what is in effect from a time on, and what no longer is. */
  #settle(timeMs: number): void {
    const inEffect = this.#held.filter(
      (entry, k) => !this.#held.slice(k + 1).some(displaces(entry)),
    );
    for (const [entry, startMs] of this.#since) {
      if (inEffect.includes(entry)) continue;
      this.#since.delete(entry);
      if (timeMs > startMs) this.#partsOf(entry).push({ startMs, endMs: timeMs });
    }
    for (const entry of inEffect) {
      if (!this.#since.has(entry)) this.#since.set(entry, timeMs);
    }
  }

  #partsOf(entry: RecordedEntry): Part[] {
    const parts = this.#parts.get(entry) ?? [];
    this.#parts.set(entry, parts);
    return parts;
  }

  #same(entry: RecordedEntry): RecordedEntry {
    const { id, origin, what, label, action } = entry;
    const key = JSON.stringify([id, origin, what, label, action]);
    const known = this.#known.get(key) ?? entry;
    this.#known.set(key, known);
    return known;
  }
}

/** Of what no entry is listed, as in version 0.2.0. */
const unlistedEntry = (what: string): RecordedEntry => ({
  id: what,
  origin: "parameters",
  what,
  label: what,
  entry: {},
  when: {},
  action: true,
  cells: {},
});

/** True if an entry turns on or off what another does. */
const displaces =
  ({ what, action }: RecordedEntry) =>
  (later: RecordedEntry): boolean =>
    later.what === what && typeof action === "boolean";

const whatOf = (event: RunEvent): string => {
  if (event.kind === "intervention") return event.what;
  return { "scaling-on": "scaling", trial: "trials", deletion: "delete" }[event.kind];
};

function phaseOf(event: RunEvent): "begin" | "end" | "done" | "exhausted" {
  if (event.kind === "intervention") return event.phase;
  return event.kind === "scaling-on" ? "begin" : "done";
}

/** Those of the parameters are not named by events. */
const entryOf = (event: RunEvent, timeline: readonly RecordedEntry[]) =>
  timeline.find(({ id, origin, what }) =>
    event.entry === undefined
      ? origin === "parameters" && what === whatOf(event)
      : id === event.entry,
  );

/** Entries that hold at the start of a record whose past is not known. */
function heldAtFirst({ ancestry, timeline = [] }: Manifest): RecordedEntry[] {
  if (!ancestry) return [];
  const held = timeline.filter(({ when }) => holdsAt(when, ancestry.timeMs));
  const knowsScaling = held.some(({ what }) => what === "scaling");
  return ancestry.scalingOn && !knowsScaling ? [unlistedEntry("scaling"), ...held] : held;
}

/** The entry of a branch that goes on with one of its parent's. */
const succeeding =
  (timeline: readonly RecordedEntry[], timeMs: number) =>
  (held: RecordedEntry): RecordedEntry[] =>
    timeline.filter(
      ({ id, what, action, when }) =>
        id === held.id &&
        what === held.what &&
        isSame(action, held.action) &&
        (isSame(when, held.when) || holdsAt(when, timeMs)),
    );

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** True if a state holds at a time, as far as that does not depend on what happens in the run. */
function holdsAt(when: RecordedEntry["when"], timeMs: number): boolean {
  const { form, timesMs, fromMs, untilMs, everyMs, forMs } = when as {
    readonly [name: string]: unknown;
  };
  const lasts = (begunMs: number) =>
    begunMs <= timeMs && timeMs < begunMs + Number(forMs ?? Infinity);
  if (form === "at") return (timesMs as number[]).some(lasts);
  const isWithin = timeMs >= Number(fromMs) && timeMs < Number(untilMs ?? Infinity);
  if (form === "during") return isWithin;
  if (form !== "every" || timeMs < Number(fromMs)) return false;
  const beats = Math.floor((timeMs - Number(fromMs)) / Number(everyMs));
  const begunMs = Number(fromMs) + beats * Number(everyMs);
  return begunMs <= Number(untilMs ?? Infinity) && lasts(begunMs);
}

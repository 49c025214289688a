import type { TimelineState } from "../recording/timeline-state.ts";
import type { Column } from "../timeline/column.ts";
import { type Entry, isSameAction, isSameEntry } from "../timeline/entry.ts";
import type { Held, InterventionKind } from "../timeline/interventions/kind.ts";
import { endOfHolding, firstBeginning, lastBeginning } from "../timeline/when.ts";
import { ConditionWatch } from "./condition-watch.ts";

type CourseState = TimelineState["entries"][number];

/** State of an entry of a timeline. */
export interface Course {
  readonly entry: Entry;
  /** Its next beginning, ms; Infinity when there is none, or none is known. */
  nextMs: number;
  /** While its state holds: since when, and until when, ms. */
  held: { readonly sinceMs: number; readonly untilMs: number } | undefined;
  /** State kept for its kind. */
  kept: unknown;
  /** Of a closed loop: when it may begin again, ms. */
  readyMs: number;
  readonly watch: ConditionWatch | undefined;
}

/** The course of an entry that begins to count at `nowMs`. */
export function courseOf(entry: Entry, nowMs: number, column: Column): Course {
  const { when, kind } = entry;
  let nextMs = firstBeginning(when, nowMs);
  // A state that should hold by now begins to.
  if (kind.form === "state" && (endOfHolding(when, nowMs) ?? 0) > nowMs) nextMs = nowMs;
  return {
    entry,
    nextMs,
    held: undefined,
    kept: kind.form === "instant" ? kind.initial : null,
    readyMs: when.form === "measured" ? when.fromMs : 0,
    watch: when.form === "measured" ? new ConditionWatch(when.condition, column) : undefined,
  };
}

/** The same, if an `earlier` course of the entry's id was under way. */
export function succeedingCourse(
  entry: Entry,
  earlier: Course | undefined,
  nowMs: number,
  column: Column,
): Course {
  const course = courseOf(entry, nowMs, column);
  if (!earlier || earlier.entry.kind !== entry.kind) return course;
  if (isSameEntry(earlier.entry, entry)) {
    const { nextMs, held, kept, readyMs } = earlier;
    if (course.watch) course.watch.counts = earlier.watch!.counts;
    return { ...course, nextMs, held, kept, readyMs };
  }
  course.kept = earlier.kept;
  const nextMs = firstBeginning(entry.when, nowMs);
  const untilMs = nextMs === nowMs ? undefined : endOfHolding(entry.when, nowMs);
  if (earlier.held && untilMs !== undefined && isSameAction(earlier.entry, entry)) {
    course.held = { sinceMs: earlier.held.sinceMs, untilMs };
    course.nextMs = nextMs;
  } else if (entry.kind.form === "instant") course.nextMs = nextBeat(entry, earlier, nowMs);
  return course;
}

/** Time at which an action that recurs is next due after its times changed, ms. */
function nextBeat({ when }: Entry, { entry: earlier, nextMs }: Course, nowMs: number): number {
  if (when.form !== "every" || earlier.when.form !== "every" || when.fromMs >= nowMs) {
    return firstBeginning(when, nowMs);
  }
  if (when.everyMs === earlier.when.everyMs && nextMs < Infinity) return nextMs;
  const lastMs = nextMs === Infinity ? nowMs : nextMs - earlier.when.everyMs;
  const beatMs = Math.max(nowMs, lastMs + when.everyMs);
  return beatMs <= when.untilMs ? beatMs : Infinity;
}

/** Those of a kind that hold, of courses whose states hold. */
export const heldOf = (kind: InterventionKind, courses: readonly Course[]): Held<unknown>[] =>
  courses
    .filter(({ entry }) => entry.kind === kind)
    .map(({ entry: { id, action, when }, held }) => {
      const begunMs = lastBeginning(when, held!.sinceMs) ?? held!.sinceMs;
      return { entry: id, action, begunMs, ...held! };
    });

/** State of a course for a checkpoint. */
export const courseState = ({
  entry,
  nextMs,
  held,
  kept,
  readyMs,
  watch,
}: Course): CourseState => ({
  id: entry.id,
  nextMs: orNull(nextMs),
  heldSinceMs: held?.sinceMs ?? null,
  heldUntilMs: held ? orNull(held.untilMs) : null,
  kept,
  readyMs: orNull(readyMs),
  counts: watch?.counts ?? [],
});

/** Takes up the state of a course. */
export function restoreCourse(course: Course, state: CourseState): void {
  course.nextMs = orInfinity(state.nextMs);
  course.readyMs = orInfinity(state.readyMs);
  course.kept = state.kept;
  const { heldSinceMs, heldUntilMs } = state;
  course.held =
    heldSinceMs === null ? undefined : { sinceMs: heldSinceMs, untilMs: orInfinity(heldUntilMs) };
  if (course.watch) course.watch.counts = state.counts;
}

// JSON has no infinity.
const orNull = (timeMs: number) => (timeMs === Infinity ? null : timeMs);
const orInfinity = (timeMs: number | null) => timeMs ?? Infinity;

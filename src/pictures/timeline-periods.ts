import type { Period } from "../drawing/period.ts";
import type { EntryCourse, RecordedEntry } from "../recording/course.ts";

/**
 * Periods of a run in addition to its parameters: each entry with the intervals in which it was in
 * effect, and the instants of its actions.
 */
export const timelinePeriods = (courses: readonly EntryCourse[]): Period[] =>
  courses
    .filter(({ entry }) => entry.origin === "experiment")
    .flatMap(({ entry, parts }): Period[] => {
      const [first, last] = [parts[0], parts.at(-1)];
      return first && last
        ? [{ label: labelOf(entry), startMs: first.startMs, endMs: last.endMs, parts }]
        : [];
    });

/** An entry that has a name of its own is called by it, too. */
const labelOf = ({ id, what, label }: RecordedEntry): string =>
  id === what || /^-\d+$/.test(id.slice(what.length)) ? label : `${id}: ${label}`;

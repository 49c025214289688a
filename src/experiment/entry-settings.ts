import type { Entry, EntrySource } from "../timeline/entry.ts";
import { namesFile } from "../timeline/entry-files.ts";
import { whenKeys } from "../timeline/when.ts";
import { type Course, entryHint, laidEntries, readTimeline } from "./definition.ts";

/** A key of an entry of the timeline by the entry's id, such as "loss.count". */
export type EntryKey = `${string}.${string}`;

export const isEntryKey = (name: string): name is EntryKey => name.includes(".");

/** A key that no entry has, or a value that it does not take. */
export class EntrySettingError extends Error {
  override readonly name = "EntrySettingError";
}

/**
 * An experiment's own entries with keys of its whole timeline set otherwise: of what an entry does,
 * "loss.count", of when, "loss.every", or all that it does, "homeostasis.scaling".
 *
 * @throws {EntrySettingError} with all that is wrong with them
 */
export function withEntrySettings(
  course: Course,
  settings: Readonly<Record<EntryKey, unknown>>,
): readonly EntrySource[] {
  let { entries } = course;
  for (const [name, value] of Object.entries(settings)) {
    const [id = "", ...keys] = name.split(".");
    const changed = entryWith({ ...course, entries }, id, keys, value);
    const { entries: laid, problems } = laidEntries(course.parameters, entries, [changed], 0);
    if (problems.length > 0) {
      throw new EntrySettingError(problems.map(({ message }) => message).join(" "));
    }
    entries = laid;
  }
  return entries;
}

function entryWith(course: Course, id: string, keys: readonly string[], value: unknown) {
  const { timeline } = readTimeline(course);
  const entry = timeline.find((one) => one.id === id);
  if (!entry) {
    const ids = timeline.map((one) => one.id);
    throw new EntrySettingError(`the timeline has no entry ${id}${entryHint(id, ids)}`);
  }
  const { key: what } = entry.kind;
  const [first = ""] = keys;
  const isOwn = first === what || (whenKeys as readonly string[]).includes(first);
  const changed = setAt(entry.source, isOwn ? keys : [what, ...keys], value);
  return namesFile(keys.at(-1)!) ? withoutSeal(changed, entry) : changed;
}

/** An entry without what is noted of the files that it named before. */
function withoutSeal(source: EntrySource, { kind, action }: Entry): EntrySource {
  const noted = Object.keys(kind.seal?.(action) ?? {});
  const left = Object.entries(source[kind.key] as object).filter(([key]) => !noted.includes(key));
  return { ...source, [kind.key]: Object.fromEntries(left) };
}

/** An entry with a value at a place. */
function setAt(source: EntrySource, [key = "", ...rest]: readonly string[], value: unknown) {
  const inner = source[key];
  const changed: unknown =
    rest.length === 0
      ? value
      : setAt(
          typeof inner === "object" && inner !== null ? (inner as EntrySource) : {},
          rest,
          value,
        );
  return { ...source, [key]: changed };
}

import { parse } from "yaml";
import { type EntrySource, InvalidTimelineError } from "../../index.ts";

/** Keys of an entry that say when, of those that a touch may have. */
const lasting = ["every", "until", "when"];

/**
 * The entry of a timeline that a touch at a time is: what is done, from then on.
 *
 * @param what an entry without its beginning, such as { scaling: "on" } or, for a while,
 *   { for: "2 s", stimulate: … }
 * @param known the entries there are: the same switch or parameter, touched twice at one time,
 *   keeps its first id, and so the second touch replaces the first
 */
export function touchEntry(
  what: EntrySource,
  timeMs: number,
  known: readonly EntrySource[],
): EntrySource & { readonly id: string } {
  const begins = Object.keys(what).some((key) => lasting.includes(key)) ? "from" : "at";
  const name = `${touchName(what)}-${timeMs}`;
  const ids = new Set(known.map(({ id }) => id));
  let id = name;
  if (!replaces(what)) for (let number = 2; ids.has(id); number++) id = `${name}-${number}`;
  return { id, [begins]: timeText(timeMs), ...what };
}

/** Deed whose texts are read as those of a file: "{ of: E, column: 2 }" selects cells. */
export function readTexts(value: unknown): unknown {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readTexts(one)]));
  }
  if (typeof value !== "string") return value;
  try {
    return parse(value, { prettyErrors: false, logLevel: "silent" }) ?? value;
  } catch {
    return value;
  }
}

/**
 * Problems of a touch, by the keys that it was given with: its id is the program's own.
 *
 * @param error of `Simulation.intervene`, or any other
 */
export function touchProblems(error: Error): string {
  if (!(error instanceof InvalidTimelineError)) return error.message;
  return error.problems
    .map(({ path: [, kind, ...keys], message }) => {
      const key = keys.length > 0 ? keys.join(".") : String(kind);
      return message.startsWith(key) ? message : `${key}: ${message}`;
    })
    .join("\n");
}

/** Times of touches are whole milliseconds, and so exact as text. */
const timeText = (timeMs: number) => `${timeMs} ms`.replace(/^(\d+)000 ms$/, "$1 s");

/** True if a touch says how something is from now on, so that the last one alone counts. */
const replaces = (what: EntrySource): boolean =>
  ["scaling", "plasticity", "set", "external"].some((key) => key in what);

/** Subject of a change, in the letters of an id. */
function touchName(what: EntrySource): string {
  const key = Object.keys(what).find((one) => ![...lasting, "for"].includes(one)) ?? "";
  const names = key === "set" ? Object.keys(what[key] ?? {}) : [];
  return [key, ...names].join("-");
}

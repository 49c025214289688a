import { timeText } from "../document/quantities.ts";
import type { PlaceProblem } from "../document/schema-problems.ts";
import { sentence } from "../document/schema-problems.ts";
import { TextMemory } from "../document/text-memory.ts";
import { unknownKey } from "../model/nearest-name.ts";
import { durationMs } from "../model/timeline.ts";
import { CellSelection } from "./cell-selection.ts";
import type { Entry, EntrySource } from "./entry.ts";
import type { ActionProblem, InterventionKind, PlannedColumn } from "./interventions/kind.ts";
import { findKind, interventionKinds } from "./interventions/registry.ts";
import { namedTimes, readWhen, type When, whenKeys } from "./when.ts";

/** More occurrences of one entry than anybody means. */
const MOST_TIMES = 10_000_000;

/** Keys of an entry besides those that say when and what. */
const ownKeys = ["id", "remove"];

/** A list of entries as a file has it, with what is wrong in it. */
export interface EntryReading {
  /** One for each source; undefined where something is wrong with it. */
  readonly entries: readonly (Entry | undefined)[];
  /** By their places: the entry's index, and keys within it. */
  readonly problems: readonly PlaceProblem[];
}

/**
 * Understands entries, and names those that have no names.
 *
 * @param names that are in use already
 */
export function readEntries(
  sources: readonly unknown[],
  origin: Entry["origin"],
  names: Iterable<string> = [],
): EntryReading {
  const problems: PlaceProblem[] = [];
  const used = new EntryNames(names);
  const given = new Set<string>();
  for (const [index, source] of sources.entries()) {
    const id = idOf(source);
    if (id === undefined) continue;
    if (given.has(id)) {
      problems.push({
        path: [index, "id"],
        message: `two entries have the id ${id}: ids must be unique.`,
      });
    }
    given.add(id);
    used.add(id);
  }
  const entries = sources.map((source, index) => {
    if (isRemoval(source)) return undefined;
    const complain = ({ path, message }: ActionProblem) =>
      problems.push({ path: [index, ...path], message: sentence(message) });
    return readEntry(source, origin, used, complain);
  });
  return { entries, problems };
}

export const idOf = (source: unknown): string | undefined => {
  const id = (source as EntrySource | null)?.["id"];
  return typeof id === "string" ? id : undefined;
};

/** True if an entry as a file has it takes another one out of the timeline. */
export const isRemoval = (source: unknown): boolean =>
  (source as EntrySource | null)?.["remove"] !== undefined;

/** Action and times of an entry, regardless of its id; undefined if the entry is invalid. */
interface EntrySense {
  readonly sense: Pick<Entry, "when" | "kind" | "action"> | undefined;
  readonly problems: readonly ActionProblem[];
}

/** Runs of a study have few entries that differ. */
const senses = new TextMemory<EntrySense>(1000);

function readEntry(
  source: unknown,
  origin: Entry["origin"],
  used: EntryNames,
  complain: (problem: ActionProblem) => void,
): Entry | undefined {
  const isSound = ({ problems }: EntrySense) => problems.length === 0;
  const text = JSON.stringify(source) ?? "";
  const { sense, problems } = senses.get(text, () => senseOf(source), isSound);
  problems.forEach(complain);
  if (!sense) return undefined;
  const id = idOf(source) ?? used.free(sense.kind.key);
  used.add(id);
  return { id, origin, ...sense, source: { id, ...(source as EntrySource) } };
}

function senseOf(source: unknown): EntrySense {
  const problems: ActionProblem[] = [];
  const complain = (problem: ActionProblem) => problems.push(problem);
  if (typeof source !== "object" || source === null || Array.isArray(source)) {
    complain({ path: [], message: "expected keys and values, such as { at: 10 s, scaling: on }" });
    return { sense: undefined, problems };
  }
  const kind = kindOf(source as EntrySource, complain);
  const issues: ActionProblem[] = [];
  const when = readWhen(source, issues);
  issues.forEach(complain);
  const { id: given } = source as EntrySource;
  if (given !== undefined && !(typeof given === "string" && /^[A-Za-z][\w-]*$/.test(given))) {
    complain({ path: ["id"], message: "expected a name of letters, digits, _ and -" });
  }
  if (!kind) return { sense: undefined, problems };
  const { data: action, error } = kind.schema.safeParse((source as EntrySource)[kind.key]);
  for (const issue of error?.issues ?? []) {
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
    for (const key of keys) {
      const place = key === undefined ? issue.path : [...issue.path, key];
      complain({
        path: [kind.key, ...place],
        message: key === undefined ? issue.message : unknownField(kind, key),
      });
    }
  }
  const isWhole = when && !error && fits(when, kind, complain);
  return { sense: isWhole ? { when, kind, action } : undefined, problems };
}

const unknownField = (kind: InterventionKind, key: string): string =>
  `${kind.key} has no key ${key}; isocortex list interventions lists its keys`;

/** Message about a key that is neither a time nor an action, such as a line of `--add` in a file. */
function unknownWord(key: string, known: readonly string[]): string {
  const [, word, value] = /^(\w+)\s+(.+)$/.exec(key) ?? [];
  return word !== undefined && (whenKeys as readonly string[]).includes(word)
    ? `a time and an action are keys with values of their own, such as { ${word}: ${value}, scaling: on }`
    : unknownKey(key, known);
}

/** Kind of an entry; it must do just one thing. */
function kindOf(
  source: EntrySource,
  complain: (problem: ActionProblem) => void,
): InterventionKind | undefined {
  const all: readonly string[] = [...whenKeys, ...ownKeys];
  const others = Object.keys(source).filter((key) => !all.includes(key));
  const found = others.flatMap((key) => findKind(key) ?? []);
  const names = interventionKinds().map(({ key }) => key);
  for (const key of others) {
    if (!findKind(key)) complain({ path: [key], message: unknownWord(key, [...all, ...names]) });
  }
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const keys = found.map(({ key }) => key);
    const message =
      `an entry has one action, but this one has ${keys.join(" and ")}: divide it into two ` +
      "entries";
    complain({ path: [keys[1]!], message });
  } else if (others.length === 0) {
    complain({ path: [], message: `expected an action: one of ${names.join(", ")}` });
  }
  return undefined;
}

/** True if an entry's time suits what it does. */
function fits(
  when: When,
  { key, form }: InterventionKind,
  complain: (problem: ActionProblem) => void,
): boolean {
  const lasts = when.form !== "during" && when.forMs < Infinity;
  if (form === "instant") {
    if (when.form === "during") {
      const message = `${key} happens at an instant: expected at, or from and until with every`;
      complain({ path: [], message });
    } else if (lasts) complain({ path: ["for"], message: `${key} happens at an instant` });
    return when.form !== "during" && !lasts;
  }
  if (when.form !== "every" || (lasts && when.forMs < when.everyMs)) return true;
  const message = "expected for: its duration each time, less than every";
  complain({ path: [lasts ? "for" : "every"], message });
  return false;
}

/** Names of entries that are in use. */
class EntryNames {
  readonly #used: Set<string>;
  /** By action: all names with lower numbers are in use. */
  readonly #numbers = new Map<string, number>();

  constructor(names: Iterable<string>) {
    this.#used = new Set(names);
  }

  add(name: string): void {
    this.#used.add(name);
  }

  /** The first free one of an action: scaling, scaling-2, scaling-3, … */
  free(key: string): string {
    let number = this.#numbers.get(key) ?? 1;
    const name = () => (number === 1 ? key : `${key}-${number}`);
    while (this.#used.has(name())) number++;
    this.#numbers.set(key, number);
    return name();
  }
}

/**
 * Problems of an entry in a column and a run.
 *
 * @param fromMs when the run begins, or branches off
 */
export function entryProblems(
  { when, kind, action }: Entry,
  column: PlannedColumn,
  fromMs = 0,
): ActionProblem[] {
  const problems = [...timeProblems(when, durationMs(column.parameters), fromMs)];
  for (const [path, selection] of selectionsOf(when, kind, action)) {
    try {
      if (selection.resolve(column.cells).length === 0) {
        problems.push({ path, message: "this selects no cells" });
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push({ path, message: error.message });
    }
  }
  if (problems.length === 0) {
    for (const { path, message } of kind.check?.(action, column, when) ?? []) {
      problems.push({ path: [kind.key, ...path], message });
    }
  }
  return problems;
}

function* timeProblems(when: When, endMs: number, fromMs: number): Generator<ActionProblem> {
  for (const [key, timeMs] of namedTimes(when)) {
    if (timeMs >= fromMs && timeMs <= endMs) continue;
    // What lies before a branch belongs to its past.
    if (fromMs > 0 && key === "from" && timeMs <= endMs) continue;
    const message =
      `${timeText(timeMs)} is outside the run, which lasts from ${timeText(fromMs)} to ` +
      `${timeText(endMs)}`;
    yield { path: [key], message };
  }
  if (when.form !== "every") return;
  const times = (Math.min(when.untilMs, endMs) - when.fromMs) / when.everyMs;
  if (times > MOST_TIMES) {
    yield { path: ["every"], message: `this is more than ${MOST_TIMES} times: expected fewer` };
  }
}

/** The cells that an entry names, and where. */
export function selectionsOf(
  when: When,
  { key }: InterventionKind,
  action: unknown,
): (readonly [path: readonly PropertyKey[], selection: CellSelection])[] {
  const condition = when.form === "measured" ? [[["when", "cells"], when.condition.cells]] : [];
  const values = typeof action === "object" && action !== null ? Object.entries(action) : [];
  const own = values.flatMap(([name, value]) =>
    value instanceof CellSelection ? [[[key, name], value] as const] : [],
  );
  return [...(condition as [readonly string[], CellSelection][]), ...own];
}

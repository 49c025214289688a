import { parse, stringify, YAMLParseError } from "yaml";
import type { EntrySource } from "./entry.ts";
import { findKind } from "./interventions/registry.ts";
import { whenKeys } from "./when.ts";

/** A line that is not an entry. */
export class EntryLineError extends Error {
  override readonly name = "EntryLineError";

  constructor(line: string, reason: string) {
    super(
      `"${line}": ${reason}. Expected an entry such as "at 100 s: scaling on" or "{ at: 100 s, scaling: on }".`,
    );
  }
}

const timeWords = ["id", ...whenKeys] as readonly string[];

/**
 * An entry from one line, as `--add` accepts it: YAML, "{ at: 100 s, scaling: on }"; times and action
 * separated by a colon, "from 300 s until 1500 s every 10 s: delete { cells: E, count: 3 }"; or the
 * removal of an entry, "remove loss".
 *
 * @throws {EntryLineError} if the line has none of these forms
 * @example
 * ```ts
 * import { interventions, readExperiment, Simulation } from "isocortex";
 *
 * const { parameters } = readExperiment("duration: 2 s");
 * const simulation = new Simulation(parameters);
 * simulation.advance(1000, () => {});
 * simulation.intervene(interventions.entryFromLine("at 1.5 s: external 0.5"));
 * ```
 */
export function entryFromLine(line: string): EntrySource {
  const text = line.trim();
  const [, removed] = /^remove\s+(\S+)$/.exec(text) ?? [];
  if (removed !== undefined) return { id: removed, remove: true };
  try {
    return text.startsWith("{") ? flowEntry(text, line) : wordedEntry(text, line);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new EntryLineError(line, error.message);
    throw error;
  }
}

/** An entry as one line, from which `entryFromLine` makes it again. */
export const entryLine = (entry: EntrySource): string =>
  stringify(entry, { collectionStyle: "flow", lineWidth: 0 }).trim();

const values = (text: string): unknown => parse(text, { prettyErrors: false });

function flowEntry(text: string, line: string): EntrySource {
  const value = values(text);
  if (typeof value === "object" && value !== null) return value as EntrySource;
  throw new EntryLineError(line, "this is not an entry");
}

function wordedEntry(text: string, line: string): EntrySource {
  const colon = depths(text).findIndex(
    (depth, k) => depth === 0 && /^:(?:\s|$)/.test(text.slice(k)),
  );
  if (colon < 0) throw new EntryLineError(line, "there is no colon between time and action");
  const what = text.slice(colon + 1).trim();
  const [, key = "", given = ""] = /^([\w-]+)\s*(.*)$/s.exec(what) ?? [];
  if (findKind(key) === undefined && given === "") {
    throw new EntryLineError(line, `"${what}" is not an action`);
  }
  return {
    ...timesOf(text.slice(0, colon), line),
    [key]: given === "" ? {} : values(given),
  };
}

/** Words that say when, each followed by its value. */
function timesOf(text: string, line: string): EntrySource {
  const flat = depths(text);
  const found = [...text.matchAll(/[A-Za-z]+/g)].filter(
    ({ 0: word, index }) =>
      flat[index] === 0 && timeWords.includes(word) && !/\S/.test(text[index - 1] ?? " "),
  );
  const before = text.slice(0, found[0]?.index ?? text.length).trim();
  if (before !== "") throw new EntryLineError(line, `"${before}" is not a time`);
  const entries = found.map(({ 0: word, index }, k) => {
    const value = text.slice(index + word.length, found[k + 1]?.index).trim();
    return [word, word === "once" && value === "" ? true : values(value)];
  });
  return Object.fromEntries(entries);
}

/** Number of open brackets at each letter. */
function depths(text: string): number[] {
  let depth = 0;
  return text.split("").map((letter) => {
    if ("{[".includes(letter)) depth++;
    const own = depth;
    if ("}]".includes(letter)) depth--;
    return own;
  });
}

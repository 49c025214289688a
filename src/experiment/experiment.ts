import { closest } from "fastest-levenshtein";
import type { PlaceProblem } from "../document/schema-problems.ts";
import type { Parameters } from "../model/parameters.ts";
import { populationRanges } from "../network/network.ts";
import { drawPositions } from "../network/positions.ts";
import type { PlannedColumn } from "./interventions/kind.ts";
import { entryProblems, idOf, isRemoval, readEntries, sentence } from "./timeline/entries.ts";
import type { Entry, EntrySource } from "./timeline/entry.ts";
import { protocolEntries } from "./timeline/protocol-entries.ts";

/** What column, and what happens to it when. */
export interface Experiment {
  readonly parameters: Parameters;
  /**
   * What happens besides what the parameters say: entries as files have them. One with the id of
   * an entry that the parameters give replaces it; `{ id, remove: true }` takes it out.
   */
  readonly entries: readonly EntrySource[];
}

/** Entries that cannot be carried out; the message has a line for each problem. */
export class InvalidTimelineError extends Error {
  override readonly name = "InvalidTimelineError";
  readonly problems: readonly PlaceProblem[];

  constructor(problems: readonly PlaceProblem[], entries: readonly unknown[]) {
    const lines = problems.map(({ path: [index, ...keys], message }) => {
      const name = idOf(entries[Number(index)]) ?? `entry ${Number(index) + 1}`;
      return `${[name, ...keys].map(String).join(".")}: ${message}`;
    });
    super(lines.join("\n"));
    this.problems = problems;
  }
}

/** An experiment's whole timeline, or what is wrong with its entries, by their indices. */
export interface TimelineReading {
  readonly timeline: readonly Entry[];
  /** The experiment's own entries, each with its id. */
  readonly named: readonly EntrySource[];
  readonly problems: readonly PlaceProblem[];
}

/**
 * Lays an experiment's own entries over those that its parameters give.
 *
 * @param earliestMs the first time that an entry may name, by its index
 */
export function readTimeline(
  { parameters, entries: own }: Experiment,
  earliestMs: (index: number) => number = () => 0,
): TimelineReading {
  const given = readEntries(protocolEntries(parameters), "parameters").entries.map(
    (entry) => entry!,
  );
  const known = new Set(given.map(({ id }) => id));
  const { entries, problems: misread } = readEntries(own, "experiment", known);
  const column = plannedColumn(parameters);
  const problems = own.flatMap((source, index): PlaceProblem[] => {
    if (isRemoval(source)) return removalProblems(source, index, known);
    const entry = entries[index];
    const found = entry ? entryProblems(entry, column, earliestMs(index)) : [];
    return found.map(({ path, message }) => ({
      path: [index, ...path],
      message: sentence(message),
    }));
  });
  return {
    timeline: overlaid(given, own, entries),
    named: own.map((source, index) => entries[index]?.source ?? source),
    problems: [...misread, ...problems],
  };
}

/**
 * An experiment's whole timeline, and its own entries with their ids.
 *
 * @throws {InvalidTimelineError} with all that is wrong with its entries
 */
export function timelineOf(experiment: Experiment): Omit<TimelineReading, "problems"> {
  const { problems, ...reading } = readTimeline(experiment);
  if (problems.length > 0) throw new InvalidTimelineError(problems, experiment.entries);
  return reading;
}

/** Later changes of entries laid over earlier ones: those of one id replace each other. */
export function mergeEntries(
  earlier: readonly EntrySource[],
  later: readonly EntrySource[],
): readonly EntrySource[] {
  const ids = new Set(later.map(idOf).filter((id) => id !== undefined));
  const replaced = new Map(later.map((source) => [idOf(source), source]));
  const known = new Set(earlier.map(idOf));
  return [
    ...earlier.map((source) =>
      ids.has(idOf(source) ?? "") ? replaced.get(idOf(source))! : source,
    ),
    ...later.filter((source) => !known.has(idOf(source)) || idOf(source) === undefined),
  ];
}

function removalProblems(source: EntrySource, index: number, known: ReadonlySet<string>) {
  const { id, remove, ...others } = source;
  const problems: PlaceProblem[] = Object.keys(others).map((key) => ({
    path: [index, key],
    message: "an entry that is removed has an id and remove: true, and nothing else.",
  }));
  if (remove !== true) problems.push({ path: [index, "remove"], message: "expected true." });
  if (typeof id === "string" && known.has(id)) return problems;
  const nearest = closest(String(id), [...known]);
  const message = `there is no entry ${id} to remove${nearest ? `. Did you mean ${nearest}?` : "."}`;
  return [...problems, { path: [index, "id"], message }];
}

/** Replaced entries keep their places. */
function overlaid(
  given: readonly Entry[],
  own: readonly EntrySource[],
  entries: readonly (Entry | undefined)[],
): Entry[] {
  const read = entries.filter((entry) => entry !== undefined);
  const removed = new Set(own.filter(isRemoval).map(idOf));
  const replacing = new Map(read.map((entry) => [entry.id, entry]));
  const kept = given.flatMap((entry) => {
    if (removed.has(entry.id)) return [];
    return [replacing.get(entry.id) ?? entry];
  });
  return [...kept, ...read.filter((entry) => !kept.includes(entry))];
}

/** A column as far as entries are checked against it: where its cells are. */
function plannedColumn(parameters: Parameters): PlannedColumn {
  const populations = populationRanges(parameters.sizeFactor);
  const cellCount = populations.reduce((sum, range) => sum + range.cellCount, 0);
  return {
    parameters,
    cells: { cellCount, populations, ...drawPositions(parameters, cellCount) },
  };
}

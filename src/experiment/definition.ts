import { type PlaceProblem, sentence } from "../document/schema-problems.ts";
import { TextMemory } from "../document/text-memory.ts";
import { columnCount } from "../model/column-grid.ts";
import { nearestName } from "../model/nearest-name.ts";
import { models } from "../model/parameter-definition.ts";
import { modelOf, type ParameterOverrides, type Parameters } from "../model/parameters.ts";
import { populationRanges } from "../network/population-ranges.ts";
import { type Positions, positionsInColumns } from "../network/positions.ts";
import type { PotentialSchedule } from "../recording/potentials.ts";
import { entryProblems, idOf, isRemoval, readEntries } from "../timeline/entries.ts";
import { type Entry, type EntrySource, isSameEntry } from "../timeline/entry.ts";
import type { InterventionKind, PlannedColumn } from "../timeline/interventions/kind.ts";
import { protocolEntries } from "../timeline/protocol-entries.ts";
import type { ColumnCells } from "../timeline/selections/kind.ts";

/** An experiment: the parameters of the column, the timeline of interventions, and the recordings. */
export interface Experiment {
  readonly parameters: Parameters;
  /**
   * Entries in addition to those of the parameters, as in files. One with the id of an entry that
   * the parameters imply replaces it; `{ id, remove: true }` removes it.
   */
  readonly entries: readonly EntrySource[];
  readonly description: string;
  /** The preset on which it is based, or null. */
  readonly preset: string | null;
  /** Times at which plastic gains are recorded, ms; by default at the start and the end of learning. */
  readonly gainTimesMs?: readonly number[] | undefined;
  /** Cells and times at which membrane potentials are recorded; by default none. */
  readonly potentials?: PotentialSchedule | undefined;
}

/** Parameters and entries that determine the spikes of an experiment. */
export type Course = Pick<Experiment, "parameters" | "entries">;

/** Changes of an experiment. */
export interface ExperimentChanges {
  /** Seed of the network and input; 0 gives the published ones. */
  readonly seed?: number | undefined;
  /** Parameters that replace those of the experiment. */
  readonly changes?: ParameterOverrides | undefined;
}

/**
 * All problems of a timeline's entries; the message has a line for each.
 *
 * @example
 * ```ts
 * import { InvalidTimelineError, resolveParameters, Simulation } from "isocortex";
 *
 * try {
 *   new Simulation(resolveParameters(), { entries: [{ at: "1 s", scalling: "on" }] });
 * } catch (error) {
 *   if (!(error instanceof InvalidTimelineError)) throw error;
 *   for (const { path, message } of error.problems) console.log(path, message);
 * }
 * ```
 */
export class InvalidTimelineError extends Error {
  override readonly name = "InvalidTimelineError";
  /** The problems, each with the index of its entry and the keys within it. */
  readonly problems: readonly {
    readonly path: readonly PropertyKey[];
    readonly message: string;
  }[];

  /** @internal */
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
  /** The experiment's own entries as given, but that those know what the files held that they name. */
  readonly sealed: readonly EntrySource[];
  /** The experiment's own entries, each with its id, but for those that the parameters give as well. */
  readonly named: readonly EntrySource[];
  readonly problems: readonly PlaceProblem[];
}

/**
 * Lays an experiment's own entries over those that its parameters give.
 *
 * @param earliestMs the first time that an entry may name, by its index
 * @throws {InvalidTimelineError} when the parameters give entries that cannot be
 */
export function readTimeline(
  { parameters, entries: own }: Course,
  earliestMs: (index: number) => number = () => 0,
): TimelineReading {
  const complete = (entry: Entry): Entry => {
    const { kind, source } = entry;
    const action = kind.complete?.(entry.action, parameters) ?? entry.action;
    return { ...entry, action, source: withSeal(source, kind, action) };
  };
  const planned = protocolEntries(parameters);
  const plan = readEntries(planned, "parameters");
  if (plan.problems.length > 0) throw new InvalidTimelineError(plan.problems, planned);
  const given = plan.entries.map((entry) => complete(entry!));
  const known = new Map(given.map((entry) => [entry.id, entry]));
  const { entries: read, problems: misread } = readEntries(own, "experiment", known.keys());
  const entries = read.map((entry) => {
    if (!entry) return undefined;
    const completed = complete(entry);
    const same = known.get(entry.id);
    return same && isSameEntry(same, completed) ? same : completed;
  });
  const column = plannedColumn(parameters);
  const problems = own.flatMap((source, index): PlaceProblem[] => {
    if (isRemoval(source)) return removalProblems(source, index, known);
    const entry = entries[index];
    const foreign = entry && foreignProblem(entry.kind, parameters);
    if (foreign) return [{ path: [index, entry.kind.key], message: foreign }];
    const found = entry ? entryProblems(entry, column, earliestMs(index)) : [];
    return found.map(({ path, message }) => ({
      path: [index, ...path],
      message: sentence(message),
    }));
  });
  return {
    timeline: [
      ...given.filter(({ id }) => !own.some((source) => idOf(source) === id)),
      ...entries.filter((entry) => entry !== undefined),
    ],
    sealed: own.map((source, index) => {
      const entry = entries[index];
      return entry ? withSeal(source, entry.kind, entry.action) : source;
    }),
    named: own.flatMap((source, index) => {
      const entry = entries[index];
      return entry?.origin === "parameters" ? [] : [entry?.source ?? source];
    }),
    problems: [...misread, ...problems],
  };
}

/** Problem of a kind that the run's model does not know. */
function foreignProblem({ key, models: own = models }: InterventionKind, parameters: Parameters) {
  const model = modelOf(parameters);
  if (own.includes(model)) return undefined;
  return `${key} is an intervention of the ${own.join()} model, and this run is of the ${model} model.`;
}

function withSeal(source: EntrySource, { key, seal }: InterventionKind, action: unknown) {
  const noted = seal?.(action);
  return noted ? { ...source, [key]: { ...(source[key] as object), ...noted } } : source;
}

/**
 * An experiment's whole timeline, and its own entries with their ids.
 *
 * @throws {InvalidTimelineError} with all that is wrong with its entries
 */
export function timelineOf(course: Course): Omit<TimelineReading, "problems"> {
  const { problems, ...reading } = readTimeline(course);
  if (problems.length > 0) throw new InvalidTimelineError(problems, course.entries);
  return reading;
}

/**
 * An experiment's own entries with others laid over them: those of one id replace each other, and
 * a removal leaves nothing of one that the parameters do not give.
 *
 * @param fromMs when the others come into effect: they may name no earlier time
 * @throws {InvalidTimelineError} with all that is wrong with them
 */
export function layEntries(
  parameters: Parameters,
  earlier: readonly EntrySource[],
  later: readonly EntrySource[],
  fromMs = 0,
): readonly EntrySource[] {
  const { entries, problems } = laidEntries(parameters, earlier, later, fromMs);
  if (problems.length > 0) throw new InvalidTimelineError(problems, entries);
  return entries;
}

/** The same, with what is wrong by the indices of the entries that come out. */
export function laidEntries(
  parameters: Parameters,
  earlier: readonly EntrySource[],
  later: readonly EntrySource[],
  fromMs: number,
) {
  const given = protocolEntries(parameters).map(idOf);
  const known = earlier.map(idOf);
  const isDone = (source: EntrySource) =>
    isRemoval(source) && known.includes(idOf(source)) && !given.includes(idOf(source));
  const successors = earlier.map((source) =>
    later.find((one) => idOf(one) !== undefined && idOf(one) === idOf(source)),
  );
  const entries = [
    ...earlier.map((source, k) => successors[k] ?? source),
    ...later.filter((source) => !successors.includes(source)),
  ].filter((source) => !isDone(source));
  const earliestMs = (index: number) => (later.includes(entries[index]!) ? fromMs : 0);
  return { entries, problems: readTimeline({ parameters, entries }, earliestMs).problems };
}

function removalProblems(source: EntrySource, index: number, known: ReadonlyMap<string, Entry>) {
  const { id, remove, ...others } = source;
  const problems: PlaceProblem[] = Object.keys(others).map((key) => ({
    path: [index, key],
    message: "an entry that is removed has only an id and remove: true.",
  }));
  if (remove !== true) problems.push({ path: [index, "remove"], message: "expected true." });
  if (typeof id === "string" && known.has(id)) return problems;
  const ids = [...known.keys()];
  const message = `there is no entry ${id} to remove${entryHint(String(id), ids)}`;
  return [...problems, { path: [index, "id"], message }];
}

/** End of a message about a timeline that lacks an entry: a similar one, or all that it has. */
export function entryHint(id: string, ids: readonly string[]): string {
  const nearest = nearestName(id, ids);
  if (nearest !== undefined) return `. Did you mean ${nearest}?`;
  return ids.length > 0 ? `: it has ${ids.join(", ")}.` : ": the timeline is empty.";
}

/** A column as far as entries are checked against it: where its cells are. */
export function plannedColumn(parameters: Parameters): PlannedColumn {
  const { sizeFactor, positionSeed, columnSideUm } = parameters;
  const text = [sizeFactor, positionSeed, columnSideUm, columnCount(parameters)].join();
  return { parameters, cells: plannedCells.get(text, () => cellsOf(parameters)) };
}

const plannedCells = new TextMemory<ColumnCells>(1000);

/** The cells of all columns, placed when somebody asks where they are. */
function cellsOf(parameters: Parameters): ColumnCells {
  const populations = populationRanges(parameters.sizeFactor, columnCount(parameters));
  const cellCount = populations.reduce((sum, range) => sum + range.cellCount, 0);
  let drawn: Positions | undefined;
  const positions = () => {
    drawn ??= positionsInColumns(parameters, cellCount);
    return drawn;
  };
  return {
    cellCount,
    populations,
    get xUm() {
      return positions().xUm;
    },
    get yUm() {
      return positions().yUm;
    },
    get zUm() {
      return positions().zUm;
    },
  };
}

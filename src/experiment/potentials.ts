import { timeText } from "../document/quantities.ts";
import { type PlaceProblem, schemaProblems } from "../document/schema-problems.ts";
import { cellCountOf } from "../model/column-grid.ts";
import { unknownKey } from "../model/nearest-name.ts";
import type { Parameters } from "../model/parameters.ts";
import { MOST_RECORDS } from "../model/recurrence.ts";
import { durationMs } from "../model/timeline.ts";
import {
  leastIntervalMs,
  type PotentialSchedule,
  potentialBytes,
  readingCount,
} from "../recording/potentials.ts";
import type { CellSelection } from "../timeline/cell-selection.ts";
import { cells, keys, time } from "../timeline/interventions/fields.ts";
import { plannedColumn } from "./definition.ts";

/** Keys for recorded potentials in a file: `record: { potentials: … }`. */
export const potentialKeys = keys({
  cells: cells("Cells whose potentials are recorded."),
  every: time("Time between two readings.", { minimum: 0, above: true }),
  from: time("Time of the first reading; default: the start of the record.").optional(),
  until: time("End of the readings, inclusive; default: the end of the run.").optional(),
});

export type AskedPotentials = ReturnType<typeof potentialKeys.parse>;

/** Request for potentials that cannot be recorded; the message has a line for each problem. */
export class PotentialsError extends RangeError {
  override readonly name = "PotentialsError";

  constructor(problems: readonly PlaceProblem[]) {
    const lines = problems.map(({ path, message }) => [...path.map(String), message].join(": "));
    super(lines.join("\n"));
  }
}

/** Schedule of potentials, or the problems of a request. */
export type PotentialsReading =
  | { readonly schedule: PotentialSchedule; readonly problems: readonly [] }
  | { readonly schedule: undefined; readonly problems: readonly PlaceProblem[] };

/**
 * Compares what is asked for with the column, before that is built.
 *
 * @param startMs where the record begins
 */
export function readPotentials(
  asked: AskedPotentials,
  parameters: Parameters,
  startMs = 0,
): PotentialsReading {
  const { every: everyMs, from: fromMs = startMs, until: untilMs = durationMs(parameters) } = asked;
  const chosen = chosenCells(asked, parameters);
  const schedule = { cells: [...chosen.cells], everyMs, fromMs, untilMs };
  const problems = [...chosen.problems, ...extentProblems(schedule, parameters, startMs)];
  return problems.length > 0 ? { schedule: undefined, problems } : { schedule, problems: [] };
}

/**
 * Schedule of potentials from a file's request.
 *
 * @param startMs where the record begins
 * @throws {PotentialsError} with all that is wrong
 */
export function potentialSchedule(
  given: unknown,
  parameters: Parameters,
  startMs = 0,
): PotentialSchedule {
  const { data, error } = potentialKeys.safeParse(given);
  if (error) throw new PotentialsError(schemaProblems(error, potentialKeys, unknownKey));
  const { schedule, problems } = readPotentials(data, parameters, startMs);
  if (schedule) return schedule;
  throw new PotentialsError(problems);
}

/**
 * Compares a schedule with the column and the record.
 *
 * @param startMs where the record begins
 * @throws {PotentialsError} with all that is wrong
 */
export function checkPotentials(
  schedule: PotentialSchedule,
  parameters: Parameters,
  startMs = 0,
): void {
  const problems = [
    ...cellProblems(schedule, cellCountOf(parameters)),
    ...extentProblems(schedule, parameters, startMs),
  ];
  if (problems.length === 0) return;
  throw new PotentialsError(
    problems.map(({ path, message }) => ({ path: ["potentials", ...path], message })),
  );
}

function cellProblems({ cells: chosen }: PotentialSchedule, cellCount: number): PlaceProblem[] {
  const isCell = (cell: number, place: number) =>
    Number.isInteger(cell) && cell > (chosen[place - 1] ?? -1) && cell < cellCount;
  const wrong = chosen.find((cell, place) => !isCell(cell, place));
  if (wrong === undefined && chosen.length > 0) return [];
  const got = wrong === undefined ? "none" : String(wrong);
  const message = `expected ascending indices of cells from 0 to ${cellCount - 1}; got ${got}.`;
  return [{ path: ["cells"], message }];
}

function chosenCells({ cells: selection }: AskedPotentials, parameters: Parameters) {
  const problem = (message: string) => ({ cells: [], problems: [{ path: ["cells"], message }] });
  try {
    const found = (selection as CellSelection).resolve(plannedColumn(parameters).cells);
    return found.length > 0 ? { cells: found, problems: [] } : problem("this selects no cells.");
  } catch (error) {
    if (error instanceof RangeError) return problem(`${error.message}.`);
    throw error;
  }
}

/** Readings of one cell, at most, that a run may have: some 50 GB. */
const MOST_READINGS = 1_000_000_000;

function* extentProblems(
  schedule: PotentialSchedule,
  parameters: Parameters,
  startMs: number,
): Generator<PlaceProblem> {
  const { cells: chosen, everyMs, fromMs, untilMs } = schedule;
  const endMs = durationMs(parameters);
  const extent = `the record lasts from ${timeText(startMs)} to ${timeText(endMs)}`;
  for (const [key, timeMs] of [["from", fromMs] as const, ["until", untilMs] as const]) {
    if (timeMs >= startMs && timeMs <= endMs) continue;
    yield { path: [key], message: `${timeText(timeMs)} is outside the run: ${extent}.` };
  }
  if (untilMs < fromMs) {
    const message = `expected a time from ${timeText(fromMs)} on, the start of the readings.`;
    yield { path: ["until"], message };
  }
  const resolutionMs = leastIntervalMs(untilMs);
  if (!(everyMs >= resolutionMs)) {
    const message = `expected at least ${resolutionMs.toPrecision(2)} ms, to which times are resolved at ${timeText(untilMs)}.`;
    yield { path: ["every"], message };
    return;
  }
  const readings = readingCount(schedule);
  const most = Math.min(MOST_RECORDS, Math.floor(MOST_READINGS / Math.max(1, chosen.length)));
  if (readings <= most) return;
  const size = Math.ceil(potentialBytes(schedule) / 1e9);
  const message =
    `expected at most ${most} readings of ${chosen.length} cells; these would be ${readings}, ` +
    `about ${size} GB. Read fewer cells, less often or for a shorter time.`;
  yield { path: ["every"], message };
}

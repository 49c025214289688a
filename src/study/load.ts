import { type Course, plannedColumn, timelineOf } from "../experiment/definition.ts";
import { cellCounts } from "../model/cell-counts.ts";
import { externalInputs } from "../model/external-input.ts";
import type { Parameters } from "../model/parameters.ts";
import { populations } from "../model/populations.ts";
import type { CellSelection } from "../timeline/cell-selection.ts";
import type { Entry } from "../timeline/entry.ts";
import { findTrains } from "../timeline/spike-trains.ts";
import { endOf, firstBeginning, nextBeginning, type When } from "../timeline/when.ts";

/** Work of a run in a stretch of time, relative to a column at baseline without deletion. */
export interface Load {
  /** Cell events. */
  readonly events: number;
  /** Living cells, on average. */
  readonly living: number;
}

/** The load of a run as far as its timeline tells it beforehand: cells that it loses, and stimuli. */
export function plannedLoad(course: Course, startMs: number, endMs: number): Load {
  const { parameters } = course;
  const { timeline } = timelineOf(course);
  const { cells } = plannedColumn(parameters);
  const countOf = (entry: Entry) =>
    (entry.action as { cells: CellSelection }).cells.resolve(cells).length;
  const own = (what: string) => timeline.filter(({ kind }) => kind.key === what);
  const lost = own("delete").reduce(
    (sum, entry) => sum + meanLoss(entry, countOf(entry), startMs, endMs),
    0,
  );
  const living = Math.max(0, 1 - lost / cells.cellCount);
  const inputs = own("stimulate").reduce(
    (sum, entry) => sum + inputCount(entry, countOf(entry), startMs, endMs),
    0,
  );
  const atRest = restEventsPerMs(parameters) * (endMs - startMs);
  return { events: living + (atRest > 0 ? inputs / atRest : 0), living };
}

/** Number of cells that an entry has deleted, on average over a stretch of time. */
function meanLoss({ when, action }: Entry, cells: number, startMs: number, endMs: number): number {
  const {
    count,
    fraction,
    leave = 0,
  } = action as {
    readonly count?: number;
    readonly fraction?: number;
    readonly leave?: number;
  };
  let lost = 0;
  let sum = 0;
  for (const timeMs of beginnings(when, endMs)) {
    const more = count ?? Math.round(fraction! * cells);
    if (more === 0 || lost + more > cells - leave) break;
    lost += more;
    sum += (more * (endMs - Math.max(timeMs, startMs))) / (endMs - startMs);
  }
  return sum;
}

/** Number of inputs of a stimulus in a stretch of time. */
function inputCount({ when, action }: Entry, cells: number, startMs: number, endMs: number) {
  const { rate, times, checksum } = action as {
    readonly rate?: number;
    readonly times?: readonly number[];
    readonly checksum?: string;
  };
  let inputs = 0;
  for (const timeMs of beginnings(when, endMs)) {
    const from = Math.max(timeMs, startMs);
    const lastsMs = Math.min(endOf(when, timeMs), endMs) - from;
    if (lastsMs <= 0) continue;
    if (rate !== undefined) inputs += (rate * cells * lastsMs) / 1000;
    else inputs += times ? times.length * cells : (findTrains(checksum!)?.cells.length ?? 0);
  }
  return inputs;
}

function* beginnings(when: When, endMs: number): Generator<number> {
  for (let timeMs = firstBeginning(when, 0); timeMs < endMs; timeMs = nextBeginning(when, timeMs)) {
    yield timeMs;
  }
}

function restEventsPerMs(parameters: Parameters): number {
  const counts = cellCounts(parameters.sizeFactor);
  return externalInputs(parameters).reduce(
    (sum, { rateHz, weightMv }) =>
      sum +
      populations.reduce(
        (hz, { name, cellClass }) =>
          hz + (weightMv[cellClass] > 0 ? (counts[name] * rateHz[cellClass]) / 1000 : 0),
        0,
      ),
    0,
  );
}

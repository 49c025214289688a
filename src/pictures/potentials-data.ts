import type { Interval } from "../analysis/firing/interval.ts";
import { FigureDataError } from "../drawing/figure.ts";
import type { PotentialsFigureData, PotentialTrace } from "../figures/potentials.ts";
import type { PotentialReader } from "../recording/potential-reader.ts";
import { eachPotential, potentialsRemedy } from "../recording/potentials.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { cellsText } from "../timeline/cell-selection.ts";
import { type DrawnRun, populationsOf } from "./drawn-run.ts";
import type { FigureRequest } from "./request.ts";

/** Cells that are drawn unless others are chosen: a page has room for so many panels. */
const USUAL_CELLS = 6;

/** Potentials to draw, with their time range. */
export interface ShownPotentials {
  readonly interval: Interval;
  readonly data: PotentialsFigureData;
}

/** Reader of a run's potentials, and the time range of a figure of them. */
interface ShownReadings {
  readonly potentials: PotentialReader;
  readonly interval: Interval;
  /** The readings of the interval, its end included. */
  readonly range: Interval;
}

/**
 * The recorded potentials of a run in the time asked for, by default all.
 *
 * @throws {FigureDataError} when there are no two readings
 */
export function shownReadings(
  { label, history }: DrawnRun,
  { fromMs, toMs }: FigureRequest,
): ShownReadings {
  const { potentials } = history.record;
  if (!potentials) {
    throw new FigureDataError(`${label} has no recorded potentials. ${potentialsRemedy}`);
  }
  const { timesMs } = potentials;
  const startMs = fromMs ?? timesMs[0] ?? 0;
  const endMs = toMs ?? timesMs.at(-1) ?? 0;
  const count = timesMs.filter((timeMs) => timeMs >= startMs && timeMs <= endMs).length;
  if (count > 1) {
    const [interval, range] = [endMs, beyond(endMs)].map((end) => ({ startMs, endMs: end }));
    return { potentials, interval: interval!, range: range! };
  }
  throw new FigureDataError(
    `${label} has no two readings of potentials from ${startMs / 1000} to ${endMs / 1000} s; there are ${timesMs.length} from ${(timesMs[0] ?? 0) / 1000} to ${(timesMs.at(-1) ?? 0) / 1000} s.`,
  );
}

/**
 * The recorded potentials of chosen cells, by default of some of those that are recorded, over the
 * time of the readings.
 *
 * @throws {FigureDataError} when none are recorded of a cell, or at that time
 */
export function potentialsRun(run: DrawnRun, request: FigureRequest): ShownPotentials {
  const { potentials, interval, range } = shownReadings(run, request);
  const readings = potentials.readings(range);
  const cells = shownCells(potentials, request);
  const spikes = spikesOf(run.history.record, cells, interval);
  const traces = cells.map((cell): PotentialTrace => {
    const place = potentials.cells.indexOf(cell);
    const column = (values: Float64Array) =>
      readings.timesMs.map((_, k) => values[k * potentials.cells.length + place]!);
    const columns = eachPotential((name) => column(readings[name]));
    return { cell, ...columns, spikeTimesMs: Float64Array.from(spikes.get(cell)!) };
  });
  const data = { timesMs: readings.timesMs, traces, populations: populationsOf(run) };
  return { interval, data };
}

/** The least time after another. */
const beyond = (timeMs: number): number => timeMs * (1 + Number.EPSILON) + Number.MIN_VALUE;

function shownCells({ cells }: PotentialReader, { selection }: FigureRequest): readonly number[] {
  if (!Array.isArray(selection)) {
    const step = Math.max(1, cells.length / USUAL_CELLS);
    return Array.from({ length: Math.min(USUAL_CELLS, cells.length) }, (_, k) => {
      return cells[Math.floor(k * step)]!;
    });
  }
  const unknown = selection.find((cell: number) => !cells.includes(cell));
  if (unknown === undefined) return selection;
  throw new FigureDataError(
    `Potentials of cell ${unknown} are not recorded, but those of ${cellsText(cells)}.`,
  );
}

function spikesOf(record: RunReader, cells: readonly number[], { startMs, endMs }: Interval) {
  const spikes = new Map(cells.map((cell): [number, number[]] => [cell, []]));
  for (const block of record.spikeBlocks({ startMs, endMs: beyond(endMs) })) {
    block.cells.forEach((cell, k) => {
      spikes.get(cell)?.push(block.timesMs[k]!);
    });
  }
  return spikes;
}

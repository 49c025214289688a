import { columnSeed } from "../../model/column-grid.ts";
import { mcellRan4 } from "../../random/mcell-ran4.ts";
import type { StimulusInput } from "./stimulus.ts";
import { TimeQueue, type Waiting } from "./time-queue.ts";

/** A column's part in volleys. */
export interface VolleyColumn {
  /** Among which each input's cell is drawn, ascending. */
  readonly cells: readonly number[];
  readonly seed: number;
}

/** Volleys of input, as the published training has them. */
export interface Volleys {
  /** They come to all at the same times, and reach cells of each by draws of its own. */
  readonly columns: readonly VolleyColumn[];
  readonly rateHz: number;
  /** Time over which a volley's inputs spread, ms. */
  readonly spreadMs: number;
  /** The first volley begins at `startMs`, and the last one before `endMs`. */
  readonly startMs: number;
  readonly endMs: number;
  /** At most so many of them. */
  readonly mostVolleys: number;
  /** Seed of as many inputs to each cell at times of their own instead; null for volleys. */
  readonly shuffleSeed: number | null;
}

/** An input as it is drawn, before inputs of one cell are separated. */
export interface DrawnInput extends StimulusInput, Waiting {}

/** A volley has 110 inputs per 100 cells, so that some cells get two. */
const PERCENT_OF_CELLS = 110;

/**
 * Factor of the training seed in the original: the numbers of E4 and the AMPA receptor, each + 1.
 */
const SEED_FACTOR = 17 * 5;

/** The original compares loop counters with this tolerance: 1900.0000000002 volleys are 1900. */
const COUNT_TOLERANCE = 1e-11;

/** An input not later than its predecessor in the same cell comes this much after it, ms. */
export const MIN_SEPARATION_MS = 1e-5;

/** The parts of columns whose cells are chosen; each has its own seed, times its number from 1 on. */
export function volleyColumns(
  cells: readonly number[],
  seed: number,
  cellsPerColumn = Infinity,
): VolleyColumn[] {
  const columnOf = (cell: number) => Math.floor(cell / cellsPerColumn);
  return [...new Set(cells.map(columnOf))].map((column) => ({
    cells: cells.filter((cell) => columnOf(cell) === column),
    seed: columnSeed(seed, column),
  }));
}

export const inputsPerVolley = ({ cells }: VolleyColumn): number =>
  Math.trunc((PERCENT_OF_CELLS * cells.length) / 100);

const intervalMs = ({ rateHz }: Pick<Volleys, "rateHz">): number => 1000 / rateHz;

export function volleyCount(volleys: Omit<Volleys, "columns" | "shuffleSeed" | "spreadMs">) {
  const { startMs, endMs, mostVolleys } = volleys;
  const count = Math.ceil((endMs - startMs) / intervalMs(volleys) - COUNT_TOLERANCE);
  return Math.min(mostVolleys, Math.max(0, count));
}

/** One of a volley's draws, in [0, 1); both cell and time of an input follow from it. */
export function volleyDraw({ seed }: VolleyColumn, volley: number, input: number): number {
  const volleySeed = Math.imul(Math.imul(seed, SEED_FACTOR), volley + 1);
  return mcellRan4(volleySeed + input, volleySeed) / 0x100000000;
}

export const drawnCell = ({ cells }: VolleyColumn, draw: number): number =>
  cells[Math.floor(cells.length * draw)]!;

/**
 * Inputs as they are drawn, in order of time; at least from `fromMs` on.
 *
 * A volley at T reaches cells[⌊cells·u⌋] at T + u·`spreadMs`, both from the same draws u: cell and
 * time are correlated, as in the original.
 */
export function* drawnInputs(volleys: Volleys, fromMs: number): Generator<DrawnInput, void> {
  const { columns, spreadMs, startMs } = volleys;
  const stepMs = intervalMs(volleys);
  const count = volleyCount(volleys);
  const size = Math.max(0, ...columns.map(inputsPerVolley));
  // Volleys so far apart that none can delay an input of the next: earlier ones need not be drawn.
  const apart = spreadMs + (size + 1) * MIN_SEPARATION_MS < stepMs;
  const waiting = new TimeQueue<DrawnInput>();
  let volleyMs = startMs;
  let order = 0;
  for (let volley = 0; volley < count; volley++, volleyMs += stepMs) {
    if (apart && volleyMs + stepMs <= fromMs) continue;
    while (waiting.nextMs <= volleyMs) yield waiting.take();
    for (const column of columns) {
      for (let k = 0; k < inputsPerVolley(column); k++) {
        const draw = volleyDraw(column, volley, k);
        const timeMs = volleyMs + draw * spreadMs;
        waiting.add({ timeMs, order: order++, cell: drawnCell(column, draw) });
      }
    }
  }
  while (!waiting.isEmpty) yield waiting.take();
}

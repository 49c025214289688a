import { AdditiveCongruentialGenerator } from "../../random/additive-congruential.ts";
import { uniform } from "../../random/distributions.ts";
import { timeOrder } from "../time-order.ts";
import {
  type DrawnInput,
  drawnCell,
  inputsPerVolley,
  MIN_SEPARATION_MS,
  type Volleys,
  volleyCount,
  volleyDraw,
} from "./volley-draws.ts";

/** Inputs that are kept in memory at once, about. */
const SLICE_INPUTS = 262_144;

/**
 * As many inputs to each cell as its volleys have, at times spread over the whole period, in order
 * of time; at least from `fromMs` on.
 *
 * The times are drawn cell by cell. To have them in order without keeping them all, the period is
 * cut into slices, and all are drawn anew for each slice.
 */
export function* shuffledInputs(
  volleys: Volleys,
  seed: number,
  fromMs: number,
): Generator<DrawnInput, void> {
  const { startMs, endMs } = volleys;
  const counts = inputsPerCell(volleys);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const slices = Math.ceil(total / SLICE_INPUTS);
  const sliceMs = (endMs - startMs) / slices;
  // No input can be delayed through a whole slice: what comes before the last one has no effect.
  const apart = (total + 1) * MIN_SEPARATION_MS < sliceMs;
  const first = apart ? Math.max(0, Math.floor((fromMs - startMs) / sliceMs) - 1) : 0;
  for (let slice = first; slice < slices; slice++) {
    const endsMs = slice === slices - 1 ? Infinity : startMs + (slice + 1) * sliceMs;
    yield* sliceInputs(volleys, counts, seed, startMs + slice * sliceMs, endsMs);
  }
}

/** The inputs from `fromMs` to before `untilMs`. */
function* sliceInputs(
  { columns, startMs, endMs }: Volleys,
  counts: Uint32Array,
  seed: number,
  fromMs: number,
  untilMs: number,
): Generator<DrawnInput, void> {
  const generator = new AdditiveCongruentialGenerator(Math.imul(seed, seed));
  uniform(generator, startMs, endMs);
  const cells = columns.flatMap((column) => column.cells);
  const timesMs: number[] = [];
  const places: number[] = [];
  for (let place = 0; place < counts.length; place++) {
    for (let k = 0; k < counts[place]!; k++) {
      const timeMs = uniform(generator, startMs, endMs);
      if (!(timeMs >= fromMs && timeMs < untilMs)) continue;
      timesMs.push(timeMs);
      places.push(place);
    }
  }
  for (const order of timeOrder(Float64Array.from(timesMs))) {
    yield { timeMs: timesMs[order]!, order, cell: cells[places[order]!]! };
  }
}

/** Number of inputs to each cell of the volleys, column by column. */
function inputsPerCell(volleys: Volleys): Uint32Array {
  const cells = volleys.columns.flatMap((column) => column.cells);
  const places = new Map(cells.map((cell, place) => [cell, place]));
  const counts = new Uint32Array(cells.length);
  const count = volleyCount(volleys);
  for (const column of volleys.columns) {
    const size = inputsPerVolley(column);
    for (let volley = 0; volley < count; volley++) {
      for (let k = 0; k < size; k++) {
        counts[places.get(drawnCell(column, volleyDraw(column, volley, k)))!]!++;
      }
    }
  }
  return counts;
}

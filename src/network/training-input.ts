import type { Parameters } from "../model/parameters.ts";
import { usesTraining } from "../model/timeline.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { uniform } from "../random/distributions.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import type { Network } from "./network.ts";
import { timeOrder } from "./time-order.ts";

/** Training input in order of time: entry k reaches cell `cell[k]` at `timeMs[k]`. */
export interface TrainingInput {
  readonly timeMs: Float64Array;
  readonly cell: Uint32Array;
}

/** A volley has 110 inputs per 100 cells, so that some cells get two. */
const PERCENT_OF_CELLS = 110;

/** What the original multiplies the training seed with: E4's and the AMPA receptor's numbers + 1. */
const SEED_FACTOR = 17 * 5;

/** The original compares loop counters with this tolerance: 1900.0000000002 volleys are 1900. */
const COUNT_TOLERANCE = 1e-11;

/** An input not later than its predecessor in the same cell comes this much after it, ms. */
const MIN_SEPARATION_MS = 1e-5;

/** An input at most this much after the one delivered before it is lost, ms. */
const LOST_WITHIN_MS = 1e-6;

/**
 * All training input of a run: volleys at `trainingRateHz` onto layer 4's excitatory cells.
 *
 * A volley at T reaches cells first + ⌊cells·u⌋ at T + u·`trainingVolleyMs`, both from the same
 * draws u: cell and time are correlated, as in the original.
 */
export function trainingInput(parameters: Parameters, network: Network): TrainingInput {
  const target = network.populations.find(({ name }) => name === "E4");
  if (!target || !usesTraining(parameters)) {
    return { timeMs: new Float64Array(0), cell: new Uint32Array(0) };
  }
  const timesOfCell = drawVolleys(parameters, target.cellCount);
  if (parameters.trainingShuffled) shuffleTimes(timesOfCell, parameters);
  const delivered = timesOfCell.map(deliveredTimes);

  const count = delivered.reduce((sum, times) => sum + times.length, 0);
  const timeMs = new Float64Array(count);
  const cell = new Uint32Array(count);
  let filled = 0;
  delivered.forEach((times, k) => {
    timeMs.set(times, filled);
    cell.fill(target.firstCell + k, filled, filled + times.length);
    filled += times.length;
  });
  const order = timeOrder(timeMs);
  return {
    timeMs: Float64Array.from(order, (k) => timeMs[k]!),
    cell: Uint32Array.from(order, (k) => cell[k]!),
  };
}

/** Each target cell's input times, ascending. */
function drawVolleys(parameters: Parameters, cellCount: number): Float64Array[] {
  const { trainingStartMs, trainingEndMs, trainingRateHz, trainingVolleyMs } = parameters;
  const intervalMs = 1000 / trainingRateHz;
  const volleys = Math.max(
    0,
    Math.ceil((trainingEndMs - trainingStartMs) / intervalMs - COUNT_TOLERANCE),
  );
  const perVolley = Math.trunc((PERCENT_OF_CELLS * cellCount) / 100);
  const seedStep = Math.imul(parameters.trainingSeed, SEED_FACTOR);
  const time = new Float64Array(volleys * perVolley);
  const cell = new Uint32Array(time.length);
  const counts = new Uint32Array(cellCount);
  let volleyMs = trainingStartMs;
  for (let volley = 0, k = 0; volley < volleys; volley++, volleyMs += intervalMs) {
    const seed = Math.imul(seedStep, volley + 1);
    for (let input = 0; input < perVolley; input++, k++) {
      const u = mcellRan4(seed + input, seed) / 0x100000000;
      cell[k] = Math.floor(cellCount * u);
      time[k] = volleyMs + u * trainingVolleyMs;
      counts[cell[k]!]!++;
    }
  }
  const lists = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Uint32Array(cellCount);
  for (let k = 0; k < time.length; k++) lists[cell[k]!]![filled[cell[k]!]!++] = time[k]!;
  return lists.map((times) => times.sort());
}

/** Spreads all inputs over the training period: as many per cell, at independent times. */
function shuffleTimes(timesOfCell: readonly Float64Array[], parameters: Parameters): void {
  const { inputSeed, trainingStartMs, trainingEndMs } = parameters;
  const generator = new AdditiveCongruentialGenerator(Math.imul(inputSeed, inputSeed));
  uniform(generator, trainingStartMs, trainingEndMs);
  for (const times of timesOfCell) {
    for (let k = 0; k < times.length; k++) {
      times[k] = uniform(generator, trainingStartMs, trainingEndMs);
    }
    times.sort();
  }
}

/** The times at which one cell really gets its inputs. */
function deliveredTimes(ascending: Float64Array): Float64Array {
  for (let k = 1; k < ascending.length; k++) {
    const previous = ascending[k - 1]!;
    if (ascending[k]! <= previous) ascending[k] = previous + MIN_SEPARATION_MS;
  }
  let nowMs = 0;
  return ascending.filter((timeMs) => {
    if (timeMs - nowMs <= LOST_WITHIN_MS) return false;
    nowMs = timeMs;
    return true;
  });
}

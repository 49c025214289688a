import type { Parameters } from "../model/parameters.ts";
import { usesTraining } from "../model/timeline.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { uniform } from "../random/distributions.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import type { Network, PopulationRange } from "./network.ts";
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
  const drawn = drawVolleys(parameters, target);
  return delivered(parameters.trainingShuffled ? shuffled(drawn, parameters) : drawn);
}

/** All inputs as they are drawn, volley by volley. */
function drawVolleys(parameters: Parameters, target: PopulationRange): TrainingInput {
  const { trainingStartMs, trainingEndMs, trainingRateHz, trainingVolleyMs } = parameters;
  const { firstCell, cellCount } = target;
  const intervalMs = 1000 / trainingRateHz;
  const volleys = Math.max(
    0,
    Math.ceil((trainingEndMs - trainingStartMs) / intervalMs - COUNT_TOLERANCE),
  );
  const perVolley = Math.trunc((PERCENT_OF_CELLS * cellCount) / 100);
  const seedStep = Math.imul(parameters.trainingSeed, SEED_FACTOR);
  const timeMs = new Float64Array(volleys * perVolley);
  const cell = new Uint32Array(timeMs.length);
  let volleyMs = trainingStartMs;
  for (let volley = 0, k = 0; volley < volleys; volley++, volleyMs += intervalMs) {
    const seed = Math.imul(seedStep, volley + 1);
    for (let input = 0; input < perVolley; input++, k++) {
      const u = mcellRan4(seed + input, seed) / 0x100000000;
      cell[k] = firstCell + Math.floor(cellCount * u);
      timeMs[k] = volleyMs + u * trainingVolleyMs;
    }
  }
  return { timeMs, cell };
}

/** As many inputs to each cell, at times spread over the training period, drawn cell by cell. */
function shuffled({ cell }: TrainingInput, parameters: Parameters): TrainingInput {
  const { inputSeed, trainingStartMs, trainingEndMs } = parameters;
  const generator = new AdditiveCongruentialGenerator(Math.imul(inputSeed, inputSeed));
  uniform(generator, trainingStartMs, trainingEndMs);
  const timeMs = new Float64Array(cell.length);
  return {
    timeMs: timeMs.map(() => uniform(generator, trainingStartMs, trainingEndMs)),
    cell: cell.slice().sort(),
  };
}

/** The inputs that the cells really get, in order of time. */
function delivered(drawn: TrainingInput): TrainingInput {
  const order = timeOrder(drawn.timeMs);
  const listedMs: number[] = [];
  const deliveredMs: number[] = [];
  const timeMs = new Float64Array(order.length);
  const cell = new Uint32Array(order.length);
  let kept = 0;
  for (let place = 0; place < order.length; place++) {
    const k = order[place]!;
    const target = drawn.cell[k]!;
    const earliestMs = listedMs[target] ?? -Infinity;
    const drawnMs = drawn.timeMs[k]!;
    const inputMs = drawnMs > earliestMs ? drawnMs : earliestMs + MIN_SEPARATION_MS;
    listedMs[target] = inputMs;
    if (inputMs - (deliveredMs[target] ?? 0) <= LOST_WITHIN_MS) continue;
    deliveredMs[target] = inputMs;
    timeMs[kept] = inputMs;
    cell[kept] = target;
    kept++;
  }
  return inOrder({ timeMs: timeMs.subarray(0, kept), cell: cell.subarray(0, kept) });
}

/** Puts inputs back in order, where separating some has moved them past those of other cells. */
function inOrder(input: TrainingInput): TrainingInput {
  const { timeMs, cell } = input;
  if (timeMs.every((time, k) => k === 0 || time >= timeMs[k - 1]!)) return input;
  const order = timeOrder(timeMs);
  const ordered = { timeMs: new Float64Array(order.length), cell: new Uint32Array(order.length) };
  for (let place = 0; place < order.length; place++) {
    ordered.timeMs[place] = timeMs[order[place]!]!;
    ordered.cell[place] = cell[order[place]!]!;
  }
  return ordered;
}

import { populations as modelPopulations, type Population } from "../../model/populations.ts";
import { timeOrder } from "../time-order.ts";
import { type TrainPlan, trainTimes } from "./electrode-trains.ts";
import {
  type AwaitedInput,
  type CellList,
  type CellLists,
  chainedInputs,
  isLast,
} from "./input-chains.ts";
import type { InputList } from "./listed.ts";
import { SharedStream, type StreamPosition } from "./shared-stream.ts";

/** Populations with stimulus events, in the order in which they are taken. */
const signalPopulationNames = ["E4", "E2", "E6", "E5R", "E5B"] as const;
/** Populations that are stimulated, in the order in which they are taken. */
const stimulatedPopulationNames = ["E2", "E4", "E6", "E5R", "E5B"] as const;

/** Trains to all signal cells, with the weight of each of these, mV. */
export interface WeightedTrains extends TrainPlan {
  readonly weightsMv: readonly number[];
}

/** A stimulus list, as values that JSON can hold: all that its inputs follow from. */
export interface ElectrodeList {
  /** The first signal populations. */
  readonly populations: number;
  /** Position of the shared stream before the list is drawn. */
  readonly stream: StreamPosition;
  /** Seed of every train: the cell's index plus this. */
  readonly seed: number;
  /** Drawn one after the other, for all cells each; none for the keep-alive pulse. */
  readonly trains: readonly WeightedTrains[];
  /** Time of the keep-alive pulse, if the list is that. */
  readonly pulseMs: number | null;
  /** Inputs that cells await from the list before, in the order in which they are served. */
  readonly awaited: readonly AwaitedInput[];
}

/** The inputs of a list in the order in which they are served. */
export interface ServedInputs {
  readonly inputs: Required<InputList>;
  /** Inputs awaited from the list before after which this one has none. */
  readonly stranded: readonly AwaitedInput[];
  /** Position of the shared stream after the list was drawn. */
  readonly stream: StreamPosition;
}

/** A population's place among the cells of a network. */
interface CellRange extends Pick<Population, "name" | "originalType"> {
  readonly firstCell: number;
  readonly cellCount: number;
}

type Ranges = readonly CellRange[];

/** The cells of the first signal populations, in their order. */
export function signalCells(populations: Ranges, count: number): readonly number[] {
  return signalPopulationNames.slice(0, count).flatMap((wanted) => cellsOf(populations, wanted));
}

/** The cells of the first stimulated populations. */
export function stimulatedCells(populations: Ranges, count: number): ReadonlySet<number> {
  const names = stimulatedPopulationNames.slice(0, count);
  return new Set(names.flatMap((wanted) => cellsOf(populations, wanted)));
}

function cellsOf(populations: Ranges, wanted: string): number[] {
  const { firstCell, cellCount } = populations.find(({ name }) => name === wanted)!;
  return Array.from({ length: cellCount }, (_, k) => firstCell + k);
}

const known = new WeakMap<ElectrodeList, ServedInputs>();

/** The inputs of a list: drawn once, then remembered. */
export function servedInputs(list: ElectrodeList, populations: Ranges): ServedInputs {
  const found = known.get(list);
  if (found) return found;
  const stream = new SharedStream(list.stream);
  const lists =
    list.pulseMs === null
      ? drawTrains(list, populations, stream)
      : drawPulse(list, populations, list.pulseMs, stream);
  const { awaited } = list;
  const served = {
    inputs: chainedInputs(awaited.length > 0 ? awaited : firstInputs(lists), lists),
    stranded: awaited.filter((input) => isLast(input, lists)),
    stream: stream.position,
  };
  known.set(list, served);
  return served;
}

/** Weight of the pulse, mV. */
const PULSE_WEIGHT_MV = 0.001;
/** The seed of the original's stimuli; of a population's: this · 5 · (its type number + 1). */
const STIMULUS_SEED = 9342;
/** Index of the shared stream at the start of a run. */
const STREAM_START = 392_426;

type Typed = Pick<Population, "name" | "originalType">;

const populationSeed = ({ originalType }: Typed): number =>
  (STIMULUS_SEED * 5 * (originalType + 1)) >>> 0;

/** The first signal populations by their type numbers. */
const byType = <T extends Typed>(populations: readonly T[], count: number): T[] =>
  populations
    .filter(({ name }) => signalPopulationNames.slice(0, count).some((one) => one === name))
    .sort((a, b) => a.originalType - b.originalType);

/** The last stimulus seed at the start of a run: also that of the stream of deaths. */
export const lastPopulationSeed = (count: number): number =>
  populationSeed(byType(modelPopulations, count).at(-1)!);

/** One input to each cell within 1 ms, in an order of its own for each population. */
function drawPulse(
  { populations: count }: ElectrodeList,
  populations: Ranges,
  pulseMs: number,
  stream: SharedStream,
): CellLists {
  const lists = new Map<number, CellList>();
  for (const range of byType(populations, count)) {
    const seed = populationSeed(range);
    const drawn = new SharedStream({ high: seed, low: seed });
    const cells = cellsOf(populations, range.name);
    drawn.shuffle(cells);
    drawn.high = seed;
    for (const cell of cells) {
      lists.set(cell, {
        timesMs: Float64Array.of(pulseMs + drawn.uniform()),
        weightsMv: Float64Array.of(PULSE_WEIGHT_MV),
      });
    }
  }
  stream.high = STREAM_START;
  return lists;
}

function drawTrains(
  { populations: count, seed, trains }: ElectrodeList,
  populations: Ranges,
  stream: SharedStream,
): CellLists {
  const cells = signalCells(populations, count);
  const seeds = cells.map((cell) => cell + seed);
  const drawn = trains.map(({ weightsMv, ...plan }) => {
    return trainTimes(plan, seeds, stream).map((timesMs, place) => ({
      timesMs,
      weightsMv: new Float64Array(timesMs.length).fill(weightsMv[place]!),
    }));
  });
  return new Map(cells.map((cell, k) => [cell, separated(merged(drawn.map((own) => own[k]!)))]));
}

/** Lists of one cell as one; of equal times, those of the first list come first. */
function merged(lists: readonly CellList[]): CellList {
  if (lists.length === 1) return lists[0]!;
  const timesMs = Float64Array.from(lists.flatMap((list) => [...list.timesMs]));
  const weightsMv = Float64Array.from(lists.flatMap((list) => [...list.weightsMv]));
  const order = timeOrder(timesMs);
  return {
    timesMs: Float64Array.from(order, (k) => timesMs[k]!),
    weightsMv: Float64Array.from(order, (k) => weightsMv[k]!),
  };
}

/** Distance of equal times of a cell's list, ms. */
const SEPARATION_MS = 1e-5;

function separated(list: CellList): CellList {
  const { timesMs } = list;
  for (let k = 1; k < timesMs.length; k++) {
    if (timesMs[k]! <= timesMs[k - 1]!) timesMs[k] = timesMs[k - 1]! + SEPARATION_MS;
  }
  return list;
}

/** The first input of each cell, where no list came before. */
const firstInputs = (lists: CellLists): AwaitedInput[] =>
  [...lists]
    .filter(([, { timesMs }]) => timesMs.length > 0)
    .sort(([one], [other]) => one - other)
    .map(([cell, own]) => ({ cell, timeMs: own.timesMs[0]!, weightMv: own.weightsMv[0]! }));

/** A new stimulus list that has nothing for a cell that awaits it. */
export class StimulusListError extends Error {
  override readonly name = "StimulusListError";

  constructor({ cell, timeMs }: AwaitedInput) {
    super(
      `The stimulus list has no input for cell ${cell} after ${timeMs} ms, the one it awaits. The ` +
        "original reads the list of another cell there, or stops. Raise stimulationRateHz " +
        "(prosfreq) or trialDurationMs (infotriallength), so that each cell has several stimuli in " +
        "each list.",
    );
  }
}

import { populations as modelPopulations, type Population } from "../../model/populations.ts";
import { type TrainPlan, trainTimes } from "./electrode-trains.ts";
import { SharedStream, type StreamPosition } from "./shared-stream.ts";
import type { StimulusInput } from "./stimulus.ts";
import { TimeQueue } from "./time-queue.ts";

/** Populations with stimulus events, in the order in which they are taken. */
const signalPopulationNames = ["E4", "E2", "E6", "E5R", "E5B"] as const;
/** Populations that are stimulated, in the order in which they are taken. */
const stimulatedPopulationNames = ["E2", "E4", "E6", "E5R", "E5B"] as const;

/** Trains to all signal cells, with the weight of each of these, mV. */
export interface WeightedTrains extends TrainPlan {
  readonly weightsMv: readonly number[];
}

/** An input that a cell awaits, whatever list comes. */
export type AwaitedInput = Required<StimulusInput>;

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
  readonly inputs: readonly AwaitedInput[];
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
  const entries =
    list.pulseMs === null
      ? drawTrains(list, populations, stream)
      : drawPulse(list, populations, list.pulseMs, stream);
  const served = { ...inOrder(list, entries), stream: stream.position };
  known.set(list, served);
  return served;
}

interface ListEntry {
  timeMs: number;
  readonly weightMv: number;
}

type Entries = ReadonlyMap<number, readonly ListEntry[]>;

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
): Entries {
  const entries = new Map<number, ListEntry[]>();
  for (const range of byType(populations, count)) {
    const seed = populationSeed(range);
    const drawn = new SharedStream({ high: seed, low: seed });
    const cells = cellsOf(populations, range.name);
    drawn.shuffle(cells);
    drawn.high = seed;
    for (const cell of cells) {
      entries.set(cell, [{ timeMs: pulseMs + drawn.uniform(), weightMv: PULSE_WEIGHT_MV }]);
    }
  }
  stream.high = STREAM_START;
  return entries;
}

function drawTrains(
  { populations: count, seed, trains }: ElectrodeList,
  populations: Ranges,
  stream: SharedStream,
): Entries {
  const cells = signalCells(populations, count);
  const entries = new Map<number, ListEntry[]>(cells.map((cell) => [cell, []]));
  for (const { weightsMv, ...plan } of trains) {
    cells.forEach((cell, place) => {
      const weightMv = weightsMv[place]!;
      const times = trainTimes(plan, cell + seed, stream);
      for (const timeMs of times) entries.get(cell)!.push({ timeMs, weightMv });
    });
  }
  for (const own of entries.values()) {
    if (trains.length > 1) own.sort((a, b) => a.timeMs - b.timeMs);
    separate(own);
  }
  return entries;
}

/** Distance of equal times of a cell's list, ms. */
const SEPARATION_MS = 1e-5;

function separate(entries: readonly ListEntry[]): void {
  for (let k = 1; k < entries.length; k++) {
    const earlierMs = entries[k - 1]!.timeMs;
    if (entries[k]!.timeMs <= earlierMs) entries[k]!.timeMs = earlierMs + SEPARATION_MS;
  }
}

/** An entry must come later by more than this than the one before, ms. */
const RESOLUTION_MS = 1e-6;

/**
 * The inputs in order of time; of equal times, the first scheduled first. Each cell schedules its
 * next input when it receives one: the first one of the new list that is later.
 */
function inOrder({ awaited }: ElectrodeList, entries: Entries) {
  const queue = new TimeQueue<AwaitedInput & { readonly order: number; readonly next: number }>();
  let order = 0;
  for (const input of awaited) queue.add({ ...input, order: order++, next: 0 });
  const waits = new Set(awaited.map(({ cell }) => cell));
  if (waits.size === 0) {
    for (const cell of [...entries.keys()].sort((a, b) => a - b)) {
      const first = entries.get(cell)![0]!;
      queue.add({ cell, ...first, order: order++, next: 1 });
    }
  }
  const inputs: AwaitedInput[] = [];
  const stranded: AwaitedInput[] = [];
  while (!queue.isEmpty) {
    const { timeMs, cell, weightMv, next: from } = queue.take();
    inputs.push({ timeMs, cell, weightMv });
    const own = entries.get(cell) ?? [];
    let next = from;
    while (next < own.length && own[next]!.timeMs <= timeMs + RESOLUTION_MS) next++;
    if (next < own.length) queue.add({ cell, ...own[next]!, order: order++, next: next + 1 });
    else if (from === 0) stranded.push({ timeMs, cell, weightMv });
  }
  return { inputs, stranded };
}

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

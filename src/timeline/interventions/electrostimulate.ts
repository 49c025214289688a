import { MOST_TRAIN_POINTS } from "../../model/validation-2014.ts";
import {
  type ElectrodeList,
  lastPopulationSeed,
  type ServedInputs,
  StimulusListError,
  servedInputs,
  signalCells,
  stimulatedCells,
  type WeightedTrains,
} from "../../network/stimuli/electrode-list.ts";
import type { AwaitedInput } from "../../network/stimuli/input-chains.ts";
import type { Column } from "../column.ts";
import { choice, integer, keys, numbers, rate, seed, time, voltage } from "./fields.ts";
import { type ActionProblem, instantKind } from "./kind.ts";

/**
 * Divisor of an interval by the signal: its minimum and its range are taken for 1, where the
 * original meant the signal's own.
 */
const signalDivisor = (value: number): number => (value - 1) / 1.1 + 0.05;

/** Weight of the events of cells that are not stimulated, mV. */
const IDLE_WEIGHT_MV = 0.001;

const schema = keys({
  populations: integer("Populations with stimulus events: so many of E4, E2, E6, E5R, E5B.", {
    minimum: 1,
    maximum: 5,
  }),
  pulse: time("Time of a single weak input to each cell, in place of trains.").optional(),
  length: time("Length of the trains.").optional(),
  stimulated: integer("Stimulated populations: so many of E2, E4, E6, E5R, E5B.", {
    minimum: 0,
    maximum: 5,
  }).optional(),
  stimuliFrom: time("No stimuli before this time.", { minimum: 0 }, "0 ms"),
  rate: rate("Stimuli per second to each cell.", { minimum: 0, maximum: 1e5 }).optional(),
  points: integer(
    "Times from which those of a train are chosen; default: length in ms · rate in Hz / 2, and 1.",
    { minimum: 1, maximum: MOST_TRAIN_POINTS },
  ).optional(),
  weight: voltage("Weight of a stimulus.", { minimum: 0, maximum: 1e6 }).optional(),
  scaling: choice(
    "Weights divided by each cell's scale factor, or the same for all cells.",
    ["inverse", "none"],
    "inverse",
  ),
  seed: seed("Seed of the trains; default: the run's stimulationSeed.").optional(),
  signal: numbers(
    "Information signal, one value for each of its inputs; they are its means over 1 / signalRate.",
  ).optional(),
  signalRate: rate("Inputs per second by the signal.", { minimum: 0, maximum: 1e5 }).optional(),
  signalWeight: voltage("Weight of the signal in E4.", { minimum: 0, maximum: 1e6 }).optional(),
  otherSignalWeight: voltage("Weight of the signal elsewhere.", {
    minimum: 0,
    maximum: 1e6,
  }).optional(),
});

type Action = ReturnType<typeof schema.parse>;

/** Stimuli of one list to all cells, at most: they are in memory while it is in force. */
const MOST_INPUTS = 2e7;

/** Stimuli of a list to each cell, but for those of a signal. */
const inputsOf = ({ length = 0, rate: rateHz = 0, points = Infinity }: Action): number =>
  Math.min(points, Math.floor((length * rateHz) / 1000));

const trainKeys = ["length", "stimulated", "rate", "weight"] as const;
const signalKeys = ["signalRate", "signalWeight", "otherSignalWeight"] as const;

/** Points of a train as the original has them: for twice the stimuli of half its length. */
const pointsOf = ({ points, length, rate: rateHz }: Action) =>
  points === undefined && length !== undefined && rateHz !== undefined
    ? { points: Math.floor((length / 2) * rateHz) + 1 }
    : {};

/** Keys that are missing beside others, and trains of more stimuli than there are times for them. */
function problemsOf(action: Action): ActionProblem[] {
  if (action.pulse !== undefined) return [];
  const needed = [...trainKeys, ...(action.signal ? signalKeys : [])];
  const missing = needed.filter((key) => action[key] === undefined);
  if (missing.length > 0) {
    const message = `${missing.join(", ")} missing: expected ${trainKeys.join(", ")} of the trains, with a signal also ${signalKeys.join(", ")}, or a pulse.`;
    return [{ path: [], message }];
  }
  const { populations, stimulated, length, rate: rateHz, points } = action;
  const stimuli = Math.floor((length! * rateHz!) / 1000);
  return [
    ...(stimulated! > populations
      ? [{ path: ["stimulated"], message: `expected at most ${populations}, the populations.` }]
      : []),
    ...(stimuli > (points ?? Infinity)
      ? [{ path: ["points"], message: `expected at least ${stimuli}, the stimuli of a train.` }]
      : []),
  ];
}

/** Name of the list in force among what a checkpoint keeps. */
const LIST = "electrodeList";

export const electrostimulate = instantKind<Action, null>({
  key: "electrostimulate",
  description:
    "Gives the electrodes a new list of stimuli; each cell still receives the next stimulus of the " +
    "list before (2014 model).",
  example:
    "from 20 s every 16 s: electrostimulate { populations: 5, stimulated: 5, length: 32 s, rate: 3 Hz, points: 48001, weight: 2 mV }",
  schema,
  label: ({ pulse, signal, rate: rateHz, weight, stimulated }) => {
    if (pulse !== undefined) return "keep-alive pulse";
    const what = stimulated === 1 ? "E2" : "E";
    return `${signal ? "information signal, " : ""}${what} stimulated at ${rateHz} Hz, ${weight} mV`;
  },
  models: [2014],
  complete: (action, { stimulationSeed }) => ({
    ...action,
    ...pointsOf(action),
    seed: action.seed ?? stimulationSeed,
  }),
  check(action, { cells }) {
    const problems = problemsOf(action);
    const inputs = inputsOf(action) * signalCells(cells.populations, action.populations).length;
    if (problems.length > 0 || inputs <= MOST_INPUTS) return problems;
    const message = `a list has ${inputs} stimuli: expected at most ${MOST_INPUTS}`;
    return [{ path: ["length"], message }];
  },
  initial: null,
  act(action, kept, column) {
    const before = served(column);
    checkStranded(before, column);
    const list: ElectrodeList = {
      populations: action.populations,
      stream: before?.stream ?? {
        high: 0,
        low: lastPopulationSeed(action.populations),
      },
      seed: action.seed! + column.timeMs,
      trains: action.pulse === undefined ? trainsOf(action, column) : [],
      pulseMs: action.pulse ?? null,
      awaited: before ? awaitedInputs(before, column.timeMs) : [],
    };
    column.share(LIST, list);
    layOut(column);
    return { kept, events: [] };
  },
  resume: layOut,
});

const listOf = (column: Column) => column.shared<ElectrodeList>(LIST);

function served(column: Column): ServedInputs | undefined {
  const list = listOf(column);
  return list && servedInputs(list, column.network.populations);
}

/** Gives the network the inputs of the list in force. */
function layOut(column: Column): void {
  const list = listOf(column);
  if (list) column.setStimuli("electrostimulate", [electrodePlan(list)]);
}

const electrodePlan = (list: ElectrodeList) =>
  ({
    cells: "all",
    receptor: "ampaDistal",
    weightMv: 0,
    startMs: 0,
    endMs: null,
    source: { electrodes: list },
  }) as const;

/** @throws {StimulusListError} when the original would have stopped by now */
function checkStranded(before: ServedInputs | undefined, column: Column): void {
  const due = before?.stranded.find(({ timeMs }) => timeMs < column.timeMs);
  if (due && column.cellState().alive[due.cell]) throw new StimulusListError(due);
}

/** The next input of each cell, in the order in which they are served. */
function awaitedInputs({ inputs }: ServedInputs, nowMs: number): AwaitedInput[] {
  const { timesMs, cells, weightsMv } = inputs;
  const found = new Map<number, AwaitedInput>();
  for (let k = 0; k < timesMs.length; k++) {
    const [timeMs, cell] = [timesMs[k]!, cells[k]!];
    if (timeMs >= nowMs && !found.has(cell))
      found.set(cell, { timeMs, cell, weightMv: weightsMv[k]! });
  }
  return [...found.values()];
}

function trainsOf(action: Action, column: Column): WeightedTrains[] {
  const { timeMs, network } = column;
  const cells = signalCells(network.populations, action.populations);
  const interval = { fromMs: timeMs, untilMs: timeMs + action.length! };
  const trains: WeightedTrains[] = [];
  if (action.signal !== undefined) {
    const signal = action.signal.map(signalDivisor);
    const target = new Set(signalCells(network.populations, 1));
    const weightOf = (cell: number) =>
      target.has(cell) ? action.signalWeight! : action.otherSignalWeight!;
    trains.push({
      ...interval,
      rateHz: action.signalRate!,
      points: signal.length,
      signal,
      weightsMv: cells.map(weightOf),
    });
  }
  if (timeMs >= action.stimuliFrom) {
    const weightsMv = stimulusWeights(action, cells, column);
    trains.push({ ...interval, rateHz: action.rate!, points: action.points!, weightsMv });
  }
  return trains;
}

function stimulusWeights(action: Action, cells: readonly number[], column: Column): number[] {
  const stimulated = stimulatedCells(column.network.populations, action.stimulated!);
  const { scaleFactor } = column.cellState();
  return cells.map((cell) => {
    const weightMv = stimulated.has(cell) ? action.weight! : IDLE_WEIGHT_MV;
    return action.scaling === "inverse" ? weightMv / scaleFactor[cell]! : weightMv;
  });
}

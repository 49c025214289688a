import type { Receptor } from "../model/receptors.ts";
import type { Network } from "../network/construction.ts";
import { columnCountOf } from "../network/population-ranges.ts";
import { type ElectrodeList, servedInputs } from "../network/stimuli/electrode-list.ts";
import { type InputList, listedInputs } from "../network/stimuli/listed.ts";
import type { Pattern } from "../network/stimuli/pattern.ts";
import { findPattern, type PatternName } from "../network/stimuli/patterns.ts";
import type { Stimulus } from "../network/stimuli/stimulus.ts";
import { CellSelection } from "./cell-selection.ts";
import type { ColumnCells } from "./selections/kind.ts";
import { findTrains } from "./spike-trains.ts";

/** Definition of a stimulus, as values that JSON can represent. */
export interface StimulusPlan {
  /** Selection of cells, as in a file. */
  readonly cells: unknown;
  readonly receptor: Receptor;
  readonly weightMv: number;
  /** Start and end, ms; null for no end. */
  readonly startMs: number;
  readonly endMs: number | null;
  /** @internal */
  readonly source: GeneratedSource | ListedSource | FileSource | ElectrodeSource;
}

/** Inputs generated from a pattern. */
export interface GeneratedSource {
  readonly pattern: PatternName;
  readonly rateHz: number;
  readonly seed: number;
  readonly together: boolean;
  /** Values of the keys of the pattern. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Inputs to all cells at listed times relative to the start. */
export interface ListedSource {
  readonly timesMs: readonly number[];
}

/** Inputs of spike trains, whose times are relative to the start. */
export interface FileSource {
  readonly checksum: string;
}

/** Inputs of the electrodes' list, each with its own weight. */
export interface ElectrodeSource {
  readonly electrodes: ElectrodeList;
}

/** The stimulus of a plan for a network. */
export function stimulusOf(plan: StimulusPlan, network: Network): Stimulus {
  const { receptor, weightMv, source } = plan;
  if ("pattern" in source) return { receptor, weightMv, inputs: generated(plan, source, network) };
  if ("electrodes" in source) {
    const { inputs } = servedInputs(source.electrodes, network.populations);
    return { receptor, weightMv, inputs: (fromMs) => listedInputs(inputs, fromMs) };
  }
  const cells = new CellSelection(plan.cells).resolve(network);
  const list = "timesMs" in source ? timesList(source, cells) : trainsList(source, cells);
  const inputs = (fromMs: number) => listedInputs(list, fromMs, plan.startMs);
  return { receptor, weightMv, inputs };
}

/** Data from which the inputs of a pattern to these cells are generated. */
export function patternPlan(
  cells: readonly number[],
  network: ColumnCells,
  { startMs, endMs }: Pick<StimulusPlan, "startMs" | "endMs">,
  { pattern, rateHz, seed, together, values }: GeneratedSource,
): Parameters<Pattern["inputs"]>[0] {
  const { keys } = findPattern(pattern);
  const defaults = Object.entries(keys).map(([name, key]) => [name, key.default]);
  return {
    cells,
    cellsPerColumn: network.cellCount / columnCountOf(network),
    rateHz,
    seed,
    together,
    startMs,
    endMs: endMs ?? Infinity,
    values: { ...Object.fromEntries(defaults), ...values },
  };
}

function generated(plan: StimulusPlan, source: GeneratedSource, network: Network) {
  const cells = new CellSelection(plan.cells).resolve(network);
  const own = patternPlan(cells, network, plan, source);
  return (fromMs: number) => findPattern(source.pattern).inputs(own, fromMs);
}

const timesList = ({ timesMs }: ListedSource, cells: readonly number[]): InputList => ({
  timesMs: Float64Array.from(timesMs.flatMap((timeMs) => cells.map(() => timeMs))),
  cells: timesMs.flatMap(() => cells),
});

/** Trains of other cells are left out. */
function trainsList({ checksum }: FileSource, chosen: readonly number[]): InputList {
  const trains = findTrains(checksum);
  if (!trains) throw new RangeError(`The spike trains ${checksum} are not known here.`);
  const isChosen = new Set(chosen);
  const isOwn = (_: number, k: number) => isChosen.has(trains.cells[k]!);
  return { timesMs: trains.timesMs.filter(isOwn), cells: trains.cells.filter(isOwn) };
}

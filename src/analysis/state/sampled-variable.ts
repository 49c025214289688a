import { type CellPopulation, cellsOf, isExcitatory, isInhibitory } from "../firing/cell-groups.ts";
import { type CellStatistics, LivingCellStatistics } from "./sample-statistics.ts";

/** State of all cells at successive times: `sensedRateKhz[k][cell]` is the value at `timesMs[k]`. */
export interface CellSamples {
  readonly timesMs: Float64Array;
  /** Sensed rates, spikes/ms (kHz). */
  readonly sensedRateKhz: readonly Float64Array[];
  /** Scale factors of homeostatic synaptic scaling. */
  readonly scaleFactor: readonly Float64Array[];
  /** 1 for living cells, 0 for deleted ones. */
  readonly alive: readonly Uint8Array[];
  /** Sensed charge, mV/ms, of the 2014 model. */
  readonly activity?: readonly Float64Array[];
}

/**
 * Variable of samples.
 *
 * @inline
 */
export type SampledVariableName = "sensedRateKhz" | "activity" | "scaleFactor";

/**
 * Cells of a sampled variable: means over the excitatory and over the inhibitory cells, over all
 * cells, or over the excitatory cells only; or the given cells, each by itself.
 *
 * @inline
 */
export type CellSelection = "by-class" | "all" | "excitatory" | readonly number[];

/** Statistics of a sampled variable over a group of cells. */
export interface GroupStatistics extends CellStatistics {
  readonly group: "all" | "excitatory" | "inhibitory";
}

/** A sampled variable of one cell. */
export interface CellTrace {
  readonly cell: number;
  /** One value per time; NaN after the deletion of the cell. */
  readonly values: Float64Array;
  /** 1 at times at which the cell lives and its value is infinite or NaN, else 0. */
  readonly notFiniteCount: Uint32Array;
}

/** Time course of a sampled variable, for groups of cells and for single cells. */
export interface SampledVariable {
  readonly timesMs: Float64Array;
  /** Number of runs that the values of groups are means over; undefined for a single run. */
  readonly averaged?: number;
  readonly groups: readonly GroupStatistics[];
  readonly traces: readonly CellTrace[];
}

/** Thrown when a cell is chosen that does not exist. */
export class CellSelectionError extends Error {
  override readonly name = "CellSelectionError";
}

/**
 * Time course of a sampled variable: mean and standard deviation over the living cells of groups, or
 * the values of chosen cells.
 *
 * @param hasQuantiles true to give medians and 5 and 95 % quantiles of groups, too.
 * @throws {CellSelectionError} if a chosen cell does not exist
 * @throws {RangeError} if the samples lack the variable
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const text = "{ duration: 2 s, record: { samples: { from: 0 s, every: 500 ms } } }";
 * const run = await runExperiment(readExperiment(text));
 * const { populations } = run.manifest;
 * const { timesMs, groups } = analysis.sampledVariable(run.samples(), "scaleFactor", populations);
 * console.log(timesMs, groups.map(({ group, mean }) => [group, mean]));
 * ```
 */
export function sampledVariable(
  samples: CellSamples,
  variable: SampledVariableName,
  populations: readonly CellPopulation[],
  selection: CellSelection = "by-class",
  hasQuantiles = false,
): SampledVariable {
  const { timesMs, alive } = samples;
  const states = Array.from(timesMs, (timeMs, k) => {
    const values = samples[variable]?.[k];
    return { timeMs, alive: alive[k]!, ...(values && { [variable]: values }) };
  });
  return variableCourse(states, variable, populations, selection, hasQuantiles);
}

/** Variables of all cells at one time. */
type TimedState = { readonly timeMs: number; readonly alive: Uint8Array } & {
  readonly [Variable in SampledVariableName]?: Float64Array;
};

/** The same of states in order of time, of which one at a time is in memory. */
export function variableCourse(
  states: Iterable<TimedState>,
  variable: SampledVariableName,
  populations: readonly CellPopulation[],
  selection: CellSelection = "by-class",
  hasQuantiles = false,
): SampledVariable {
  const isByCell = typeof selection !== "string";
  if (isByCell) checkCells(selection, cellsOf(populations).length);
  const traces = isByCell ? selection.map((cell) => new Trace(cell)) : [];
  const groups = (isByCell ? [] : groupsOf[selection]).map((group) => {
    const cells = cellsOf(populations, isMember[group]);
    return { group, statistics: new LivingCellStatistics(cells, hasQuantiles) };
  });
  const timesMs: number[] = [];
  for (const state of states) {
    const values = state[variable];
    if (!values)
      throw new RangeError(`The samples have no ${variable}: expected a run of the 2014 model.`);
    timesMs.push(state.timeMs);
    for (const { statistics } of groups) statistics.add(values, state.alive);
    for (const trace of traces) trace.add(values, state.alive);
  }
  return {
    timesMs: Float64Array.from(timesMs),
    groups: groups.map(({ group, statistics }) => ({ group, ...statistics.all })),
    traces: traces.map(({ all }) => all),
  };
}

const groupsOf = {
  "by-class": ["excitatory", "inhibitory"],
  all: ["all"],
  excitatory: ["excitatory"],
} as const;

const isMember = { all: () => true, excitatory: isExcitatory, inhibitory: isInhibitory };

/** Collects the values of one cell. */
class Trace {
  readonly #cell: number;
  readonly #values: number[] = [];
  readonly #notFiniteCount: number[] = [];

  constructor(cell: number) {
    this.#cell = cell;
  }

  add(values: Float64Array, alive: Uint8Array): void {
    const value = alive[this.#cell] ? values[this.#cell]! : Number.NaN;
    this.#values.push(value);
    this.#notFiniteCount.push(+(alive[this.#cell] === 1 && !Number.isFinite(value)));
  }

  get all(): CellTrace {
    return {
      cell: this.#cell,
      values: Float64Array.from(this.#values),
      notFiniteCount: Uint32Array.from(this.#notFiniteCount),
    };
  }
}

function checkCells(cells: readonly number[], cellCount: number): void {
  for (const cell of cells) {
    if (Number.isInteger(cell) && cell >= 0 && cell < cellCount) continue;
    throw new CellSelectionError(
      `There is no cell ${cell}; cells are numbered 0 to ${cellCount - 1}.`,
    );
  }
}

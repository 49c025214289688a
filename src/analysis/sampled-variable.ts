import { type CellPopulation, cellsOf, isExcitatory, isInhibitory } from "./cell-groups.ts";
import { type CellStatistics, livingCellStatistics } from "./sample-statistics.ts";

/** Cells' state at successive times: `sensedRateKhz[k][cell]` is that at `timesMs[k]`. */
export interface CellSamples {
  readonly timesMs: Float64Array;
  /** Sensed rate, spikes/ms. */
  readonly sensedRateKhz: readonly Float64Array[];
  /** Scale factor of homeostatic synaptic scaling. */
  readonly scaleFactor: readonly Float64Array[];
  /** 1 while a cell lives, 0 once it is deleted. */
  readonly alive: readonly Uint8Array[];
}

/**
 * Cells of a variable: the means over excitatory and over inhibitory cells, over all cells, over
 * the excitatory ones alone, or the given cells one by one.
 *
 * @inline
 */
export type CellSelection = "by-class" | "all" | "excitatory" | readonly number[];

/** A sampled variable's statistics over a group of cells. */
export interface GroupStatistics extends CellStatistics {
  readonly group: "all" | "excitatory" | "inhibitory";
}

/** A sampled variable of one cell. */
export interface CellTrace {
  readonly cell: number;
  /** One value a time; NaN from the cell's deletion on. */
  readonly values: Float64Array;
  /** 1 at each time at which the cell lived and its value was infinite or not a number. */
  readonly notFiniteCount: Uint32Array;
}

/** One sampled variable over time, of groups of cells and of single cells. */
export interface SampledVariable {
  readonly timesMs: Float64Array;
  readonly groups: readonly GroupStatistics[];
  readonly traces: readonly CellTrace[];
}

/** Thrown when a cell is chosen that does not exist. */
export class CellSelectionError extends Error {
  override readonly name = "CellSelectionError";
}

/**
 * One variable of the selected cells over time: mean ± standard deviation over the living cells of
 * groups, or the chosen cells one by one.
 *
 * @throws {CellSelectionError} when a chosen cell does not exist.
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
  variable: "sensedRateKhz" | "scaleFactor",
  populations: readonly CellPopulation[],
  selection: CellSelection = "by-class",
): SampledVariable {
  const { timesMs, alive } = samples;
  const values = samples[variable];
  if (typeof selection !== "string") {
    checkCells(selection, cellsOf(populations).length);
    const traces = selection.map((cell) => trace(values, alive, cell));
    return { timesMs, groups: [], traces };
  }
  const groups = groupsOf[selection].map((group) => {
    const cells = cellsOf(populations, isMember[group]);
    return { group, ...livingCellStatistics(values, alive, cells) };
  });
  return { timesMs, groups, traces: [] };
}

const groupsOf = {
  "by-class": ["excitatory", "inhibitory"],
  all: ["all"],
  excitatory: ["excitatory"],
} as const;

const isMember = { all: () => true, excitatory: isExcitatory, inhibitory: isInhibitory };

const trace = (
  values: readonly Float64Array[],
  alive: readonly Uint8Array[],
  cell: number,
): CellTrace => ({
  cell,
  values: Float64Array.from(values, (row, k) => (alive[k]![cell] ? row[cell]! : Number.NaN)),
  notFiniteCount: Uint32Array.from(
    values,
    (row, k) => +(alive[k]![cell] === 1 && !Number.isFinite(row[cell])),
  ),
});

function checkCells(cells: readonly number[], cellCount: number): void {
  for (const cell of cells) {
    if (Number.isInteger(cell) && cell >= 0 && cell < cellCount) continue;
    throw new CellSelectionError(
      `There is no cell ${cell}; cells are numbered 0 to ${cellCount - 1}.`,
    );
  }
}

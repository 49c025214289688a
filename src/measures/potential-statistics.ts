import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import { cellClasses } from "../model/populations.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { type CellGroup, cellGroups } from "./group-statistics.ts";

/** Statistics of the recorded membrane potentials of a group of cells over an interval, mV. */
export interface PotentialSummary {
  readonly group: CellGroup;
  readonly cells: number;
  readonly readings: number;
  readonly meanMv: number;
  readonly standardDeviationMv: number;
  readonly leastMv: number;
  readonly mostMv: number;
  /** Fraction of readings above the resting spike threshold of the cell. */
  readonly aboveThreshold: number;
}

/** Summaries of recorded potentials; of groups without any, none. */
export function potentialStatistics(record: RunReader, interval: Interval): PotentialSummary[] {
  const { potentials, manifest } = record;
  if (!potentials) return [];
  const thresholdsMv = thresholdsOf(record);
  const groups = [isExcitatory, isInhibitory].flatMap((passes, k) => {
    const members = new Set(cellsOf(manifest.populations, passes));
    const columns = [...potentials.cells.keys()].filter((c) => members.has(potentials.cells[c]!));
    return columns.length > 0 ? [{ group: cellGroups[k]!, columns, sum: new Sum() }] : [];
  });
  for (const { potentialMv, timesMs } of potentials.blocks(interval)) {
    for (const { columns, sum } of groups) {
      for (let row = 0; row < timesMs.length; row++) {
        for (const column of columns) {
          const cell = potentials.cells[column]!;
          sum.add(potentialMv[row * potentials.cells.length + column]!, thresholdsMv[cell]!);
        }
      }
    }
  }
  return groups
    .filter(({ sum }) => sum.count > 0)
    .map(({ group, columns, sum }) => ({ group, cells: columns.length, ...sum.summary }));
}

/** The spike threshold at rest of each cell, mV. */
function thresholdsOf({ manifest: { populations, network } }: RunReader): Float64Array {
  const thresholdsMv = new Float64Array(network.cellCount);
  for (const { cellClass, firstCell, cellCount } of populations) {
    thresholdsMv.fill(cellClasses[cellClass].thresholdMv, firstCell, firstCell + cellCount);
  }
  return thresholdsMv;
}

/** A running mean and variance after Welford, and extremes; values that are not finite are left out. */
class Sum {
  count = 0;
  #mean = 0;
  #squares = 0;
  #least = Infinity;
  #most = -Infinity;
  #above = 0;

  add(value: number, threshold: number): void {
    if (!Number.isFinite(value)) return;
    this.count++;
    const deviation = value - this.#mean;
    this.#mean += deviation / this.count;
    this.#squares += deviation * (value - this.#mean);
    this.#least = Math.min(this.#least, value);
    this.#most = Math.max(this.#most, value);
    if (value > threshold) this.#above++;
  }

  get summary() {
    return {
      readings: this.count,
      meanMv: this.#mean,
      standardDeviationMv: Math.sqrt(this.#squares / this.count),
      leastMv: this.#least,
      mostMv: this.#most,
      aboveThreshold: this.#above / this.count,
    };
  }
}

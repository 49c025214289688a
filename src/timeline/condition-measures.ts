import type { Units } from "../document/quantities.ts";
import type { CellState } from "../engine/cell-state.ts";
import { unitsOf } from "./interventions/fields.ts";

/** Input of a condition's measure, at one time. */
interface Measured {
  readonly cells: readonly number[];
  readonly state: CellState;
  /** Spikes of these cells in the time that was asked for, which is `overMs` long. */
  readonly spikes: number;
  readonly overMs: number;
}

/** A quantity that interventions can wait for. */
export interface Measure {
  readonly description: string;
  readonly units: Units;
  measure(measured: Measured): number;
}

const living = ({ cells, state }: Measured) => cells.filter((cell) => state.alive[cell]);

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The quantities by the names that files have for them. */
export const measures = {
  rate: {
    description: "spikes per living cell, Hz",
    units: unitsOf["Hz"]!,
    measure: (measured) =>
      (1000 * measured.spikes) / (Math.max(1, living(measured).length) * measured.overMs),
  },
  "sensed-rate": {
    description: "mean sensed rate of living cells, Hz",
    units: unitsOf["Hz"]!,
    measure: (measured) =>
      1000 * mean(living(measured).map((cell) => measured.state.sensedRateKhz[cell]!)),
  },
  "scale-factor": {
    description: "mean scale factor of living cells",
    units: {},
    measure: (measured) => mean(living(measured).map((cell) => measured.state.scaleFactor[cell]!)),
  },
  living: {
    description: "fraction of the cells alive, 0 to 1",
    units: {},
    measure: (measured) => living(measured).length / measured.cells.length,
  },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof measures;

export const measureNames = Object.keys(measures) as MeasureName[];

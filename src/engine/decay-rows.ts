import { receptorTimeConstantMs } from "../model/receptors.ts";
import { decayFactor, inverseTableStep } from "../numeric/interpolated-exponential.ts";

/*
 * The interpolated exponential E(−t/τ) is linear in t between the entries of its table, which lie
 * τ·h apart, h = 0.004. All time constants that are multiples of 10 ms have their entries among
 * the multiples of 0.04 ms: within such a row of time, all decays of a cell are linear at once, and
 * one row of a table serves them all.
 */

/** Rows per ms. */
export const DECAY_ROWS_PER_MS = 25;

/** Rows of the table: gaps between a cell's events rarely are longer than these 10.24 ms. */
export const DECAY_ROWS = 256;

/** Doubles per row: factors at its beginning of AMPA (which distal GABA-A shares), NMDA, proximal
 * GABA-A and afterhyperpolarization, and what is added to each within the row. */
export const DECAY_ROW = 8;

/** Time constants, ms, must be multiples of this for the rows to serve them. */
const ROW_TIME_CONSTANT_MS = inverseTableStep / DECAY_ROWS_PER_MS;

/** True if rows serve a cell with this time constant of afterhyperpolarization. */
export function rowsServe(ahpTimeConstantMs: number): boolean {
  return Number.isInteger(ahpTimeConstantMs / ROW_TIME_CONSTANT_MS);
}

/** Fills the rows of cells with this time constant of afterhyperpolarization. */
export function fillDecayRows(rows: Float64Array, ahpTimeConstantMs: number): void {
  const { ampaDistal, nmdaDistal, gabaProximal } = receptorTimeConstantMs;
  const timeConstantsMs = [ampaDistal, nmdaDistal, gabaProximal, ahpTimeConstantMs];
  timeConstantsMs.forEach((timeConstantMs, column) => {
    const stepsPerRow = ROW_TIME_CONSTANT_MS / timeConstantMs;
    for (let row = 0; row < DECAY_ROWS; row++) {
      const factor = decayFactor(row * stepsPerRow);
      rows[DECAY_ROW * row + column] = factor;
      rows[DECAY_ROW * row + 4 + column] = decayFactor((row + 1) * stepsPerRow) - factor;
    }
  });
}

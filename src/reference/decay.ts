import { decayFactor, inverseTableStep } from "../numeric/interpolated-exponential.ts";

/**
 * E(−t/τ), the interpolated exponential as a decay over t ≥ 0 (docs/model.md, Decay).
 *
 * ξ = 5000 − t·(250/τ): the published (x + 20)·(1/h) at x = −t/τ, rounded as both engines agreed.
 */
export const interpolatedDecay = (elapsedMs: number, timeConstantMs: number): number =>
  decayFactor(elapsedMs * (inverseTableStep / timeConstantMs));

/** Rows per ms, and how many there are: shorter gaps between events are decayed over in rows. */
const rowsPerMs = 25;
const rowCount = 256;

/** ⌊x⌋ for x ≥ 0; of whole numbers, either neighbouring row may be meant, and the even one is. */
const rowOf = (x: number) => x - 0.5 + shiftToWhole - shiftToWhole;

/** 1.5 · 2⁵²: what is added to it loses its fraction. */
const shiftToWhole = 6_755_399_441_055_744;

/**
 * E(−t/τ) for a time constant that is a multiple of 10 ms, within a row of 0.04 ms.
 *
 * The table's entries then lie at multiples of a row, so that E is linear in it: the same function
 * of t, rounded in another way, and again as both engines agreed.
 */
export function decayInRows(elapsedMs: number, timeConstantMs: number): number {
  const position = elapsedMs * rowsPerMs;
  if (position >= rowCount) return interpolatedDecay(elapsedMs, timeConstantMs);
  const row = rowOf(position);
  const before = entry(row, timeConstantMs);
  return before + (position - row) * (entry(row + 1, timeConstantMs) - before);
}

/** E at the beginning of a row. */
const entry = (row: number, timeConstantMs: number) => decayFactor(row * (10 / timeConstantMs));

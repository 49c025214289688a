import { exponential } from "./exponential.ts";

/** Lower end of the table; the upper end is 0. */
export const tableStart = -20;

/** Number of steps of the table. */
export const stepCount = 5000;

/** Step of the table. */
export const tableStep = -tableStart / stepCount;

/** Steps per unit of the argument. */
export const inverseTableStep = 1 / tableStep;

/**
 * The table behind E(x), interleaved: exp(xᵢ) at 2i and exp(xᵢ₊₁) − exp(xᵢ) at 2i + 1,
 * i = 0 … stepCount; the last difference is 0.
 *
 * The xᵢ are reached by repeated addition of the step, as in the original, so that the last one
 * is not exactly 0.
 */
export const interpolationTable: Float64Array = buildTable();

function buildTable(): Float64Array {
  const table = new Float64Array(2 * (stepCount + 1));
  let x = tableStart;
  for (let i = 0; i <= stepCount; i++) {
    table[2 * i] = exponential(x);
    x += tableStep;
  }
  for (let i = 0; i < stepCount; i++) table[2 * i + 1] = table[2 * i + 2]! - table[2 * i]!;
  return table;
}

/**
 * E(−steps · h), the exponential as the membrane computes it: linear interpolation in a table over
 * [−20, 0], constant below. With ξ = n − steps for the n steps of the table and i = ⌊ξ⌋,
 *
 *   E = exp(xᵢ) + (ξ − i)·(exp(xᵢ₊₁) − exp(xᵢ)).
 *
 * @param steps distance from the table's upper end in steps h, not negative
 */
export function decayFactor(steps: number): number {
  const position = stepCount - steps;
  if (position <= 0) return interpolationTable[0]!;
  const i = position | 0;
  return interpolationTable[2 * i]! + (position - i) * interpolationTable[2 * i + 1]!;
}

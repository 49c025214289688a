import {
  interpolationTable,
  inverseTableStep,
  stepCount,
} from "../../src/numeric/interpolated-exponential.ts";

/**
 * E(−t/τ), the interpolated exponential as a decay over t ≥ 0 (model specification, section 2).
 *
 * ξ = 5000 − t·(250/τ): the published (x + 20)·(1/h) at x = −t/τ, rounded as both engines agreed.
 */
export function interpolatedDecay(elapsedMs: number, timeConstantMs: number): number {
  const position = stepCount - elapsedMs * (inverseTableStep / timeConstantMs);
  if (position <= 0) return interpolationTable[0]!;
  const i = Math.floor(position);
  return interpolationTable[2 * i]! + (position - i) * interpolationTable[2 * i + 1]!;
}

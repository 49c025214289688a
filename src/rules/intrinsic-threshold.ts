import type { f64 } from "./prelude.ts";

/*
 * Homeostasis of a cell's threshold: it rises by a step at each spike and falls steadily by as much
 * as balances a target rate. The value is the shift, mV.
 */

/** @inline */
export function valueAfter(
  shiftMv: f64,
  elapsedMs: f64,
  stepMv: f64,
  targetHz: f64,
  boundMv: f64,
): f64 {
  return Math.max(shiftMv - stepMv * (targetHz / 1000) * elapsedMs, -boundMv);
}

/** @inline */
export function valueAfterSpike(shiftMv: f64, stepMv: f64, _targetHz: f64, boundMv: f64): f64 {
  return Math.min(shiftMv + stepMv, boundMv);
}

/** @inline */
export function effectOf(shiftMv: f64, _stepMv: f64, _targetHz: f64, _boundMv: f64): f64 {
  return shiftMv;
}

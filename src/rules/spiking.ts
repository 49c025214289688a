import type { f64, i32 } from "./prelude.ts";

/* Threshold, refractoriness and depolarization block (docs/model.md, Spikes, refractoriness, block). */

/** Outcome of an input: silent, ready to fire, or in depolarization block. */
export const SILENT: i32 = 0;
export const FIRING: i32 = 1;
export const BLOCKED: i32 = 2;

/**
 * Outcome of an input; `refractoryUntilMs` is infinite unless it is refractory.
 *
 * The model bounds the potential to [−90, 0] mV here; both levels lie within, so that comparing
 * the unbounded value gives the same answer.
 * @inline
 */
export function outcome(
  potentialMv: f64,
  thresholdMv: f64,
  refractoryUntilMs: f64,
  blockMv: f64,
): i32 {
  if (potentialMv <= thresholdMv) return SILENT;
  if (refractoryUntilMs < Infinity) return SILENT;
  return potentialMv > blockMv ? BLOCKED : FIRING;
}

/** The threshold right after a spike. */
export function raisedThreshold(baseMv: f64, blockMv: f64, relativeRefractoryWeight: f64): f64 {
  return baseMv + relativeRefractoryWeight * (blockMv - baseMv);
}

/** The threshold when the rise has decayed by `factor` since the end of refractoriness. @inline */
export function recoveringThreshold(baseMv: f64, raisedMv: f64, factor: f64): f64 {
  return baseMv + (raisedMv - baseMv) * factor;
}

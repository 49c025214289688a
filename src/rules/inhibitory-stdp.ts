import type { f64 } from "./prelude.ts";

/*
 * Inhibitory STDP after Vogels et al. (2011): near-coincident spikes potentiate, whichever comes
 * first, and every arrival depresses by α = 2 ρ₀ τ, so that the cell fires at the rate ρ₀.
 */

/** @inline */
export function afterArrival(
  gain: f64,
  spikes: f64,
  _slow: f64,
  increment: f64,
  targetHz: f64,
  timeConstantMs: f64,
  maximum: f64,
): f64 {
  const alpha = 2 * (targetHz / 1000) * timeConstantMs;
  return Math.min(Math.max(gain + increment * (spikes - alpha), 0), maximum);
}

/** @inline */
export function afterSpike(
  gain: f64,
  arrivals: f64,
  _slow: f64,
  increment: f64,
  _targetHz: f64,
  _timeConstantMs: f64,
  maximum: f64,
): f64 {
  return Math.min(gain + increment * arrivals, maximum);
}

import type { f64 } from "./prelude.ts";

/*
 * Triplet STDP after Pfister & Gerstner (2006), their minimal all-to-all model: an arrival depresses
 * with the fast trace of postsynaptic spikes, and a postsynaptic spike potentiates with the traces
 * of arrivals and, slow, of postsynaptic spikes before it.
 */

/** @inline */
export function afterArrival(
  gain: f64,
  spikes: f64,
  _slow: f64,
  _potentiation: f64,
  depression: f64,
  _arrivalTimeConstantMs: f64,
  _spikeTimeConstantMs: f64,
  _slowTimeConstantMs: f64,
  _maximum: f64,
): f64 {
  return Math.max(gain - depression * spikes, 0);
}

/** @inline */
export function afterSpike(
  gain: f64,
  arrivals: f64,
  slow: f64,
  potentiation: f64,
  _depression: f64,
  _arrivalTimeConstantMs: f64,
  _spikeTimeConstantMs: f64,
  _slowTimeConstantMs: f64,
  maximum: f64,
): f64 {
  return Math.min(gain + potentiation * arrivals * slow, maximum);
}

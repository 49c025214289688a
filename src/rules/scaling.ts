import { shortDecay, shortestDecay } from "../numeric/exponential.ts";
import type { bool, f64 } from "./prelude.ts";

/*
 * Homeostatic synaptic scaling (docs/model.md): a sensor of a cell's firing rate, and a
 * proportional-integral controller of its scale factor that takes a step at every event.
 */

/** The sensed rate after a time in which it decays: `steps` is that time over the time constant. @inline */
export function decayedRate(sensedKhz: f64, steps: f64): f64 {
  return sensedKhz * shortDecay(steps);
}

/** The same, for `steps` below `shortLimit`. @inline */
export function brieflyDecayedRate(sensedKhz: f64, steps: f64): f64 {
  return sensedKhz * shortestDecay(steps);
}

/** The sensed rate after a spike. @inline */
export function risenRate(sensedKhz: f64, timeConstantMs: f64): f64 {
  return sensedKhz + (1 - sensedKhz) / timeConstantMs;
}

/** The target rate that the first event with scaling sets: the mean rate so far. @inline */
export function targetRate(spikes: f64, nowMs: f64): f64 {
  return spikes / nowMs;
}

/** The scale factor after an event. @inline */
export function scaleFactorAfter(
  scaleFactor: f64,
  errorKhz: f64,
  integral: f64,
  beta: f64,
  gamma: f64,
): f64 {
  return scaleFactor + (beta * scaleFactor * errorKhz + gamma * scaleFactor * integral);
}

/** The integral of the rate error after an event, `elapsedMs` after the one before. @inline */
export function integralAfter(integral: f64, errorKhz: f64, elapsedMs: f64): f64 {
  return integral + errorKhz * elapsedMs;
}

/** A value within bounds: of the scale factor, or of the integral against windup. @inline */
export function limited(value: f64, minimum: f64, maximum: f64): f64 {
  return Math.min(Math.max(value, minimum), maximum);
}

/** The weight of an arrival at a cell: excitation of E cells grows with its factor, inhibition shrinks. @inline */
export function scaledWeight(weightMv: f64, scaleFactor: f64, grows: bool): f64 {
  return grows ? weightMv * scaleFactor : weightMv / scaleFactor;
}

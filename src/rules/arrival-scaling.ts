import { shortDecay } from "../numeric/exponential.ts";
import type { bool, f64 } from "./prelude.ts";

/*
 * Homeostasis of the 2014 model (docs/model.md): a sensor of the charge that arrives at a cell, a
 * controller of its scale factor that weighs the error with time, and death of cells whose activity
 * is far above its target. All of it takes a step at each synaptic arrival.
 */

/** Activity after an arrival of excitation. @inline */
export function risenActivity(activity: f64, weightMv: f64, timeConstantMs: f64): f64 {
  return activity + (weightMv - activity) / timeConstantMs;
}

/** Activity after a time in which it decays: `steps` is that time over the time constant. @inline */
export function decayedActivity(activity: f64, steps: f64): f64 {
  return activity * shortDecay(steps);
}

/** Difference of activity from its target over the time since the last arrival. @inline */
export function errorOver(elapsedMs: f64, activity: f64, target: f64, growthFactor: f64): f64 {
  return (target * growthFactor - activity) * elapsedMs;
}

/** True if a cell may die: its activity is above 2.5 times its target. @inline */
export function mayDie(activity: f64, target: f64): bool {
  return (activity - target) / target > 1.5;
}

/**
 * Probability that such a cell dies now; of the two times, the published one has a misplaced
 * bracket.
 * @inline
 */
export function deathProbability(
  speed: f64,
  scaleFactor: f64,
  nowMs: f64,
  beforeMs: f64,
  published: bool,
): f64 {
  const time = published ? nowMs - beforeMs / 1000 : (nowMs - beforeMs) / 1000;
  return speed * time * scaleFactor;
}

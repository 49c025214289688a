import { exponential } from "../numeric/exponential.ts";
import type { f64 } from "./prelude.ts";

/*
 * The fast rate detector of Zenke, Hennequin & Gerstner (2013): a moving average of the cell's
 * firing rate, Hz, whose square scales the depression of its inputs.
 */

/** @inline */
export function valueAfter(rateHz: f64, elapsedMs: f64, _targetHz: f64, timeConstantMs: f64): f64 {
  return rateHz * exponential(-(elapsedMs / timeConstantMs));
}

/** @inline */
export function valueAfterSpike(rateHz: f64, _targetHz: f64, timeConstantMs: f64): f64 {
  return rateHz + 1000 / timeConstantMs;
}

/** @inline */
export function effectOf(rateHz: f64, targetHz: f64, _timeConstantMs: f64): f64 {
  const ratio = rateHz / targetHz;
  return ratio * ratio;
}

// Made from model/rules.ts by `npm run build:kernel`; do not edit.
import { type f64, f64At, type f64s, type i32 } from "./prelude.ts";
import * as inhibitoryStdp from "./inhibitory-stdp.ts";
import * as tripletStdp from "./triplet-stdp.ts";
import * as intrinsicThreshold from "./intrinsic-threshold.ts";
import * as rateDetector from "./rate-detector.ts";

export function gainAfterArrival(rule: i32, gain: f64, spikes: f64, slow: f64, parameters: f64s): f64 {
  if (rule === 1) {
    return inhibitoryStdp.afterArrival(gain, spikes, slow, f64At(parameters, 0), f64At(parameters, 1), f64At(parameters, 2), f64At(parameters, 3));
  }
  if (rule === 2) {
    return tripletStdp.afterArrival(gain, spikes, slow, f64At(parameters, 4), f64At(parameters, 5), f64At(parameters, 6), f64At(parameters, 7), f64At(parameters, 8), f64At(parameters, 9));
  }
  return gain;
}

export function gainAfterSpike(rule: i32, gain: f64, arrivals: f64, slow: f64, parameters: f64s): f64 {
  if (rule === 1) {
    return inhibitoryStdp.afterSpike(gain, arrivals, slow, f64At(parameters, 0), f64At(parameters, 1), f64At(parameters, 2), f64At(parameters, 3));
  }
  if (rule === 2) {
    return tripletStdp.afterSpike(gain, arrivals, slow, f64At(parameters, 4), f64At(parameters, 5), f64At(parameters, 6), f64At(parameters, 7), f64At(parameters, 8), f64At(parameters, 9));
  }
  return gain;
}

export function valueAfter(rule: i32, value: f64, elapsedMs: f64, parameters: f64s): f64 {
  if (rule === 3) {
    return intrinsicThreshold.valueAfter(value, elapsedMs, f64At(parameters, 10), f64At(parameters, 11), f64At(parameters, 12));
  }
  if (rule === 4) {
    return rateDetector.valueAfter(value, elapsedMs, f64At(parameters, 13), f64At(parameters, 14));
  }
  return value;
}

export function valueAfterSpike(rule: i32, value: f64, parameters: f64s): f64 {
  if (rule === 3) {
    return intrinsicThreshold.valueAfterSpike(value, f64At(parameters, 10), f64At(parameters, 11), f64At(parameters, 12));
  }
  if (rule === 4) {
    return rateDetector.valueAfterSpike(value, f64At(parameters, 13), f64At(parameters, 14));
  }
  return value;
}

export function effectOf(rule: i32, value: f64, parameters: f64s): f64 {
  if (rule === 3) {
    return intrinsicThreshold.effectOf(value, f64At(parameters, 10), f64At(parameters, 11), f64At(parameters, 12));
  }
  if (rule === 4) {
    return rateDetector.effectOf(value, f64At(parameters, 13), f64At(parameters, 14));
  }
  return value;
}

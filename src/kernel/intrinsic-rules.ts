import { effectOf, valueAfter, valueAfterSpike } from "../rules/calls.ts";
import type { f64, i32, usize } from "../rules/prelude.ts";
import {
  depressionRules,
  detectorMs,
  detectorValue,
  excitatory,
  f64At,
  intrinsicMs,
  intrinsicValue,
  ruleCount,
  ruleParameters,
  setF64,
  thresholdRules,
  u8At,
} from "./memory.ts";

/*
 * Homeostasis rules with a variable of each cell (model/rules.ts). A variable that acts on the
 * threshold changes when its cell fires, in the cell's own order of time; one that acts on STDP
 * changes when spikes are settled, in the order of all.
 */

/** Current shift of a cell's threshold, mV. */
export function thresholdShift(cell: i32, now: f64): f64 {
  if (u8At(excitatory, cell) === 0) return 0;
  const elapsedMs = now - f64At(intrinsicMs, cell);
  let shiftMv: f64 = 0;
  for (let rule = 1; rule <= ruleCount; rule++) {
    if ((thresholdRules & (1 << rule)) === 0) continue;
    const value = f64At(intrinsicValue, ruleCount * cell + rule - 1);
    const present = valueAfter(rule, value, elapsedMs, ruleParameters);
    shiftMv += effectOf(rule, present, ruleParameters);
  }
  return shiftMv;
}

/** Changes the variables that act on a cell's threshold, when it fires now. */
export function noteIntrinsicSpike(cell: i32, now: f64): void {
  changeValues(thresholdRules, intrinsicValue, intrinsicMs, cell, now);
}

/** Current factor of the depression of synapses onto a cell. */
export function depressionFactor(cell: i32, now: f64): f64 {
  const elapsedMs = now - f64At(detectorMs, cell);
  let factor: f64 = 1;
  for (let rule = 1; rule <= ruleCount; rule++) {
    if ((depressionRules & (1 << rule)) === 0) continue;
    const value = f64At(detectorValue, ruleCount * cell + rule - 1);
    const present = valueAfter(rule, value, elapsedMs, ruleParameters);
    factor *= effectOf(rule, present, ruleParameters);
  }
  return factor;
}

/** Changes the variables that act on depression, when a spike of the cell is settled. */
export function noteDetectedSpike(cell: i32, now: f64): void {
  changeValues(depressionRules, detectorValue, detectorMs, cell, now);
}

function changeValues(rules: i32, values: usize, timesMs: usize, cell: i32, now: f64): void {
  const elapsedMs = now - f64At(timesMs, cell);
  for (let rule = 1; rule <= ruleCount; rule++) {
    if ((rules & (1 << rule)) === 0) continue;
    const place = ruleCount * cell + rule - 1;
    const present = valueAfter(rule, f64At(values, place), elapsedMs, ruleParameters);
    setF64(values, place, valueAfterSpike(rule, present, ruleParameters));
  }
  setF64(timesMs, cell, now);
}

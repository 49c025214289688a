import { type bool, type f64, type i32, load, store, type usize } from "../rules/prelude.ts";
import { shortLimit } from "../rules/scalar-constants.ts";
import {
  brieflyDecayedRate,
  decayedRate,
  integralAfter,
  limited,
  scaleFactorAfter,
  targetRate,
} from "../rules/scaling.ts";
import {
  LAST_EVENT,
  RATE_ERROR_INTEGRAL,
  SCALE_FACTOR,
  SENSED_AT,
  SENSED_RATE,
  SPIKE_COUNT,
  TARGET_RATE,
} from "./cell-record.ts";
import { SCALING_ON } from "./control.ts";
import {
  beta,
  control as controlNumbers,
  decayRowsPerMs,
  excitatory,
  gamma,
  integralLimit,
  limits,
  scaled,
  scaleFactorMaximum,
  scaleFactorMinimum,
  sensorDecayPerMs,
  targetRateE,
  targetRateI,
  u8At,
} from "./memory.ts";

/** Notes when a cell's last event was: of cells that do not scale, in any order. @inline */
export function noteEvent(record: usize, now: f64): void {
  if (now > load<f64>(record, LAST_EVENT * 8)) store<f64>(record, now, LAST_EVENT * 8);
}

/** True if a cell's scale factor follows its rate now. @inline */
export function scales(index: i32): bool {
  return load<f64>(controlNumbers, SCALING_ON * 8) !== 0 && u8At(scaled, index) !== 0;
}

/** Update of the scale factor at an event of a cell. @inline */
export function scale(index: i32, record: usize, now: f64): void {
  decaySensor(record, now);
  if (load<f64>(record, TARGET_RATE * 8) < 0) setTarget(index, record, now);
  const elapsedMs = now - load<f64>(record, LAST_EVENT * 8);
  control(record, now, elapsedMs, load<f64>(record, SENSED_RATE * 8));
  if (limits !== 0) limit(record);
}

function setTarget(index: i32, record: usize, now: f64): void {
  const explicit = u8At(excitatory, index) !== 0 ? targetRateE : targetRateI;
  const own = targetRate(load<f64>(record, SPIKE_COUNT * 8), now);
  store<f64>(record, explicit >= 0 ? explicit : own, TARGET_RATE * 8);
}

/** Brings the scale factor and the integral within their bounds. */
function limit(record: usize): void {
  const factor = load<f64>(record, SCALE_FACTOR * 8);
  const integral = load<f64>(record, RATE_ERROR_INTEGRAL * 8);
  store<f64>(record, limited(factor, scaleFactorMinimum, scaleFactorMaximum), SCALE_FACTOR * 8);
  store<f64>(record, limited(integral, -integralLimit, integralLimit), RATE_ERROR_INTEGRAL * 8);
}

/**
 * `scale` where the target is set, and the sensor's last decay lies as far back as the cell's last
 * event: some time constants below `shortLimit`.
 * @inline
 */
export function scaleQuietly(record: usize, now: f64, elapsedMs: f64, steps: f64): void {
  const sensed = brieflyDecayedRate(load<f64>(record, SENSED_RATE * 8), steps);
  store<f64>(record, sensed, SENSED_RATE * 8);
  store<f64>(record, now, SENSED_AT * 8);
  control(record, now, elapsedMs, sensed);
}

/** Rows of decay (engine/decay-rows.ts) within which `scaleQuietly` serves, whatever the rounding. */
export function quietRows(): f64 {
  return (shortLimit * (1 - 1e-9) * decayRowsPerMs) / sensorDecayPerMs;
}

/** The scale factor that `scaleQuietly` will leave, which changes nothing yet. @inline */
export function scaleFactorSoon(record: usize, steps: f64): f64 {
  return nextFactor(record, brieflyDecayedRate(load<f64>(record, SENSED_RATE * 8), steps));
}

/** @inline */
function nextFactor(record: usize, sensed: f64): f64 {
  const error = load<f64>(record, TARGET_RATE * 8) - sensed;
  const factor = load<f64>(record, SCALE_FACTOR * 8);
  const integral = load<f64>(record, RATE_ERROR_INTEGRAL * 8);
  return scaleFactorAfter(factor, error, integral, beta, gamma);
}

/** @inline */
function control(record: usize, now: f64, elapsedMs: f64, sensed: f64): void {
  const error = load<f64>(record, TARGET_RATE * 8) - sensed;
  const factor = load<f64>(record, SCALE_FACTOR * 8);
  const integral = load<f64>(record, RATE_ERROR_INTEGRAL * 8);
  const next = scaleFactorAfter(factor, error, integral, beta, gamma);
  store<f64>(record, next, SCALE_FACTOR * 8);
  store<f64>(record, integralAfter(integral, error, elapsedMs), RATE_ERROR_INTEGRAL * 8);
  store<f64>(record, now, LAST_EVENT * 8);
}

/** Lets the sensed rate decay to now: done only when it is needed, as the product is the same. @inline */
export function decaySensor(record: usize, now: f64): void {
  const elapsedMs = now - load<f64>(record, SENSED_AT * 8);
  const sensed = load<f64>(record, SENSED_RATE * 8);
  store<f64>(record, decayedRate(sensed, elapsedMs * sensorDecayPerMs), SENSED_RATE * 8);
  store<f64>(record, now, SENSED_AT * 8);
}

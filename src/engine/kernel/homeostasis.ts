import {
  LAST_EVENT,
  RATE_ERROR_INTEGRAL,
  SCALE_FACTOR,
  SENSED_AT,
  SENSED_RATE,
  SPIKE_COUNT,
  TARGET_RATE,
} from "../cell-record";
import { beta, gamma, sensorDecayPerMs } from "./memory";
import { shortDecay, shortestDecay } from "./numeric";

/** See `noteEvent`. */
// @ts-ignore: decorator
@inline
export function noteEvent(record: usize, now: f64): void {
  if (now > load<f64>(record, LAST_EVENT * 8)) store<f64>(record, now, LAST_EVENT * 8);
}

/** See `scale`. */
// @ts-ignore: decorator
@inline
export function scale(record: usize, now: f64): void {
  decaySensor(record, now);
  if (load<f64>(record, TARGET_RATE * 8) < 0) {
    store<f64>(record, load<f64>(record, SPIKE_COUNT * 8) / now, TARGET_RATE * 8);
  }
  const elapsedMs = now - load<f64>(record, LAST_EVENT * 8);
  control(record, now, elapsedMs, load<f64>(record, SENSED_RATE * 8));
}

/**
 * `scale` where the target is set, and the sensor's last decay lies as far back as the cell's last
 * event: some time constants below the limit of `shortestDecay`.
 */
// @ts-ignore: decorator
@inline
export function scaleQuietly(record: usize, now: f64, elapsedMs: f64, steps: f64): void {
  const sensed = load<f64>(record, SENSED_RATE * 8) * shortestDecay(steps);
  store<f64>(record, sensed, SENSED_RATE * 8);
  store<f64>(record, now, SENSED_AT * 8);
  control(record, now, elapsedMs, sensed);
}

/** The scale factor that `scaleQuietly` will leave, which changes nothing yet. */
// @ts-ignore: decorator
@inline
export function scaleFactorAfter(record: usize, steps: f64): f64 {
  const sensed = load<f64>(record, SENSED_RATE * 8) * shortestDecay(steps);
  const error = load<f64>(record, TARGET_RATE * 8) - sensed;
  const factor = load<f64>(record, SCALE_FACTOR * 8);
  const integral = load<f64>(record, RATE_ERROR_INTEGRAL * 8);
  return factor + (beta * factor * error + gamma * factor * integral);
}

// @ts-ignore: decorator
@inline
function control(record: usize, now: f64, elapsedMs: f64, sensed: f64): void {
  const error = load<f64>(record, TARGET_RATE * 8) - sensed;
  const factor = load<f64>(record, SCALE_FACTOR * 8);
  const integral = load<f64>(record, RATE_ERROR_INTEGRAL * 8);
  store<f64>(record, factor + (beta * factor * error + gamma * factor * integral), SCALE_FACTOR * 8);
  store<f64>(record, integral + error * elapsedMs, RATE_ERROR_INTEGRAL * 8);
  store<f64>(record, now, LAST_EVENT * 8);
}

/** See `decaySensor`. */
// @ts-ignore: decorator
@inline
export function decaySensor(record: usize, now: f64): void {
  const elapsedMs = now - load<f64>(record, SENSED_AT * 8);
  const factor = shortDecay(elapsedMs * sensorDecayPerMs);
  store<f64>(record, load<f64>(record, SENSED_RATE * 8) * factor, SENSED_RATE * 8);
  store<f64>(record, now, SENSED_AT * 8);
}

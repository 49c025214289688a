import { LAST_EVENT, RATE_ERROR_INTEGRAL, SCALE_FACTOR, SENSED_AT, SENSED_RATE, SPIKE_COUNT, TARGET_RATE } from "../../cell-record";
import { SCALING_ON } from "../../control";
import { beta, control, gamma, scaled, sensorDecayPerMs, u8At } from "./memory";
import { shortDecay } from "./numeric";

/** See `senseEvent`. */
// @ts-ignore: decorator
@inline
export function senseEvent(index: i32, record: usize, now: f64): void {
  if (u8At(scaled, index) && load<f64>(control, SCALING_ON * 8) != 0) {
    decaySensor(record, now);
    if (load<f64>(record, TARGET_RATE * 8) < 0) {
      store<f64>(record, load<f64>(record, SPIKE_COUNT * 8) / now, TARGET_RATE * 8);
    }
    const error = load<f64>(record, TARGET_RATE * 8) - load<f64>(record, SENSED_RATE * 8);
    const scale = load<f64>(record, SCALE_FACTOR * 8);
    const integral = load<f64>(record, RATE_ERROR_INTEGRAL * 8);
    const elapsedMs = now - load<f64>(record, LAST_EVENT * 8);
    store<f64>(record, scale + (beta * scale * error + gamma * scale * integral), SCALE_FACTOR * 8);
    store<f64>(record, integral + error * elapsedMs, RATE_ERROR_INTEGRAL * 8);
  }
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

import { shortDecay } from "../numeric/exponential.ts";
import {
  LAST_EVENT,
  RATE_ERROR_INTEGRAL,
  RECORD,
  SCALE_FACTOR,
  SENSED_AT,
  SENSED_RATE,
  SPIKE_COUNT,
  TARGET_RATE,
} from "./cell-record.ts";
import { NOW, SCALING_ON } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import type { EngineSettings } from "./settings.ts";

/**
 * The rate sensor and the scale factor, which see every event of a cell.
 *
 * While scaling is on for the cell: the sensor decays to the present; the first time, the target
 * becomes the mean rate so far; then, with err = target − sensed,
 * scale += β·scale·err + γ·scale·integral, and integral += err·Δt (van Rossum et al. 2000, per
 * event as in the original). Otherwise only the time of the cell's last event is noted, and these
 * may be served out of order.
 */
export function senseEvent(memory: EngineMemory, settings: EngineSettings, index: number): void {
  const { cell, control, work } = memory;
  const record = RECORD * index;
  const now = work[NOW]!;
  if (!(memory.scaled[index] && control[SCALING_ON])) {
    cell[record + LAST_EVENT] = Math.max(cell[record + LAST_EVENT]!, now);
    return;
  }
  decaySensor(memory, settings, record);
  if (cell[record + TARGET_RATE]! < 0) {
    cell[record + TARGET_RATE] = cell[record + SPIKE_COUNT]! / now;
  }
  const error = cell[record + TARGET_RATE]! - cell[record + SENSED_RATE]!;
  const scale = cell[record + SCALE_FACTOR]!;
  const integral = cell[record + RATE_ERROR_INTEGRAL]!;
  cell[record + SCALE_FACTOR] =
    scale + (settings.beta * scale * error + settings.gamma * scale * integral);
  cell[record + RATE_ERROR_INTEGRAL] = integral + error * (now - cell[record + LAST_EVENT]!);
  cell[record + LAST_EVENT] = now;
}

/** sensed ← sensed·exp(−Δt/τ): done only when the rate is needed, as the product is the same. */
export function decaySensor(
  { cell, work }: EngineMemory,
  settings: EngineSettings,
  record: number,
): void {
  const now = work[NOW]!;
  const elapsedMs = now - cell[record + SENSED_AT]!;
  cell[record + SENSED_RATE]! *= shortDecay(elapsedMs * settings.sensorDecayPerMs);
  cell[record + SENSED_AT] = now;
}

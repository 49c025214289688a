import { type bool, type f64, type i32, load, min, type usize, v128 } from "../rules/prelude.ts";
import { drive } from "../rules/receptors.ts";
import { constantsOf, recordOf } from "./cell-events.ts";
import {
  AHP,
  AMPA,
  GABA_PROXIMAL,
  LAST_EVENT,
  QUIET_SUM,
  REFRACTORY_UNTIL,
  SENSED_AT,
  TARGET_RATE,
} from "./cell-record.ts";
import { scales } from "./homeostasis.ts";
import { hasJustRecovered, isRaised } from "./membrane.ts";
import { cellClass, dueMs, f64At, limits, quietUntilMs, setF64, u8At } from "./memory.ts";

/**
 * Notes until when external input finds a cell quiet: until something else is due, or its
 * refractoriness ends. Never while its raised threshold matters, while its sensor or target must
 * be brought up to date, or if its scale factor has bounds.
 */
export function noteQuiet(index: i32): void {
  const record = recordOf(index);
  const constants = constantsOf(u8At(cellClass, index));
  const restless = isRaised(record, constants) && needsThreshold(record, constants);
  const unaimed =
    scales(index) &&
    (limits !== 0 ||
      load<f64>(record, TARGET_RATE * 8) < 0 ||
      load<f64>(record, SENSED_AT * 8) !== load<f64>(record, LAST_EVENT * 8));
  const endMs = min(f64At(dueMs, index), load<f64>(record, REFRACTORY_UNTIL * 8));
  setF64(quietUntilMs, index, restless || unaimed ? -Infinity : endMs);
}

/**
 * True if a cell's next event must compute its raised threshold: the cell is above the threshold
 * at rest, below which nothing fires, or has just recovered, when only an event lowers it.
 * @inline
 */
function needsThreshold(record: usize, constants: usize): bool {
  const driveMv = drive(v128.load(record, AMPA * 8), v128.load(record, GABA_PROXIMAL * 8));
  const limitMv = load<f64>(record, AHP * 8) + load<f64>(constants, QUIET_SUM * 8);
  return hasJustRecovered(record) || driveMv > limitMv;
}

import { type f64, type i32, load } from "../rules/prelude.ts";
import { constantsOf, recordOf } from "./cell-events.ts";
import { LAST_EVENT, SENSED_AT, SETTLED_THRESHOLD, TARGET_RATE, THRESHOLD } from "./cell-record.ts";
import { scales } from "./homeostasis.ts";
import { cellClass, dueMs, f64At, limits, quietUntilMs, setF64, u8At } from "./memory.ts";

/**
 * Notes until when external input finds a cell quiet: until something else is due. Never while
 * its threshold is raised, while its sensor or target must be brought up to date, or if its scale
 * factor has bounds.
 */
export function noteQuiet(index: i32): void {
  const record = recordOf(index);
  const constants = constantsOf(u8At(cellClass, index));
  const raised = load<f64>(record, THRESHOLD * 8) > load<f64>(constants, SETTLED_THRESHOLD * 8);
  const unaimed =
    scales(index) &&
    (limits !== 0 ||
      load<f64>(record, TARGET_RATE * 8) < 0 ||
      load<f64>(record, SENSED_AT * 8) !== load<f64>(record, LAST_EVENT * 8));
  setF64(quietUntilMs, index, raised || unaimed ? -Infinity : f64At(dueMs, index));
}

import { type f64, type i32, u32 } from "../rules/prelude.ts";
import { CLASS_COUNT } from "./cell-record.ts";
import { EXTERNAL, NONE } from "./control.ts";
import {
  cells,
  cellsByClass,
  classCells,
  f64At,
  i32At,
  pendingHead,
  setF64,
  setI32,
  streamHigh,
  streamLow,
  streamMeanMs,
  streamNextMs,
  streamRemaining,
} from "./memory.ts";
import { mcellRan4, negativeLogFraction } from "./numeric.ts";
import { enqueue, inOrder, pendingCell, pendingLink, pendingMs, pendingWhat } from "./pending.ts";
import { streamOrder } from "./spikes.ts";

/*
 * External input of the first windows of a run, whose times do not fit the words of events that are
 * drawn ahead (engine/drawn-events.ts). It is drawn window by window, and waits at its cells.
 */

/** Draws all external input before `endMs`. */
export function enqueueEarly(endMs: f64): void {
  const count = i32At(classCells, CLASS_COUNT - 1);
  for (let k = 0; k < count; k++) {
    const first = i32At(cellsByClass, k) << 2;
    for (let target = first; target < first + 4; target++) {
      while (f64At(streamNextMs, target) < endMs) {
        const timeMs = f64At(streamNextMs, target);
        enqueue(target >> 2, timeMs, streamOrder(target), EXTERNAL - (target & 3));
        drawNext(target, timeMs);
      }
    }
  }
}

/** Draws the event of a stream that follows the one at `timeMs`. */
function drawNext(target: i32, timeMs: f64): void {
  const remaining = f64At(streamRemaining, target) - 1;
  const high = i32At(streamHigh, target);
  const draw = negativeLogFraction(mcellRan4(high, i32At(streamLow, target)));
  const nextMs = remaining > 0 ? timeMs + f64At(streamMeanMs, target) * draw : Infinity;
  setF64(streamNextMs, target, nextMs);
  setF64(streamRemaining, target, remaining);
  setI32(streamHigh, target, high + 1);
}

/** Takes a cell's events after `nowMs` back that wait. */
export function takeBackEarly(cell: i32, nowMs: f64): void {
  let node = i32At(pendingHead, inOrder ? cells : cell);
  for (; node !== NONE; node = pendingLink(node)) {
    const receptor = EXTERNAL - pendingWhat(node);
    const isDrawn = pendingCell(node) === cell && u32(receptor) < 4;
    if (isDrawn && pendingMs(node) > nowMs) undraw((cell << 2) + receptor);
  }
}

/** Takes one event back. */
export function undraw(target: i32): void {
  setF64(streamRemaining, target, f64At(streamRemaining, target) + 1);
  setI32(streamHigh, target, i32At(streamHigh, target) - 1);
}

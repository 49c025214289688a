import { type bool, type f64, type i32, min } from "../rules/prelude.ts";
import { NONE } from "./control.ts";
import {
  cells,
  dueMs,
  f64At,
  i32At,
  pendingCell,
  pendingFastMv,
  pendingHead,
  pendingLink,
  pendingMs,
  pendingOrder,
  pendingWhat,
  quietUntilMs,
  setF64,
  setI32,
  waitingCell,
} from "./memory.ts";

let count: i32 = 0;
let waitingCells: i32 = 0;
/** True if all events wait in one list, in the order in which they are to be served. */
export let inOrder: bool = false;

export function clearPending(ordered: bool): void {
  count = 0;
  waitingCells = 0;
  inOrder = ordered;
}

/** @inline */
export function waitingCellCount(): i32 {
  return waitingCells;
}

/**
 * Lets an event wait: at its cell, or in the one list of all.
 *
 * Each cell has a list of the events of the present window that wait for it, external ones apart,
 * in the order in which they are to be served: by time, equal times by the order of what sent them.
 * Where the order among cells matters as well, all wait in one list.
 *
 * @param order of what sent it: external streams come before scheduled inputs, these before spikes
 * @param what a synapse's number, or what control.ts lists
 */
export function enqueue(cell: i32, timeMs: f64, order: f64, what: i32): void {
  const list = inOrder ? cells : cell;
  const node = count++;
  setF64(pendingMs, node, timeMs);
  setF64(pendingOrder, node, order);
  setI32(pendingCell, node, cell);
  setI32(pendingWhat, node, what);
  let before = NONE;
  let next = i32At(pendingHead, list);
  if (next === NONE) setI32(waitingCell, waitingCells++, list);
  while (next !== NONE) {
    const otherMs = f64At(pendingMs, next);
    if (otherMs > timeMs || (otherMs === timeMs && f64At(pendingOrder, next) > order)) break;
    before = next;
    next = i32At(pendingLink, next);
  }
  setI32(pendingLink, node, next);
  if (before === NONE) {
    setI32(pendingHead, list, node);
    setF64(dueMs, list, timeMs);
    if (!inOrder) setF64(quietUntilMs, list, min(f64At(quietUntilMs, list), timeMs));
  } else {
    setI32(pendingLink, before, node);
  }
}

/** Lets an arrival wait that homeostasis has sensed, with its fast weight as it was scaled then. */
export function enqueueArrival(
  cell: i32,
  timeMs: f64,
  order: f64,
  synapse: i32,
  fastMv: f64,
): void {
  setF64(pendingFastMv, count, fastMv);
  enqueue(cell, timeMs, order, synapse);
}

/** Takes the events after a time out of a cell's list. */
export function dropAfter(cell: i32, timeMs: f64): void {
  let last = NONE;
  let node = i32At(pendingHead, cell);
  while (node !== NONE && f64At(pendingMs, node) <= timeMs) {
    last = node;
    node = i32At(pendingLink, node);
  }
  if (node === NONE) return;
  if (last !== NONE) {
    setI32(pendingLink, last, NONE);
  } else {
    setI32(pendingHead, cell, NONE);
    setF64(dueMs, cell, Infinity);
  }
}

/** Takes the first event out of a list. @inline */
export function takeFirst(list: i32): i32 {
  const node = i32At(pendingHead, list);
  const next = i32At(pendingLink, node);
  setI32(pendingHead, list, next);
  setF64(dueMs, list, next === NONE ? Infinity : f64At(pendingMs, next));
  return node;
}

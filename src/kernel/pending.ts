import { type bool, type f64, type i32, load, min, store, usize } from "../rules/prelude.ts";
import { NONE, PENDING } from "./control.ts";
import {
  cells,
  dueMs,
  f64At,
  i32At,
  pending,
  pendingFastMv,
  pendingHead,
  quietUntilMs,
  setF64,
  setI32,
  waitingCell,
} from "./memory.ts";

/*
 * An event that waits is one record, half a cache line: its time, the order of what sent it, its
 * cell, what it is, and the next of its list.
 */
const ORDER: usize = 8;
const CELL: usize = 16;
const WHAT: usize = 20;
const LINK: usize = 24;

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
function recordOf(node: i32): usize {
  return pending + usize(node) * (PENDING * 8);
}

/** Time of an event that waits, ms. @inline */
export function pendingMs(node: i32): f64 {
  return load<f64>(recordOf(node));
}

/** @inline */
export function pendingOrder(node: i32): f64 {
  return load<f64>(recordOf(node), ORDER);
}

/** @inline */
export function pendingCell(node: i32): i32 {
  return load<i32>(recordOf(node), CELL);
}

/** @inline */
export function pendingWhat(node: i32): i32 {
  return load<i32>(recordOf(node), WHAT);
}

/** The next event of its list. @inline */
export function pendingLink(node: i32): i32 {
  return load<i32>(recordOf(node), LINK);
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
  const record = recordOf(node);
  store<f64>(record, timeMs);
  store<f64>(record, order, ORDER);
  store<i32>(record, cell, CELL);
  store<i32>(record, what, WHAT);
  let before = NONE;
  let next = i32At(pendingHead, list);
  if (next === NONE) setI32(waitingCell, waitingCells++, list);
  while (next !== NONE) {
    const otherMs = pendingMs(next);
    if (otherMs > timeMs || (otherMs === timeMs && pendingOrder(next) > order)) break;
    before = next;
    next = pendingLink(next);
  }
  store<i32>(record, next, LINK);
  if (before === NONE) {
    setI32(pendingHead, list, node);
    setF64(dueMs, list, timeMs);
    if (!inOrder) setF64(quietUntilMs, list, min(f64At(quietUntilMs, list), timeMs));
  } else {
    store<i32>(recordOf(before), node, LINK);
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
  while (node !== NONE && pendingMs(node) <= timeMs) {
    last = node;
    node = pendingLink(node);
  }
  if (node === NONE) return;
  if (last !== NONE) {
    store<i32>(recordOf(last), NONE, LINK);
  } else {
    setI32(pendingHead, cell, NONE);
    setF64(dueMs, cell, Infinity);
  }
}

/** Takes the first event out of a list. @inline */
export function takeFirst(list: i32): i32 {
  const node = i32At(pendingHead, list);
  const next = pendingLink(node);
  setI32(pendingHead, list, next);
  setF64(dueMs, list, next === NONE ? Infinity : pendingMs(next));
  return node;
}

import { type bool, f64, i32, load, min, store, type u64, v128 } from "../rules/prelude.ts";
import { deviation, drive } from "../rules/receptors.ts";
import { callBack, chainCount, followForeign } from "./axons.ts";
import {
  addToControl,
  constantsOf,
  recordOf,
  recover,
  rowsOf,
  servePending,
} from "./cell-events.ts";
import {
  AHP,
  AMPA,
  CLASS_COUNT,
  DEVIATION,
  DRIVE,
  GABA_PROXIMAL,
  REFRACTORY_UNTIL,
  UPDATED_AT,
} from "./cell-record.ts";
import { callBackNext, closeChains, nextCallbackMs, openChains } from "./chains-in-order.ts";
import {
  BLOCK_END,
  BLOCK_START,
  CELL_EVENTS,
  EXTERNAL,
  INPUT_CURSOR,
  INPUTS,
  OUTPUT_CAPACITY,
  OUTPUT_COUNT,
  PIECES_IN_ORDER,
  REACHED,
  SCHEDULED,
  SCHEDULED_FIRST,
  WINDOW,
} from "./control.ts";
import { arriveFromColumns } from "./departures.ts";
import { enqueueEarly } from "./early-events.ts";
import {
  drawBlock,
  emptyBlock,
  endOf,
  firstOf,
  orderEvents,
  splitWindow,
} from "./external-events.ts";
import { decayToNow, hasJustRecovered, isRaised, lowerThreshold } from "./membrane.ts";
import {
  active,
  blockWindows,
  cellClass,
  cells,
  chainCell,
  columnSynapses,
  control,
  dueMs,
  EVENT,
  earlyWindows,
  eventAt,
  eventMs,
  eventTarget,
  f64At,
  i32At,
  inputMs,
  inputTarget,
  overtakable,
  plasticityEndMs,
  plasticityStartMs,
  reading,
  sensesArrivals,
  serves,
  silenced,
  timeBitsOf,
  timeMask,
  u8At,
  waitingCell,
  windowMs,
  work,
} from "./memory.ts";
import { clearPending, enqueue, pendingCell, takeFirst, waitingCellCount } from "./pending.ts";
import { serveDue } from "./quiet-arrivals.ts";
import { serveExternal } from "./quiet-input.ts";
import { noteQuiet } from "./quiet-times.ts";
import { exchangeSpikes, hasSpikes, settleSpikes, streamOrder } from "./spikes.ts";

export { begin } from "./quiet-input.ts";

/**
 * Serves all events before `untilMs`, or until the output is full; whether all were served.
 *
 * Time is served window by window, and in a window cell by cell. No window is longer than the
 * shortest axonal delay, so that all that reaches a cell in it is known when it begins: external
 * and scheduled input, and callbacks of spikes before it. An end of refractoriness concerns one cell
 * alone, so it is served when that cell's next event comes, and at the end.
 */
export function run(untilMs: f64): bool {
  let done = load<f64>(work, REACHED * 8) >= untilMs;
  while (!done && load<f64>(work, OUTPUT_COUNT * 8) < f64(OUTPUT_CAPACITY)) {
    servePiece(untilMs);
    done = load<f64>(work, REACHED * 8) >= untilMs;
  }
  if (done) {
    endRefractoriness(untilMs);
    followForeign(untilMs);
  }
  lowerThresholds();
  return done;
}

function servePiece(untilMs: f64): void {
  const window = load<f64>(work, WINDOW * 8);
  const early = window < earlyWindows;
  if (window === load<f64>(work, BLOCK_END * 8)) {
    if (early) emptyBlock(window);
    else drawBlock(window);
  }
  const reachedMs = load<f64>(work, REACHED * 8);
  const windowEndMs = (window + 1) * windowMs;
  const ordered = learns(reachedMs, windowEndMs) && mustKeepOrder();
  let endMs = min(untilMs, windowEndMs);
  if (ordered) endMs = min(endMs, reachedMs + windowMs / f64(PIECES_IN_ORDER));
  clearPending(ordered);
  if (early) enqueueEarly(endMs);
  enqueueScheduled(endMs);
  if (columnSynapses > 0) arriveFromColumns(endMs);
  if (sensesArrivals === 0) callBack(endMs);
  else senseArrivals(endMs, ordered);
  let served = i32(window - load<f64>(work, BLOCK_START * 8));
  const timeBits = timeBitsOf(window);
  if (endMs < windowEndMs) {
    splitWindow(served, timeBits, endMs);
    served = blockWindows;
  }
  if (ordered) serveInOrder(served, timeBits);
  else serveByCell(served, timeBits);
  if (sensesArrivals !== 0) closeChains();
  store<f64>(work, endMs, REACHED * 8);
  if (endMs === windowEndMs) store<f64>(work, window + 1, WINDOW * 8);
}

/** True if spikes can change gains up to `toMs`. */
function learns(fromMs: f64, toMs: f64): bool {
  return !(fromMs > plasticityEndMs || toMs < plasticityStartMs);
}

/**
 * True if the order of events among cells matters where gains are plastic.
 *
 * Those of arrivals could have been changed by their sender's spikes in the same window, found or
 * not, if it can fire again while a chain of its is under way: in the published column,
 * refractoriness lasts longer than any chain. Where homeostasis senses arrivals, it goes ahead of
 * all spikes of the window, and could not see how these change the gains.
 */
function mustKeepOrder(): bool {
  if (sensesArrivals !== 0) return true;
  const count = chainCount();
  for (let k = 0; k < count; k++) {
    if (u8At(overtakable, i32At(chainCell, k))) return true;
  }
  return false;
}

/** Lets homeostasis sense all arrivals before a time, or prepares to where order must be kept. */
function senseArrivals(endMs: f64, ordered: bool): void {
  openChains(endMs);
  if (!ordered) while (nextCallbackMs() < Infinity) callBackNext();
}

function enqueueScheduled(endMs: f64): void {
  const first = i32(load<f64>(work, INPUT_CURSOR * 8));
  const order = load<f64>(control, INPUTS * 8) - f64(SCHEDULED_FIRST);
  let cursor = first;
  while (f64At(inputMs, cursor) < endMs) {
    const target = i32At(inputTarget, cursor) >> 2;
    if (u8At(active, target) !== 0 && serves(target))
      enqueue(target, f64At(inputMs, cursor), order + f64(cursor - first), SCHEDULED);
    cursor++;
  }
  addToControl(INPUTS, f64(cursor - first));
  store<f64>(work, f64(cursor), INPUT_CURSOR * 8);
}

function serveByCell(window: i32, timeBits: u64): void {
  const nextWindow = window < blockWindows ? eventAt(firstOf(1)) - eventAt(0) : 0;
  let k = firstOf(window);
  for (let ofClass = 0; ofClass < CLASS_COUNT; ofClass++) {
    const end = endOf(ofClass, window);
    orderEvents(eventAt(k), eventAt(end));
    serveExternal(ofClass, eventAt(k), eventAt(end), nextWindow, timeBits);
    addToControl(CELL_EVENTS, f64(end - k));
    k = end;
  }
  for (k = 0; k < waitingCellCount(); k++) serveDue(i32At(waitingCell, k), Infinity);
  exchangeSpikes();
  if (hasSpikes()) settleSpikes();
}

function serveInOrder(window: i32, timeBits: u64): void {
  const end = eventAt(endOf(CLASS_COUNT - 1, window));
  for (let at = eventAt(firstOf(window)); at < end; at += EVENT) {
    const word = load<u64>(at);
    const target = eventTarget(word);
    const timeMs = eventMs(word, timeBits, timeMask());
    enqueue(target >> 2, timeMs, streamOrder(target), EXTERNAL - (target & 3));
  }
  while (min(f64At(dueMs, cells), nextCallbackMs()) < Infinity) {
    if (f64At(dueMs, cells) > nextCallbackMs()) callBackNext();
    else serveFirst();
    if (hasSpikes()) settleSpikes();
  }
}

/** Serves the first event that waits; its cell may have died since it was drawn. */
function serveFirst(): void {
  const node = takeFirst(cells);
  if (!u8At(active, pendingCell(node))) return;
  servePending(node);
  noteQuiet(pendingCell(node));
}

/** Brings the copy of a cell's record in `reading` to the present, as an event would, and sums it up. */
export function read(ofClass: i32, now: f64): void {
  decayToNow(reading, constantsOf(ofClass), rowsOf(ofClass), now);
  const excitation = v128.load(reading, AMPA * 8);
  const inhibition = v128.load(reading, GABA_PROXIMAL * 8);
  const ahpMv = load<f64>(reading, AHP * 8);
  store<f64>(reading, drive(excitation, inhibition), DRIVE * 8);
  store<f64>(reading, deviation(excitation, inhibition, ahpMv), DEVIATION * 8);
}

function endRefractoriness(untilMs: f64): void {
  for (let index = 0; index < cells; index++) {
    const record = recordOf(index);
    if (
      load<f64>(record, REFRACTORY_UNTIL * 8) < untilMs &&
      (u8At(active, index) | u8At(silenced, index)) !== 0 &&
      serves(index)
    )
      recover(index);
  }
}

/** Brings the thresholds up to date that quiet events have left, so that equal states are equal bytes. */
function lowerThresholds(): void {
  for (let index = 0; index < cells; index++) {
    const record = recordOf(index);
    const constants = constantsOf(u8At(cellClass, index));
    if (isRaised(record, constants) && !hasJustRecovered(record)) {
      lowerThreshold(record, constants, load<f64>(record, UPDATED_AT * 8));
    }
  }
}

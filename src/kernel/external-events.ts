import {
  type bool,
  f64,
  f64x2,
  i32,
  i32x4,
  i64x2,
  load,
  min,
  store,
  type u64,
  unreachable,
  usize,
  v128,
} from "../rules/prelude.ts";
import { CLASS_COUNT } from "./cell-record.ts";
import { BLOCK_END, BLOCK_START, WINDOW } from "./control.ts";
import { takeBackEarly, undraw } from "./early-events.ts";
import {
  blockWindows,
  cellsByClass,
  classCells,
  classEnd,
  drawnWord,
  EVENT,
  earlyWindows,
  eventAt,
  eventMs,
  eventOf,
  eventTarget,
  f64At,
  i32At,
  intervalMs,
  setF64,
  setI32,
  streamHigh,
  streamLow,
  streamMeanMs,
  streamNextMs,
  streamRemaining,
  targetBitsOf,
  timeBitsOf,
  timeMask,
  windowCapacity,
  windowCursor,
  windowMs,
  windowsPerMs,
  work,
} from "./memory.ts";
import {
  mcellRan4,
  mcellRan4x4,
  negativeLogFraction,
  negativeLogFractionx2,
  preparedLow,
  wholeNumbers,
} from "./numeric.ts";

/** Place of a window's first event. @inline */
export function firstOf(window: i32): i32 {
  return window * windowCapacity;
}

/** Place behind a class's last event in a window, and the setting of it. @inline */
export function endOf(ofClass: i32, window: i32): i32 {
  return i32At(classEnd, ofClass * (blockWindows + 1) + window);
}

/** @inline */
function setEndOf(ofClass: i32, window: i32, place: i32): void {
  setI32(classEnd, ofClass * (blockWindows + 1) + window, place);
}

/**
 * Draws all external input of the block of windows that begins with `startWindow`, stream by stream.
 *
 * A stream's events are next, next + interval, …, with interval = mean · (−ln u) and u the stream's
 * next draw. Cells are drawn class by class, and each event goes behind those already in its
 * window, so that these come out in order of class and cell without being sorted; only the few
 * events of one cell still are. A cell's streams are drawn in the order in which they are numbered,
 * which decides at equal times.
 */
export function drawBlock(startWindow: f64): void {
  const startMs = startWindow * windowMs;
  const endMs = startMs + f64(blockWindows) * windowMs;
  store<f64>(work, startWindow, BLOCK_START * 8);
  store<f64>(work, startWindow + f64(blockWindows), BLOCK_END * 8);
  for (let window = 0; window < blockWindows; window++) {
    setI32(windowCursor, window, i32(eventAt(firstOf(window))));
  }
  let k = 0;
  for (let ofClass = 0; ofClass < CLASS_COUNT; ofClass++) {
    const end = i32At(classCells, ofClass);
    for (; k < end; k++) {
      const target = i32At(cellsByClass, k) << 2;
      drawStream(target + 2, startMs, endMs);
      drawStream(target + 3, startMs, endMs);
      drawStream(target, startMs, endMs);
      drawStream(target + 1, startMs, endMs);
    }
    for (let window = 0; window < blockWindows; window++) {
      const place = i32((usize(i32At(windowCursor, window)) - eventAt(0)) >> 3);
      if (place > firstOf(window + 1)) unreachable();
      setEndOf(ofClass, window, place);
    }
  }
}

/** Begins a block of one window of which nothing is drawn ahead. */
export function emptyBlock(window: f64): void {
  store<f64>(work, window, BLOCK_START * 8);
  store<f64>(work, window + 1, BLOCK_END * 8);
  for (let ofClass = 0; ofClass < CLASS_COUNT; ofClass++) setEndOf(ofClass, 0, firstOf(0));
}

/** Draws a stream's events before `endMs`, intervals first, as many as are likely needed. */
function drawStream(target: i32, startMs: f64, endMs: f64): void {
  let nextMs = f64At(streamNextMs, target);
  if (nextMs >= endMs) return;
  let remaining = f64At(streamRemaining, target);
  let high = i32At(streamHigh, target);
  const low = i32At(streamLow, target);
  const meanMs = f64At(streamMeanMs, target);
  const targetBits = targetBitsOf(target);
  const mask = timeMask();
  while (nextMs < endMs) {
    const likely = min((endMs - nextMs) / meanMs + 4, min(f64(MOST_DRAWS), remaining - 1));
    const draws = i32(likely) & -4;
    if (draws === 0 || !drawIntervals(high, low, meanMs, draws)) {
      append(targetBits, mask, nextMs, windowOf(nextMs, startMs));
      remaining -= 1;
      nextMs =
        remaining > 0 ? nextMs + meanMs * negativeLogFraction(mcellRan4(high, low)) : Infinity;
      high += 1;
      continue;
    }
    let used = 0;
    do {
      append(targetBits, mask, nextMs, windowOf(nextMs, startMs));
      nextMs += f64At(intervalMs, used);
      used++;
      if (used === draws) break;
    } while (nextMs < endMs);
    high += used;
    remaining -= used;
  }
  setF64(streamNextMs, target, nextMs);
  setF64(streamRemaining, target, remaining);
  setI32(streamHigh, target, high);
}

const MOST_DRAWS: i32 = 64;

/** Draws intervals, four at a time; false if one of them is endless, for a draw of 0. @inline */
function drawIntervals(high: i32, low: i32, meanMs: f64, draws: i32): bool {
  const mean = f64x2.splat(meanMs);
  const lows = preparedLow(low);
  let highs = i32x4.add(i32x4.splat(high), i32x4(0, 1, 2, 3));
  let zeros = i32x4.splat(0);
  const bytes = usize(draws) << 2;
  // In a loop of their own, draws leave more registers to the logarithms.
  for (let at: usize = 0; at < bytes; at += 16) {
    const words = mcellRan4x4(highs, lows);
    zeros = v128.or(zeros, i32x4.eq(words, i32x4.splat(0)));
    v128.store(drawnWord + at, words);
    highs = i32x4.add(highs, i32x4.splat(4));
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    const words = v128.load(drawnWord + at);
    const upper = i64x2.shuffle(words, words, 1, 1);
    v128.store(intervalMs + 2 * at, f64x2.mul(mean, negativeLogFractionx2(words)));
    v128.store(intervalMs + 2 * at, f64x2.mul(mean, negativeLogFractionx2(upper)), 16);
  }
  return !v128.any_true(zeros);
}

/** The window of a time, from the block's first. @inline */
function windowOf(timeMs: f64, startMs: f64): i32 {
  const place = f64x2.splat((timeMs - startMs) * windowsPerMs);
  return i32x4.extract_lane(wholeNumbers(f64x2.floor(place)), 0);
}

/** Puts an event into its window, behind those of the cells before. @inline */
function append(targetBits: u64, mask: u64, timeMs: f64, window: i32): void {
  const at = usize(i32At(windowCursor, window));
  store<u64>(at, eventOf(targetBits, timeMs, mask));
  setI32(windowCursor, window, i32(at + EVENT));
}

/** Moves a window's events before `untilMs` to the extra window behind the block's last. */
export function splitWindow(window: i32, timeBits: u64, untilMs: f64): void {
  const extra = blockWindows;
  let k = firstOf(window);
  let kept = k;
  let moved = firstOf(extra);
  for (let ofClass = 0; ofClass < CLASS_COUNT; ofClass++) {
    const end = endOf(ofClass, window);
    for (; k < end; k++) {
      const word = load<u64>(eventAt(k));
      if (eventMs(word, timeBits, timeMask()) < untilMs) store<u64>(eventAt(moved++), word);
      else store<u64>(eventAt(kept++), word);
    }
    setEndOf(ofClass, window, kept);
    setEndOf(ofClass, extra, moved);
  }
}

/** Ends a cell's streams, and takes its events after `nowMs` back that were drawn ahead. */
export function endStreams(cell: i32, nowMs: f64): void {
  const now = load<f64>(work, WINDOW * 8);
  const end = load<f64>(work, BLOCK_END * 8);
  if (now < earlyWindows) takeBackEarly(cell, nowMs);
  else for (let window = now; window < end; window++) takeBack(cell, nowMs, window);
  for (let target = cell << 2; target < (cell + 1) << 2; target++) {
    setF64(streamNextMs, target, Infinity);
  }
}

function takeBack(cell: i32, nowMs: f64, window: f64): void {
  const place = i32(window - load<f64>(work, BLOCK_START * 8));
  const timeBits = timeBitsOf(window);
  let k = firstOf(place);
  let kept = k;
  for (let ofClass = 0; ofClass < CLASS_COUNT; ofClass++) {
    const end = endOf(ofClass, place);
    for (; k < end; k++) {
      const word = load<u64>(eventAt(k));
      const target = eventTarget(word);
      if (target >> 2 === cell && eventMs(word, timeBits, timeMask()) > nowMs) undraw(target);
      else store<u64>(eventAt(kept++), word);
    }
    setEndOf(ofClass, place, kept);
  }
}

/** Puts the events of a class in order of their words: of cell, time and stream. */
export function orderEvents(first: usize, end: usize): void {
  if (first === end) return;
  let last = load<u64>(first);
  for (let at = first + EVENT; at < end; at += EVENT) {
    const word = load<u64>(at);
    // Few are not in order: a cell's streams have been drawn one after another.
    if (word < last) moveBack(first, at, word);
    else last = word;
  }
}

function moveBack(first: usize, from: usize, word: u64): void {
  let at = from;
  while (at > first && word < load<u64>(at - EVENT)) {
    store<u64>(at, load<u64>(at - EVENT));
    at -= EVENT;
  }
  store<u64>(at, word);
}

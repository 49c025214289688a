import {
  FAR,
  NONE,
  SLOT_CAPACITY,
  SLOT_COUNT,
  SLOT_CURSOR,
  SLOT_END,
  SLOT_NUMBER,
  SLOTS,
  SLOTS_PER_MS,
} from "../../control";
import {
  f64At,
  followingMs,
  i32At,
  setF64,
  setI32,
  slotHead,
  slotTarget,
  slotTimeMs,
  streamHigh,
  streamLink,
  streamLow,
  streamMeanMs,
  streamNextMs,
  streamRemaining,
  streamTarget,
  subslot,
  waitingMs,
  waitingStream,
  work,
} from "./memory";
import { mcellRan4, mcellRan4x4, negativeLogFraction, negativeLogFractionx2 } from "./numeric";

/** See `advanceSlot`. */
export function advanceSlot(untilMs: f64): void {
  const slotsPerMs = load<f64>(work, SLOTS_PER_MS * 8);
  let number = load<f64>(work, SLOT_NUMBER * 8);
  let place = <i32>(<i64>number & (SLOTS - 1));
  let endMs = load<f64>(work, SLOT_END * 8);
  do {
    number += 1;
    endMs = (number + 1) / slotsPerMs;
    place = (place + 1) & (SLOTS - 1);
    if (place == 0) bringNear(number / slotsPerMs, slotsPerMs);
  } while (i32At(slotHead, place) == NONE && endMs < untilMs);
  store<f64>(work, number, SLOT_NUMBER * 8);
  store<f64>(work, endMs, SLOT_END * 8);
  collectEvents(place, number / slotsPerMs, endMs, slotsPerMs);
}

function collectEvents(place: i32, startMs: f64, endMs: f64, slotsPerMs: f64): void {
  let count = gatherStreams(place);
  drawFollowing(count);
  const streams = count;
  for (let k = 0; k < streams; k++) {
    const stream = i32At(waitingStream, k);
    let next = f64At(followingMs, k);
    let remaining = f64At(streamRemaining, stream) - 1;
    setI32(streamHigh, stream, i32At(streamHigh, stream) + 1);
    while (next < endMs && remaining > 0) {
      if (count == SLOT_CAPACITY) unreachable();
      setF64(waitingMs, count, next);
      setI32(waitingStream, count, stream);
      next = drawOne(stream, next);
      remaining -= 1;
      count++;
    }
    if (remaining == 0) next = Infinity;
    setF64(streamNextMs, stream, next);
    setF64(streamRemaining, stream, remaining);
    wait(stream, next, place, startMs, slotsPerMs);
  }
  store<f64>(work, 0, SLOT_CURSOR * 8);
  store<f64>(work, <f64>count, SLOT_COUNT * 8);
  rankEvents(count, startMs, slotsPerMs);
}

/** Lists the streams that wait in a slot, with the times of their events. */
function gatherStreams(place: i32): i32 {
  let count = 0;
  let stream = i32At(slotHead, place);
  setI32(slotHead, place, NONE);
  while (stream != NONE) {
    if (count == SLOT_CAPACITY) unreachable();
    setI32(waitingStream, count, stream);
    setF64(waitingMs, count, f64At(streamNextMs, stream));
    stream = i32At(streamLink, stream);
    count++;
  }
  return count;
}

/** Draws the event that follows each gathered one, four at a time. */
function drawFollowing(count: i32): void {
  for (let k = 0; k < count; k += 4) {
    const at = waitingStream + (<usize>k << 2);
    const stream0 = load<i32>(at);
    const stream1 = load<i32>(at, 4);
    const stream2 = load<i32>(at, 8);
    const stream3 = load<i32>(at, 12);
    const words = mcellRan4x4(
      gatherI32(streamHigh, stream0, stream1, stream2, stream3),
      gatherI32(streamLow, stream0, stream1, stream2, stream3),
    );
    const to = <usize>k << 3;
    const mean01 = f64x2(f64At(streamMeanMs, stream0), f64At(streamMeanMs, stream1));
    const mean23 = f64x2(f64At(streamMeanMs, stream2), f64At(streamMeanMs, stream3));
    const interval01 = f64x2.mul(mean01, negativeLogFractionx2(words));
    const upper = i64x2.shuffle(words, words, 1, 1);
    const interval23 = f64x2.mul(mean23, negativeLogFractionx2(upper));
    v128.store(followingMs + to, f64x2.add(v128.load(waitingMs + to), interval01));
    v128.store(followingMs + to, f64x2.add(v128.load(waitingMs + to, 16), interval23), 16);
    // A draw of 0 gives an endless interval.
    if (!i32x4.all_true(words)) {
      for (let lane = k; lane < k + 4; lane++) {
        setF64(followingMs, lane, drawOne(i32At(waitingStream, lane), f64At(waitingMs, lane), 0));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function gatherI32(array: usize, i0: i32, i1: i32, i2: i32, i3: i32): v128 {
  let lanes = v128.load32_zero(array + (<usize>i0 << 2));
  lanes = v128.load32_lane(array + (<usize>i1 << 2), lanes, 1);
  lanes = v128.load32_lane(array + (<usize>i2 << 2), lanes, 2);
  return v128.load32_lane(array + (<usize>i3 << 2), lanes, 3);
}

/** The event after the one at `timeMs`. */
function drawOne(stream: i32, timeMs: f64, step: i32 = 1): f64 {
  const high = i32At(streamHigh, stream);
  setI32(streamHigh, stream, high + step);
  const word = mcellRan4(high, i32At(streamLow, stream));
  return timeMs + f64At(streamMeanMs, stream) * negativeLogFraction(word);
}

/** Resolution of an event's place in its slot. */
const SUBSLOTS: f64 = 536870912;

/** Puts the slot's events in order: the place of each is the number of those before it. */
function rankEvents(count: i32, startMs: f64, slotsPerMs: f64): void {
  const start = f64x2.splat(startMs);
  const scale = f64x2.splat(slotsPerMs * SUBSLOTS);
  for (let k = 0; k < count; k += 2) {
    const times = v128.load(waitingMs + (<usize>k << 3));
    const subslots = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(times, start), scale));
    v128.store64_lane(subslot + (<usize>k << 2), subslots, 0);
  }
  // Places beyond the last event must not count.
  v128.store(subslot + (<usize>count << 2), i32x4.splat(i32.MAX_VALUE));
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const own = i32x4.splat(i32At(subslot, k));
    let before = i32x4.splat(0);
    for (let other = 0; other < count; other += 4) {
      const others = v128.load(subslot + (<usize>other << 2));
      before = i32x4.sub(before, i32x4.lt_s(others, own));
    }
    const pairs = i32x4.add(before, i64x2.shuffle(before, before, 1, 1));
    const place = i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
    sum += place;
    setF64(slotTimeMs, place, f64At(waitingMs, k));
    setI32(slotTarget, place, i32At(streamTarget, i32At(waitingStream, k)));
  }
  // Events that share a place leave another one empty.
  if (2 * sum != count * (count - 1)) sortEvents(count);
}

/** Orders events of which some are too close for `rankEvents`: by time, equal times by stream. */
function sortEvents(count: i32): void {
  for (let k = 0; k < count; k++) {
    const timeMs = f64At(waitingMs, k);
    const stream = i32At(waitingStream, k);
    let place = 0;
    for (let other = 0; other < count; other++) {
      const otherMs = f64At(waitingMs, other);
      if (otherMs < timeMs || (otherMs == timeMs && i32At(waitingStream, other) < stream)) place++;
    }
    setF64(slotTimeMs, place, timeMs);
    setI32(slotTarget, place, i32At(streamTarget, stream));
  }
}

/**
 * See `wait`. A slot begins at a multiple of a power of two, so that the distance of an event from
 * it, in slots, is exact.
 */
// @ts-ignore: decorator
@inline
function wait(stream: i32, nextMs: f64, present: i32, startMs: f64, slotsPerMs: f64): void {
  const ahead = <i32>((nextMs - startMs) * slotsPerMs);
  const place = ahead < SLOTS ? (present + ahead) & (SLOTS - 1) : FAR;
  setI32(streamLink, stream, i32At(slotHead, place));
  setI32(slotHead, place, stream);
}

function bringNear(startMs: f64, slotsPerMs: f64): void {
  let stream = i32At(slotHead, FAR);
  setI32(slotHead, FAR, NONE);
  while (stream != NONE) {
    const following = i32At(streamLink, stream);
    wait(stream, f64At(streamNextMs, stream), 0, startMs, slotsPerMs);
    stream = following;
  }
}

import {
  BLOCK_CAPACITY,
  BLOCK_COUNT,
  BLOCK_CURSOR,
  BLOCK_END,
  BLOCK_EVENTS,
  BLOCK_LENGTH,
} from "../../control";
import {
  binStart,
  blockTarget,
  blockTimeMs,
  control,
  drawnTarget,
  drawnTimeMs,
  f64At,
  i32At,
  setF64,
  setI32,
  streamHigh,
  streamLow,
  streamMeanMs,
  streamNextMs,
  streamOfTarget,
  streamRemaining,
  streams,
  streamTarget,
} from "./memory";
import { mcellRan4, negativeLogFraction } from "./numeric";

/** See `advanceBlock`. */
export function advanceBlock(): void {
  const startMs = load<f64>(control, BLOCK_END * 8);
  let lengthMs = load<f64>(control, BLOCK_LENGTH * 8);
  while (!drawEvents(startMs + lengthMs)) lengthMs /= 2;
  store<f64>(control, startMs + lengthMs, BLOCK_END * 8);
  store<f64>(control, 0, BLOCK_CURSOR * 8);
  const count = <i32>load<f64>(control, BLOCK_COUNT * 8);
  distribute(count, startMs, lengthMs);
  insertionSort(count);
}

function drawEvents(endMs: f64): bool {
  let count = 0;
  for (let stream = 0; stream < streams && count < BLOCK_CAPACITY; stream++) {
    let next = f64At(streamNextMs, stream);
    if (next >= endMs) continue;
    const first = count;
    const remaining = f64At(streamRemaining, stream);
    const limit = <i32>min(<f64>BLOCK_CAPACITY, <f64>first + remaining);
    const low = i32At(streamLow, stream);
    const mean = f64At(streamMeanMs, stream);
    const target = i32At(streamTarget, stream);
    let high = i32At(streamHigh, stream);
    while (next < endMs && count < limit) {
      setF64(drawnTimeMs, count, next);
      setI32(drawnTarget, count, target);
      next += mean * negativeLogFraction(mcellRan4(high, low));
      high++;
      count++;
    }
    const left = remaining - <f64>(count - first);
    setI32(streamHigh, stream, high);
    setF64(streamRemaining, stream, left);
    setF64(streamNextMs, stream, left == 0 ? Infinity : next);
  }
  store<f64>(control, <f64>count, BLOCK_COUNT * 8);
  if (count < BLOCK_CAPACITY) return true;
  giveBackDrawn(count);
  return false;
}

function giveBackDrawn(count: i32): void {
  for (let k = count - 1; k >= 0; k--) {
    const stream = i32At(streamOfTarget, i32At(drawnTarget, k));
    setF64(streamNextMs, stream, f64At(drawnTimeMs, k));
    setF64(streamRemaining, stream, f64At(streamRemaining, stream) + 1);
    setI32(streamHigh, stream, i32At(streamHigh, stream) - 1);
  }
}

function distribute(count: i32, startMs: f64, lengthMs: f64): void {
  const binsPerMs = <f64>BLOCK_EVENTS / lengthMs;
  memory.fill(binStart, 0, (BLOCK_EVENTS + 2) << 2);
  for (let k = 0; k < count; k++) {
    const bin = <i32>((f64At(drawnTimeMs, k) - startMs) * binsPerMs);
    const place = binStart + (<usize>bin << 2);
    store<i32>(place, load<i32>(place, 4) + 1, 4);
  }
  let sum = 0;
  for (let bin = 0; bin < BLOCK_EVENTS + 2; bin++) {
    sum += i32At(binStart, bin);
    setI32(binStart, bin, sum);
  }
  for (let k = 0; k < count; k++) {
    const timeMs = f64At(drawnTimeMs, k);
    const bin = <i32>((timeMs - startMs) * binsPerMs);
    const place = i32At(binStart, bin);
    setI32(binStart, bin, place + 1);
    setF64(blockTimeMs, place, timeMs);
    setI32(blockTarget, place, i32At(drawnTarget, k));
  }
}

function insertionSort(count: i32): void {
  for (let k = 1; k < count; k++) {
    const timeMs = f64At(blockTimeMs, k);
    if (f64At(blockTimeMs, k - 1) <= timeMs) continue;
    const target = i32At(blockTarget, k);
    let place = k;
    while (place > 0 && f64At(blockTimeMs, place - 1) > timeMs) {
      setF64(blockTimeMs, place, f64At(blockTimeMs, place - 1));
      setI32(blockTarget, place, i32At(blockTarget, place - 1));
      place--;
    }
    setF64(blockTimeMs, place, timeMs);
    setI32(blockTarget, place, target);
  }
}

import { negativeLogFraction } from "../numeric/logarithm.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import {
  BLOCK_CAPACITY,
  BLOCK_COUNT,
  BLOCK_CURSOR,
  BLOCK_END,
  BLOCK_EVENTS,
  BLOCK_LENGTH,
} from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";

/*
 * The external input of all cells is generated ahead in blocks and put in order of time.
 *
 * A stream's events are next, next + interval, …, with interval = mean · (−ln u) and u the stream's
 * next draw. Equal times come in the order of streams. A block holds nothing that the streams'
 * state does not determine, so it can be thrown away at any event, and its length has no effect.
 */

/** Replaces the block, all of whose events are delivered, by the next one. */
export function advanceBlock(memory: EngineMemory): void {
  const { control } = memory;
  const startMs = control[BLOCK_END]!;
  let lengthMs = control[BLOCK_LENGTH]!;
  while (!drawEvents(memory, startMs + lengthMs)) lengthMs /= 2;
  control[BLOCK_END] = startMs + lengthMs;
  control[BLOCK_CURSOR] = 0;
  distribute(memory, startMs, lengthMs);
  insertionSort(memory.blockTimeMs, memory.blockTarget, control[BLOCK_COUNT]!);
}

/** Gives the events not yet delivered back to their streams; the next block begins at `nowMs`. */
export function discardBlock(memory: EngineMemory, nowMs: number): void {
  const { control, blockTimeMs, blockTarget } = memory;
  giveBack(memory, blockTimeMs, blockTarget, control[BLOCK_CURSOR]!);
  control[BLOCK_CURSOR] = 0;
  control[BLOCK_COUNT] = 0;
  control[BLOCK_END] = nowMs;
}

/** Draws all events before `endMs`, stream by stream; false, with nothing drawn, if too many. */
function drawEvents(memory: EngineMemory, endMs: number): boolean {
  const { streamNextMs, streamRemaining, streamHigh, streamLow, streamMeanMs } = memory;
  const { streamTarget, drawnTimeMs, drawnTarget, control } = memory;
  let count = 0;
  for (let stream = 0; stream < streamNextMs.length && count < BLOCK_CAPACITY; stream++) {
    let next = streamNextMs[stream]!;
    if (next >= endMs) continue;
    const first = count;
    const limit = Math.min(BLOCK_CAPACITY, first + streamRemaining[stream]!);
    const low = streamLow[stream]!;
    const mean = streamMeanMs[stream]!;
    const target = streamTarget[stream]!;
    let high = streamHigh[stream]!;
    while (next < endMs && count < limit) {
      drawnTimeMs[count] = next;
      drawnTarget[count] = target;
      next += mean * negativeLogFraction(mcellRan4(high, low));
      high = (high + 1) | 0;
      count++;
    }
    streamHigh[stream] = high;
    streamRemaining[stream]! -= count - first;
    streamNextMs[stream] = streamRemaining[stream] === 0 ? Infinity : next;
  }
  control[BLOCK_COUNT] = count;
  if (count < BLOCK_CAPACITY) return true;
  giveBack(memory, drawnTimeMs, drawnTarget, 0);
  return false;
}

/** Returns drawn events to their streams, from the last to the one at `from`. */
function giveBack(
  memory: EngineMemory,
  timeMs: Float64Array,
  targets: Uint32Array,
  from: number,
): void {
  const { streamNextMs, streamRemaining, streamHigh, streamOfTarget, control } = memory;
  for (let k = control[BLOCK_COUNT]! - 1; k >= from; k--) {
    const stream = streamOfTarget[targets[k]!]!;
    streamNextMs[stream] = timeMs[k]!;
    streamRemaining[stream]!++;
    streamHigh[stream]!--;
  }
}

/** Distributes the drawn events over narrow bins of time. */
function distribute(memory: EngineMemory, startMs: number, lengthMs: number): void {
  const { blockTimeMs, blockTarget, drawnTimeMs, drawnTarget, binStart } = memory;
  const count = memory.control[BLOCK_COUNT]!;
  const binsPerMs = BLOCK_EVENTS / lengthMs;
  binStart.fill(0);
  for (let k = 0; k < count; k++) {
    const bin = ((drawnTimeMs[k]! - startMs) * binsPerMs) | 0;
    binStart[bin + 1]!++;
  }
  for (let bin = 1; bin < binStart.length; bin++) binStart[bin]! += binStart[bin - 1]!;
  for (let k = 0; k < count; k++) {
    const timeMs = drawnTimeMs[k]!;
    const bin = ((timeMs - startMs) * binsPerMs) | 0;
    const place = binStart[bin]!++;
    blockTimeMs[place] = timeMs;
    blockTarget[place] = drawnTarget[k]!;
  }
}

/** Orders nearly ordered events by time; equal times keep their order. */
function insertionSort(timeMs: Float64Array, target: Uint32Array, count: number): void {
  for (let k = 1; k < count; k++) {
    const time = timeMs[k]!;
    if (timeMs[k - 1]! <= time) continue;
    const movedTarget = target[k]!;
    let place = k;
    while (place > 0 && timeMs[place - 1]! > time) {
      timeMs[place] = timeMs[place - 1]!;
      target[place] = target[place - 1]!;
      place--;
    }
    timeMs[place] = time;
    target[place] = movedTarget;
  }
}

/**
 * Gives stream j's generator the indices base + j · step, both, and consumes one draw.
 *
 * Intervals under way are kept, as in the original.
 */
export function seedStreams(memory: EngineMemory, base: number, step: number): void {
  const { streamHigh, streamLow } = memory;
  for (let stream = 0; stream < streamHigh.length; stream++) {
    const seed = base + stream * step;
    streamLow[stream] = seed;
    streamHigh[stream] = seed + 1;
  }
}

/**
 * Draws the next event of every silent stream that may still send: one interval after `nowMs`.
 *
 * That is every stream at the start of a run; later, one whose draw of 0 gave it an endless
 * interval, which only reseeding ends.
 */
export function wakeStreams(memory: EngineMemory, nowMs: number): void {
  const { streamNextMs, streamRemaining, streamTarget, streamMeanMs, alive } = memory;
  const { streamHigh, streamLow } = memory;
  for (let stream = 0; stream < streamNextMs.length; stream++) {
    const maySend = streamRemaining[stream]! > 0 && alive[streamTarget[stream]! >> 2];
    if (streamNextMs[stream]! < Infinity || !maySend) continue;
    const word = mcellRan4(streamHigh[stream]!, streamLow[stream]!);
    streamHigh[stream]!++;
    streamNextMs[stream] = nowMs + streamMeanMs[stream]! * negativeLogFraction(word);
  }
}

/** Silences the streams of dead cells for good; the caller has discarded what was drawn ahead. */
export function silenceDeadCells(memory: EngineMemory): void {
  const { streamNextMs, streamTarget, alive } = memory;
  for (let stream = 0; stream < streamNextMs.length; stream++) {
    if (!alive[streamTarget[stream]! >> 2]) streamNextMs[stream] = Infinity;
  }
}

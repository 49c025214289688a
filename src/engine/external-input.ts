import { negativeLogFraction } from "../numeric/logarithm.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
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
} from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";

/*
 * The external input of all cells, served slot by slot of time.
 *
 * A stream's events are next, next + interval, …, with interval = mean · (−ln u) and u the stream's
 * next draw. Every stream waits in the slot of its next event, one of a wheel of slots that turns
 * with time; a stream whose next event is beyond the wheel waits in a list that is looked through
 * at each turn. Equal times come in the order of streams. Where slots begin has no effect.
 */

/** Serves the next slots that have any events, up to the one that holds `untilMs`. */
export function advanceSlot(memory: EngineMemory, untilMs: number): void {
  const { work, slotHead } = memory;
  do {
    const number = work[SLOT_NUMBER]! + 1;
    work[SLOT_NUMBER] = number;
    work[SLOT_END] = (number + 1) / work[SLOTS_PER_MS]!;
    if (number % SLOTS === 0) bringNear(memory);
  } while (slotHead[work[SLOT_NUMBER]! % SLOTS] === NONE && work[SLOT_END]! < untilMs);
  collectEvents(memory);
  sortEvents(memory);
}

/** Draws the events of all streams that wait in the present slot, and lets them wait anew. */
function collectEvents(memory: EngineMemory): void {
  const { work, slotHead, streamLink, streamNextMs, streamTarget } = memory;
  const { slotTimeMs, slotTarget } = memory;
  const place = work[SLOT_NUMBER]! % SLOTS;
  const endMs = work[SLOT_END]!;
  let count = 0;
  let stream = slotHead[place]!;
  slotHead[place] = NONE;
  while (stream !== NONE) {
    const following = streamLink[stream]!;
    do {
      if (count === SLOT_CAPACITY) throw new RangeError("Too many external events at one time.");
      slotTimeMs[count] = streamNextMs[stream]!;
      slotTarget[count] = streamTarget[stream]!;
      count++;
      drawNext(memory, stream);
    } while (streamNextMs[stream]! < endMs);
    wait(memory, stream);
    stream = following;
  }
  work[SLOT_CURSOR] = 0;
  work[SLOT_COUNT] = count;
}

function drawNext(memory: EngineMemory, stream: number): void {
  const { streamNextMs, streamRemaining, streamHigh, streamLow, streamMeanMs } = memory;
  const word = mcellRan4(streamHigh[stream]!, streamLow[stream]!);
  streamHigh[stream]!++;
  streamRemaining[stream]!--;
  const nextMs = streamNextMs[stream]! + streamMeanMs[stream]! * negativeLogFraction(word);
  streamNextMs[stream] = streamRemaining[stream] === 0 ? Infinity : nextMs;
}

/** Lets a stream wait for its next event. */
function wait({ work, slotHead, streamLink, streamNextMs }: EngineMemory, stream: number): void {
  const nextMs = streamNextMs[stream]!;
  if (nextMs === Infinity) return;
  const number = Math.floor(nextMs * work[SLOTS_PER_MS]!);
  const place = number < work[SLOT_NUMBER]! + SLOTS ? number % SLOTS : FAR;
  streamLink[stream] = slotHead[place]!;
  slotHead[place] = stream;
}

/** Lets the streams that wait beyond the wheel wait in it, where they have come within its reach. */
function bringNear(memory: EngineMemory): void {
  const { slotHead, streamLink } = memory;
  let stream = slotHead[FAR]!;
  slotHead[FAR] = NONE;
  while (stream !== NONE) {
    const following = streamLink[stream]!;
    wait(memory, stream);
    stream = following;
  }
}

/** Orders the slot's few events by time, and equal times by stream. */
function sortEvents({ work, slotTimeMs, slotTarget, streamOfTarget }: EngineMemory): void {
  const count = work[SLOT_COUNT]!;
  for (let k = 1; k < count; k++) {
    const timeMs = slotTimeMs[k]!;
    const target = slotTarget[k]!;
    let place = k;
    for (; place > 0; place--) {
      const beforeMs = slotTimeMs[place - 1]!;
      const before = slotTarget[place - 1]!;
      const inOrder = beforeMs === timeMs && streamOfTarget[before]! < streamOfTarget[target]!;
      if (beforeMs < timeMs || inOrder) break;
      slotTimeMs[place] = beforeMs;
      slotTarget[place] = before;
    }
    slotTimeMs[place] = timeMs;
    slotTarget[place] = target;
  }
}

/**
 * Gives the slot's events that are not yet delivered back to their streams, so that nothing is
 * drawn beyond `nowMs`, and lets all streams wait anew.
 */
export function rewindStreams(memory: EngineMemory, nowMs: number): void {
  const { work, slotTimeMs, slotTarget, streamOfTarget, slotHead } = memory;
  const { streamNextMs, streamRemaining, streamHigh } = memory;
  for (let k = work[SLOT_COUNT]! - 1; k >= work[SLOT_CURSOR]!; k--) {
    const stream = streamOfTarget[slotTarget[k]!]!;
    streamNextMs[stream] = slotTimeMs[k]!;
    streamRemaining[stream]!++;
    streamHigh[stream]!--;
  }
  work[SLOT_CURSOR] = 0;
  work[SLOT_COUNT] = 0;
  // The slot of `nowMs` is still to come.
  work[SLOT_NUMBER] = Math.floor(nowMs * work[SLOTS_PER_MS]!) - 1;
  work[SLOT_END] = (work[SLOT_NUMBER]! + 1) / work[SLOTS_PER_MS]!;
  slotHead.fill(NONE);
  for (let stream = 0; stream < streamNextMs.length; stream++) wait(memory, stream);
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
  const { streamNextMs } = memory;
  for (let stream = 0; stream < streamNextMs.length; stream++) {
    if (streamNextMs[stream] === Infinity) wakeStream(memory, stream, nowMs);
  }
}

/** Draws a silent stream's next event, one interval after `nowMs`, if it may still send. */
export function wakeStream(memory: EngineMemory, stream: number, nowMs: number): void {
  const { streamNextMs, streamRemaining, streamTarget, streamMeanMs, alive } = memory;
  const { streamHigh, streamLow } = memory;
  if (streamRemaining[stream]! <= 0 || !alive[streamTarget[stream]! >> 2]) return;
  const word = mcellRan4(streamHigh[stream]!, streamLow[stream]!);
  streamHigh[stream]!++;
  streamNextMs[stream] = nowMs + streamMeanMs[stream]! * negativeLogFraction(word);
}

/** Silences the streams of dead cells for good; the caller has discarded what was drawn ahead. */
export function silenceDeadCells(memory: EngineMemory): void {
  const { streamNextMs, streamTarget, alive } = memory;
  for (let stream = 0; stream < streamNextMs.length; stream++) {
    if (!alive[streamTarget[stream]! >> 2]) streamNextMs[stream] = Infinity;
  }
}

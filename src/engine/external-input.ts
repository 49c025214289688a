import { BLOCK_END, BLOCK_START, REACHED, WINDOW } from "../kernel/control.ts";
import { INPUT_SEED_STEP, TRIAL_SEED_STEP } from "../model/stream-seeds.ts";
import type { ExternalStreams } from "../network/external-streams.ts";
import { negativeLogFraction } from "../numeric/logarithm.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import { eventReader } from "./drawn-events.ts";
import type { EngineMemory } from "./layout.ts";

/** Slot of a stream, by its target: 4 × cell + receptor. */
export function targetOf({ cell, receptor }: ExternalStreams, stream: number): number {
  return 4 * cell[stream]! + receptor[stream]!;
}

/**
 * Gives events that were drawn ahead and not delivered back to their streams, so that nothing is
 * drawn beyond `nowMs`. The window of `nowMs` is the next one to be served.
 */
export function rewindStreams(memory: EngineMemory, windowMs: number, nowMs: number): void {
  const { work, windowCursor, classEnd, event } = memory;
  const readEvent = eventReader(memory);
  const { streamNextMs, streamRemaining, streamHigh } = memory;
  const windows = windowCursor.length + 1;
  const lastClassEnd = classEnd.subarray(-windows);
  const next = work[WINDOW]! - work[BLOCK_START]!;
  const drawn = work[BLOCK_END]! - work[BLOCK_START]!;
  for (let window = drawn - 1; window >= next; window--) {
    const first = (window * event.length) / windows;
    for (let k = lastClassEnd[window]! - 1; k >= first; k--) {
      const { timeMs, target } = readEvent(k, (work[BLOCK_START]! + window) * windowMs);
      streamNextMs[target] = timeMs;
      streamRemaining[target]!++;
      streamHigh[target]!--;
    }
  }
  const window = Math.floor(nowMs / windowMs);
  work[WINDOW] = window;
  work[BLOCK_START] = window;
  work[BLOCK_END] = window;
  work[REACHED] = nowMs;
}

/** Forgets what was drawn ahead, when the streams have been set from outside. */
export function forgetDrawn({ work }: EngineMemory): void {
  work[BLOCK_END] = work[WINDOW]!;
}

/** An engine's memory, and the external input that it was made for. */
export interface ExternalInput {
  readonly memory: EngineMemory;
  readonly streams: ExternalStreams;
  /** Of each column. */
  readonly inputSeeds: readonly number[];
}

/** Seed of each stream by its number: its column's input seed + 10 · j for the column's stream j. */
export const inputSeedsOf =
  ({ streams: { perColumn }, inputSeeds }: ExternalInput) =>
  (stream: number): number =>
    inputSeeds[Math.floor(stream / perColumn)]! + (stream % perColumn) * INPUT_SEED_STEP;

/** Seed of each stream in a trial, by its number: base + j for stream j of every column. */
export const trialSeedsOf =
  ({ perColumn }: ExternalStreams, base: number) =>
  (stream: number): number =>
    base + (stream % perColumn) * TRIAL_SEED_STEP;

/**
 * Gives both indices of every stream's generator its seed, and consumes one draw.
 *
 * Intervals under way are kept, as in the original.
 */
export function seedStreams(memory: EngineMemory, seedOf: (stream: number) => number): void {
  const { streamNumber, streamHigh, streamLow } = memory;
  for (let target = 0; target < streamNumber.length; target++) {
    if (streamNumber[target]! < 0) continue;
    const seed = seedOf(streamNumber[target]!);
    streamLow[target] = seed;
    streamHigh[target] = seed + 1;
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
  for (let target = 0; target < streamNextMs.length; target++) {
    if (streamNextMs[target] === Infinity) wakeStream(memory, target, nowMs);
  }
}

/** Draws a silent stream's next event, one interval after `nowMs`, if it may still send. */
export function wakeStream(memory: EngineMemory, target: number, nowMs: number): void {
  const { streamNextMs, streamRemaining, streamMeanMs, streamHigh, streamLow, active } = memory;
  if (streamRemaining[target]! <= 0 || !active[target >> 2]) return;
  const word = mcellRan4(streamHigh[target]!, streamLow[target]!);
  streamHigh[target]!++;
  streamNextMs[target] = nowMs + streamMeanMs[target]! * negativeLogFraction(word);
}

/** Ends the streams to cells that are not active; the caller has discarded what was drawn ahead. */
export function endInactiveStreams({ streamNextMs, active }: EngineMemory): void {
  for (let target = 0; target < streamNextMs.length; target++) {
    if (!active[target >> 2]) streamNextMs[target] = Infinity;
  }
}

import { negativeLogFraction } from "../numeric/logarithm.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import type { EngineMemory } from "./engine-memory.ts";

/** Events to generate ahead at a time: as many as stay in a core's second-level cache. */
const EVENTS_PER_BLOCK = 16_384;

/** Room for more events than the mean: sixteen standard deviations. */
const CAPACITY = EVENTS_PER_BLOCK + 2048;

/**
 * The external input of all cells, generated ahead in blocks and put in order of time.
 *
 * A stream's events are next, next + interval, …, with interval = mean · (−ln u) and u the stream's
 * next draw. Equal times come in the order of streams. A block holds nothing that the streams'
 * state does not determine, so it can be thrown away at any event (`discardAhead`).
 */
export class ExternalInput {
  /** Time and target (4 × cell + receptor) of the block's events, ascending. */
  readonly timeMs = new Float64Array(CAPACITY);
  readonly target = new Uint32Array(CAPACITY);
  /** The next event to deliver, and the number of events in the block. */
  cursor = 0;
  count = 0;
  /** The block holds all events before this time. */
  endMs = 0;

  readonly #memory: EngineMemory;
  readonly #blockMs: number;
  readonly #drawnTimeMs = new Float64Array(CAPACITY);
  readonly #drawnTarget = new Uint32Array(CAPACITY);
  readonly #binStart = new Uint32Array(EVENTS_PER_BLOCK + 2);

  /** @param blockMs length of a block; results do not depend on it */
  constructor(memory: EngineMemory, blockMs?: number) {
    this.#memory = memory;
    const ratePerMs = memory.streamMeanMs.reduce((sum, meanMs) => sum + 1 / meanMs, 0);
    this.#blockMs = blockMs ?? (ratePerMs > 0 ? EVENTS_PER_BLOCK / ratePerMs : 1000);
  }

  /** Replaces the block, all of whose events are delivered, by the next one. */
  advanceBlock(): void {
    const startMs = this.endMs;
    let lengthMs = this.#blockMs;
    while (!this.#draw(startMs + lengthMs)) lengthMs /= 2;
    this.endMs = startMs + lengthMs;
    this.#sort(startMs, lengthMs);
    this.cursor = 0;
  }

  /** Gives the events not yet delivered back to their streams; the next block begins at `nowMs`. */
  discardAhead(nowMs: number): void {
    this.#giveBack(this.timeMs, this.target, this.cursor);
    this.cursor = 0;
    this.count = 0;
    this.endMs = nowMs;
  }

  /** Draws all events before `endMs`, stream by stream; false, with nothing drawn, if too many. */
  #draw(endMs: number): boolean {
    const memory = this.#memory;
    const { streamNextMs, streamRemaining, streamHigh, streamLow, streamMeanMs } = memory;
    const timeMs = this.#drawnTimeMs;
    const targets = this.#drawnTarget;
    let count = 0;
    for (let stream = 0; stream < streamNextMs.length && count < CAPACITY; stream++) {
      let next = streamNextMs[stream]!;
      if (next >= endMs) continue;
      const first = count;
      const limit = Math.min(CAPACITY, first + streamRemaining[stream]!);
      const low = streamLow[stream]!;
      const mean = streamMeanMs[stream]!;
      const target = memory.streamTarget[stream]!;
      let high = streamHigh[stream]!;
      while (next < endMs && count < limit) {
        timeMs[count] = next;
        targets[count] = target;
        next += mean * negativeLogFraction(mcellRan4(high, low));
        high = (high + 1) | 0;
        count++;
      }
      const drawn = count - first;
      streamHigh[stream] = high;
      streamRemaining[stream]! -= drawn;
      streamNextMs[stream] = streamRemaining[stream] === 0 ? Infinity : next;
    }
    this.count = count;
    if (count < CAPACITY) return true;
    this.#giveBack(timeMs, targets, 0);
    return false;
  }

  /** Returns drawn events to their streams, from the last to the one at `from`. */
  #giveBack(timeMs: Float64Array, targets: Uint32Array, from: number): void {
    const { streamNextMs, streamRemaining, streamHigh, streamOfTarget } = this.#memory;
    for (let k = this.count - 1; k >= from; k--) {
      const stream = streamOfTarget[targets[k]!]!;
      streamNextMs[stream] = timeMs[k]!;
      streamRemaining[stream]!++;
      streamHigh[stream]!--;
    }
  }

  /** Distributes the drawn events over narrow bins of time, then orders what shares a bin. */
  #sort(startMs: number, lengthMs: number): void {
    const { timeMs, target, count } = this;
    const drawnTimeMs = this.#drawnTimeMs;
    const drawnTarget = this.#drawnTarget;
    const binStart = this.#binStart;
    const binsPerMs = EVENTS_PER_BLOCK / lengthMs;
    binStart.fill(0);
    for (let k = 0; k < count; k++) {
      const bin = ((drawnTimeMs[k]! - startMs) * binsPerMs) | 0;
      binStart[bin + 1]!++;
    }
    for (let bin = 1; bin < binStart.length; bin++) binStart[bin]! += binStart[bin - 1]!;
    for (let k = 0; k < count; k++) {
      const time = drawnTimeMs[k]!;
      const bin = ((time - startMs) * binsPerMs) | 0;
      const place = binStart[bin]!++;
      timeMs[place] = time;
      target[place] = drawnTarget[k]!;
    }
    insertionSort(timeMs, target, count);
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

/** Draws the first event of every stream: one interval after the start of the run. */
export function drawFirstEvents(memory: EngineMemory): void {
  const { streamNextMs, streamRemaining, streamHigh, streamLow, streamMeanMs } = memory;
  for (let stream = 0; stream < streamNextMs.length; stream++) {
    const word = mcellRan4(streamHigh[stream]!, streamLow[stream]!);
    streamHigh[stream]!++;
    streamNextMs[stream] =
      streamRemaining[stream] === 0 ? Infinity : streamMeanMs[stream]! * negativeLogFraction(word);
  }
}

/** Silences the streams of dead cells for good; the caller has discarded what was drawn ahead. */
export function silenceDeadCells(memory: EngineMemory): void {
  const { streamNextMs, streamTarget, alive } = memory;
  for (let stream = 0; stream < streamNextMs.length; stream++) {
    if (!alive[streamTarget[stream]! >> 2]) streamNextMs[stream] = Infinity;
  }
}

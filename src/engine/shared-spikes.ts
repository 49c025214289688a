import type { EnginePart, WindowSpikeLists } from "./part.ts";

/** Looks at a counter before a part goes to sleep until it changes: some tens of µs. */
export const LOOKS = 5000;

/** Sleeps no longer than this before it looks whether another part goes on, ms. */
export const PATIENCE_MS = 1000;

/** Bytes per spike: time and order as doubles, cell and cause as words. */
const SPIKE_BYTES = 24;

/** Words before the spikes: for each part the windows it has served, then whether any goes on no more. */
const words = (count: number) => 2 * Math.ceil((count + 1) / 2);

/** Another part of the network does not go on, so that this one cannot. */
export class PartLeftError extends Error {
  override readonly name = "PartLeftError";

  constructor() {
    super("A thread that serves a part of this network has ended.");
  }
}

/** Memory through which `count` parts exchange up to `capacity` spikes each a window. */
export function createSharedSpikes(count: number, capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * words(count) + 2 * count * (8 + SPIKE_BYTES * capacity));
}

/**
 * A part that exchanges its spikes through shared memory.
 *
 * Each part has two places for its spikes, used in turn: no part can be two windows ahead of
 * another, so that nothing is overwritten before all have read it.
 */
export class SharedPart implements EnginePart {
  readonly index: number;
  readonly count: number;
  readonly #state: Int32Array;
  /** By part and turn. */
  readonly #spikes: readonly (readonly [SharedSpikes, SharedSpikes])[];
  #windows = 0;

  constructor(buffer: SharedArrayBuffer, index: number, count: number) {
    this.index = index;
    this.count = count;
    this.#state = new Int32Array(buffer, 0, words(count));
    const first = 4 * words(count);
    const bytes = (buffer.byteLength - first) / (2 * count);
    const spikesAt = (place: number) => new SharedSpikes(buffer, first + place * bytes, bytes);
    this.#spikes = Array.from({ length: count }, (_, part) => [
      spikesAt(2 * part),
      spikesAt(2 * part + 1),
    ]);
  }

  exchange(lists: WindowSpikeLists, count: number): number {
    this.#windows = (this.#windows + 1) | 0;
    const turn = this.#windows & 1;
    this.#spikes[this.index]![turn]!.put(lists, count);
    Atomics.store(this.#state, this.index, this.#windows);
    Atomics.notify(this.#state, this.index);
    let total = count;
    for (let part = 0; part < this.count; part++) {
      if (part === this.index) continue;
      this.#awaitPart(part);
      total += this.#spikes[part]![turn]!.take(lists, total);
    }
    return total;
  }

  /** Lets the other parts stop, which would wait for this one for ever. */
  leave(): void {
    Atomics.store(this.#state, this.count, 1);
    for (let part = 0; part < this.count; part++) Atomics.notify(this.#state, part);
  }

  /** @throws {PartLeftError} when another part does not go on */
  checkOthers(): void {
    if (Atomics.load(this.#state, this.count)) throw new PartLeftError();
  }

  #awaitPart(part: number): void {
    const state = this.#state;
    for (let looks = 0; ; looks++) {
      const windows = Atomics.load(state, part);
      if (((windows - this.#windows) | 0) >= 0) return;
      if (looks < LOOKS) continue;
      Atomics.wait(state, part, windows, PATIENCE_MS);
      this.checkOthers();
    }
  }
}

/** A place in shared memory for the spikes of one part and window. */
class SharedSpikes {
  readonly #count: Float64Array;
  readonly #timeMs: Float64Array;
  readonly #order: Float64Array;
  readonly #cell: Int32Array;
  readonly #what: Int32Array;

  constructor(buffer: SharedArrayBuffer, offset: number, bytes: number) {
    const capacity = (bytes - 8) / SPIKE_BYTES;
    const first = offset + 8;
    this.#count = new Float64Array(buffer, offset, 1);
    this.#timeMs = new Float64Array(buffer, first, capacity);
    this.#order = new Float64Array(buffer, first + 8 * capacity, capacity);
    this.#cell = new Int32Array(buffer, first + 16 * capacity, capacity);
    this.#what = new Int32Array(buffer, first + 20 * capacity, capacity);
  }

  put({ spikeMs, spikeOrder, spikeCell, spikeWhat }: WindowSpikeLists, count: number): void {
    this.#count[0] = count;
    for (let k = 0; k < count; k++) {
      this.#timeMs[k] = spikeMs[k]!;
      this.#order[k] = spikeOrder[k]!;
      this.#cell[k] = spikeCell[k]!;
      this.#what[k] = spikeWhat[k]!;
    }
  }

  /** Appends the spikes to lists of `behind` ones; how many there were. */
  take({ spikeMs, spikeOrder, spikeCell, spikeWhat }: WindowSpikeLists, behind: number): number {
    const count = this.#count[0]!;
    for (let k = 0; k < count; k++) {
      spikeMs[behind + k] = this.#timeMs[k]!;
      spikeOrder[behind + k] = this.#order[k]!;
      spikeCell[behind + k] = this.#cell[k]!;
      spikeWhat[behind + k] = this.#what[k]!;
    }
    return count;
  }
}

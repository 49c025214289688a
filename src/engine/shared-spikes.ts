import type { EnginePart, WindowSpikeLists } from "./part.ts";

/** Looks at a counter before a part goes to sleep until it changes: some tens of µs. */
export const LOOKS = 5000;

/** Sleeps no longer than this before it looks whether another part goes on, ms. */
export const PATIENCE_MS = 1000;

/** Bytes per spike: time and order as doubles, cell and cause as words. */
const SPIKE_BYTES = 24;

/** A cache line, which cores hand each other as a whole: of each part one, and one for all. */
const LINE_BYTES = 64;
const LINE_WORDS = LINE_BYTES / 4;

/** Words of a part's line: windows it has served, whether it sleeps, and its spikes in either place. */
const SERVED = 0;
const SLEEPS = 1;
const COUNTS = 2;

/** Another part of the network does not go on, so that this one cannot. */
export class PartLeftError extends Error {
  override readonly name = "PartLeftError";

  constructor() {
    super("A thread that serves a part of this network has ended.");
  }
}

/** Memory through which `count` parts exchange up to `capacity` spikes each a window. */
export function createSharedSpikes(count: number, capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer(LINE_BYTES * (count + 1) + 2 * count * SPIKE_BYTES * capacity);
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
    const first = LINE_BYTES * (count + 1);
    this.#state = new Int32Array(buffer, 0, first / 4);
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
    this.#put(lists, count, turn);
    let total = count;
    for (let part = 0; part < this.count; part++) {
      if (part === this.index) continue;
      const line = LINE_WORDS * part;
      this.#awaitPart(line);
      const others = this.#state[line + COUNTS + turn]!;
      if (others > 0) this.#spikes[part]![turn]!.take(lists, total, others);
      total += others;
    }
    return total;
  }

  #put(lists: WindowSpikeLists, count: number, turn: number): void {
    const state = this.#state;
    const line = LINE_WORDS * this.index;
    if (count > 0) this.#spikes[this.index]![turn as 0 | 1]!.put(lists, count);
    state[line + COUNTS + turn] = count;
    Atomics.store(state, line + SERVED, this.#windows);
    // To wake takes long even where all are awake. Who goes to sleep says so, and looks once more.
    for (let part = 0; part < this.count; part++) {
      if (Atomics.load(state, LINE_WORDS * part + SLEEPS)) Atomics.notify(state, line + SERVED);
    }
  }

  /** Lets the other parts stop, which would wait for this one for ever. */
  leave(): void {
    Atomics.store(this.#state, LINE_WORDS * this.count, 1);
    for (let part = 0; part < this.count; part++) {
      Atomics.notify(this.#state, LINE_WORDS * part + SERVED);
    }
  }

  /** @throws {PartLeftError} when another part does not go on */
  checkOthers(): void {
    if (Atomics.load(this.#state, LINE_WORDS * this.count)) throw new PartLeftError();
  }

  #awaitPart(line: number): void {
    const state = this.#state;
    const own = LINE_WORDS * this.index;
    for (let looks = 0; ; looks++) {
      if (looks === LOOKS) Atomics.store(state, own + SLEEPS, 1);
      const windows = Atomics.load(state, line + SERVED);
      if (((windows - this.#windows) | 0) >= 0) break;
      if (looks < LOOKS) continue;
      Atomics.wait(state, line + SERVED, windows, PATIENCE_MS);
      this.checkOthers();
    }
    if (state[own + SLEEPS]) Atomics.store(state, own + SLEEPS, 0);
  }
}

/** A place in shared memory for the spikes of one part and window. */
class SharedSpikes {
  readonly #timeMs: Float64Array;
  readonly #order: Float64Array;
  readonly #cell: Int32Array;
  readonly #what: Int32Array;

  constructor(buffer: SharedArrayBuffer, offset: number, bytes: number) {
    const capacity = bytes / SPIKE_BYTES;
    this.#timeMs = new Float64Array(buffer, offset, capacity);
    this.#order = new Float64Array(buffer, offset + 8 * capacity, capacity);
    this.#cell = new Int32Array(buffer, offset + 16 * capacity, capacity);
    this.#what = new Int32Array(buffer, offset + 20 * capacity, capacity);
  }

  put({ spikeMs, spikeOrder, spikeCell, spikeWhat }: WindowSpikeLists, count: number): void {
    for (let k = 0; k < count; k++) {
      this.#timeMs[k] = spikeMs[k]!;
      this.#order[k] = spikeOrder[k]!;
      this.#cell[k] = spikeCell[k]!;
      this.#what[k] = spikeWhat[k]!;
    }
  }

  /** Appends `count` spikes to lists of `behind` ones. */
  take(
    { spikeMs, spikeOrder, spikeCell, spikeWhat }: WindowSpikeLists,
    behind: number,
    count: number,
  ): void {
    for (let k = 0; k < count; k++) {
      spikeMs[behind + k] = this.#timeMs[k]!;
      spikeOrder[behind + k] = this.#order[k]!;
      spikeCell[behind + k] = this.#cell[k]!;
      spikeWhat[behind + k] = this.#what[k]!;
    }
  }
}

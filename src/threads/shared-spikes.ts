import type { EnginePart, WindowSpikeLists } from "../engine/part.ts";

/** Looks at a counter before a part goes to sleep until it changes: some tens of µs. */
export const LOOKS = 5000;

/** Sleeps no longer than this before it looks whether another part goes on, ms. */
export const PATIENCE_MS = 1000;

/** Two cache lines, as cores hand each other one and fetch the next: of each part, and in each place. */
const LINE_BYTES = 128;
const wordOf = (part: number, word: number) => (LINE_BYTES / 4) * part + word;
const doubleOf = (part: number, double: number) => (LINE_BYTES / 8) * part + double;

/**
 * Words of a part's line: whether it sleeps and, in the first line, whether any part has left;
 * doubles: its share of the network and its time in waiting for others, ms.
 */
const SLEEPS = 0;
const LEFT = 1;
const SHARE = 1;
const WAITED = 2;

/**
 * A window's spikes of one part: words with the number of the window, once it has been served, and
 * of its spikes, then these, of two doubles and two words each. All of a window with a spike or two
 * is in one cache line.
 */
const HEAD_BYTES = 16;
const SPIKE_BYTES = 24;
const SERVED = 0;
const COUNT = 1;

/** The wait at the end of one window in so many is measured, as telling the time takes time, too. */
const WINDOWS_PER_MEASUREMENT = 64;
/** Waits are counted as no longer than this, ms: then it was no matter of shares. */
const MOST_WAIT_MS = 0.03;

/** Another part of the network does not go on, so that this one cannot. */
export class PartLeftError extends Error {
  override readonly name = "PartLeftError";

  constructor() {
    super("A thread that serves a part of this network has ended.");
  }
}

/** Memory through which `count` parts, of equal shares, exchange up to `capacity` spikes each a window. */
export function createSharedSpikes(count: number, capacity: number): SharedArrayBuffer {
  const windowBytes = LINE_BYTES * Math.ceil((HEAD_BYTES + SPIKE_BYTES * capacity) / LINE_BYTES);
  const buffer = new SharedArrayBuffer(count * (LINE_BYTES + 2 * windowBytes));
  new SharedPart(buffer, 0, count).setShares(new Array(count).fill(1 / count));
  return buffer;
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
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;
  readonly #windowBytes: number;
  #windows = 0;

  constructor(buffer: SharedArrayBuffer, index: number, count: number) {
    this.index = index;
    this.count = count;
    this.#words = new Int32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    this.#windowBytes = (buffer.byteLength / count - LINE_BYTES) / 2;
  }

  get shares(): readonly number[] {
    return this.#ofParts(SHARE);
  }

  /** Sets the shares, which each part takes up when it next begins to serve. */
  setShares(shares: readonly number[]): void {
    shares.forEach((share, part) => {
      this.#doubles[doubleOf(part, SHARE)] = share;
    });
  }

  /** Time that each part has waited for others, ms: an estimate from some of the windows. */
  get waitedMs(): readonly number[] {
    return this.#ofParts(WAITED);
  }

  #ofParts(double: number): readonly number[] {
    return Array.from({ length: this.count }, (_, part) => this.#doubles[doubleOf(part, double)]!);
  }

  exchange(lists: WindowSpikeLists, count: number): number {
    this.#windows = (this.#windows + 1) | 0;
    this.#put(lists, count);
    if (this.#windows % WINDOWS_PER_MEASUREMENT !== 0) return this.#take(lists, count);
    const began = performance.now();
    const total = this.#take(lists, count);
    const waitedMs = Math.min(performance.now() - began, MOST_WAIT_MS);
    this.#doubles[doubleOf(this.index, WAITED)]! += WINDOWS_PER_MEASUREMENT * waitedMs;
    return total;
  }

  /** Byte of one of a part's two places, by default that for the present window. */
  #placeOf(part: number, turn = this.#windows & 1): number {
    return LINE_BYTES * this.count + this.#windowBytes * (2 * part + turn);
  }

  /** Hands over the part's own spikes. */
  #put({ spikeMs, spikeOrder, spikeCell, spikeWhat }: WindowSpikeLists, count: number): void {
    const words = this.#words;
    const place = this.#placeOf(this.index);
    for (let k = 0, at = place + HEAD_BYTES; k < count; k++, at += SPIKE_BYTES) {
      this.#doubles[at >> 3] = spikeMs[k]!;
      this.#doubles[(at >> 3) + 1] = spikeOrder[k]!;
      words[(at >> 2) + 4] = spikeCell[k]!;
      words[(at >> 2) + 5] = spikeWhat[k]!;
    }
    words[(place >> 2) + COUNT] = count;
    Atomics.store(words, (place >> 2) + SERVED, this.#windows);
    // To wake takes long even where all are awake. Who goes to sleep says so, and looks once more.
    for (let part = 0; part < this.count; part++) {
      if (Atomics.load(words, wordOf(part, SLEEPS))) Atomics.notify(words, (place >> 2) + SERVED);
    }
  }

  /** Appends the spikes of the others, once these have served the window, too; how many all are. */
  #take({ spikeMs, spikeOrder, spikeCell, spikeWhat }: WindowSpikeLists, count: number): number {
    let total = count;
    for (let part = 0; part < this.count; part++) {
      if (part === this.index) continue;
      const place = this.#placeOf(part);
      this.#awaitWindow((place >> 2) + SERVED);
      const end = total + this.#words[(place >> 2) + COUNT]!;
      for (let at = place + HEAD_BYTES; total < end; total++, at += SPIKE_BYTES) {
        spikeMs[total] = this.#doubles[at >> 3]!;
        spikeOrder[total] = this.#doubles[(at >> 3) + 1]!;
        spikeCell[total] = this.#words[(at >> 2) + 4]!;
        spikeWhat[total] = this.#words[(at >> 2) + 5]!;
      }
    }
    return total;
  }

  /** Lets the other parts stop, which would wait for this one for ever. */
  leave(): void {
    Atomics.store(this.#words, LEFT, 1);
    for (let part = 0; part < this.count; part++) {
      for (const turn of [0, 1]) {
        Atomics.notify(this.#words, (this.#placeOf(part, turn) >> 2) + SERVED);
      }
    }
  }

  /** @throws {PartLeftError} when another part does not go on */
  checkOthers(): void {
    if (Atomics.load(this.#words, LEFT)) throw new PartLeftError();
  }

  /** Returns once a word has the number of the present window. */
  #awaitWindow(word: number): void {
    const words = this.#words;
    const sleeps = wordOf(this.index, SLEEPS);
    for (let looks = 0; ; looks++) {
      if (looks === LOOKS) Atomics.store(words, sleeps, 1);
      const windows = Atomics.load(words, word);
      if (windows === this.#windows) break;
      if (looks < LOOKS) continue;
      Atomics.wait(words, word, windows, PATIENCE_MS);
      this.checkOthers();
    }
    if (words[sleeps]) Atomics.store(words, sleeps, 0);
  }
}

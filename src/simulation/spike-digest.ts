/** Digest of the spikes of a stretch of time. */
export interface SpikeDigest {
  readonly count: number;
  /** FNV-1a of 32 bits over whole cell numbers: h ← (h ⊕ cell) · 16777619 modulo 2³². */
  readonly hash: number;
  /** Sum of the spike times after the beginning of the stretch, ms. */
  readonly sum: number;
}

/** Length of the stretches, ms. */
export const DIGEST_MS = 100_000;

const OFFSET_BASIS = 2_166_136_261;
const PRIME = 16_777_619;

/** Digests of successive stretches of `DIGEST_MS`, of spikes added in order of time. */
export class SpikeDigests {
  readonly #done: SpikeDigest[] = [];
  #count = 0;
  #hash = OFFSET_BASIS;
  #sum = 0;

  add(timesMs: Float64Array, cells: ArrayLike<number>, count = timesMs.length): void {
    for (let k = 0; k < count; k++) {
      const timeMs = timesMs[k]!;
      this.#finishUntil(timeMs);
      this.#count++;
      this.#hash = Math.imul(this.#hash ^ cells[k]!, PRIME);
      this.#sum += timeMs - this.#startMs;
    }
  }

  /** Digests of the stretches that end by a time, of which no earlier spike follows. */
  until(timeMs: number): readonly SpikeDigest[] {
    this.#finishUntil(timeMs);
    return this.#done;
  }

  get #startMs(): number {
    return this.#done.length * DIGEST_MS;
  }

  #finishUntil(timeMs: number): void {
    while (timeMs >= this.#startMs + DIGEST_MS) {
      this.#done.push({ count: this.#count, hash: this.#hash >>> 0, sum: this.#sum });
      [this.#count, this.#hash, this.#sum] = [0, OFFSET_BASIS, 0];
    }
  }
}

import type { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";

/**
 * The pool of uniform draws that decides which cells are connected.
 *
 * The original fills an array with cells² draws before it draws the first delay, and anew when it
 * is used up. Here one copy of the generator reads the pool as it is needed while the generator
 * itself skips past it, so that the draws are the same and none are stored.
 */
export class ConnectionPool {
  readonly #generator: AdditiveCongruentialGenerator;
  readonly #size: number;
  #reader: AdditiveCongruentialGenerator;
  #used = 0;

  constructor(generator: AdditiveCongruentialGenerator, cellCount: number) {
    this.#generator = generator;
    this.#size = cellCount * cellCount;
    this.#reader = this.#refill();
  }

  /** Makes sure that `count` draws stand in one pool, refilling it if they do not. */
  reserve(count: number): void {
    if (this.#used + count < this.#size) return;
    this.#reader = this.#refill();
    this.#used = 0;
  }

  /** The next draw of the pool, uniform on [0, 1). */
  next(): number {
    this.#used++;
    return this.#reader.uniform();
  }

  #refill(): AdditiveCongruentialGenerator {
    this.#generator.uniform();
    const reader = this.#generator.clone();
    for (let skipped = 0; skipped < this.#size; skipped++) this.#generator.uniform();
    return reader;
  }
}

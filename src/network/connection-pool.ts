import type { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { DrawnAhead } from "../random/drawn-ahead.ts";

/** Draws that the pool passes over between two steps: some milliseconds of work. */
const DRAWS_PER_STEP = 262_144;

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
  #reader: DrawnAhead | undefined;
  #used = 0;

  constructor(generator: AdditiveCongruentialGenerator, cellCount: number) {
    this.#generator = generator;
    this.#size = cellCount * cellCount;
  }

  /** Makes sure, step by step, that `count` draws stand in one pool: fills it anew if they do not. */
  *reserve(count: number): Generator<void, void> {
    if (!this.#reader) yield* this.#fill();
    if (this.#used + count >= this.#size) yield* this.#fill();
  }

  /** The next draw of the pool, uniform on [0, 1). */
  next(): number {
    this.#used++;
    return this.#reader!.uniform();
  }

  *#fill(): Generator<void, void> {
    this.#generator.uniform();
    this.#reader = new DrawnAhead(this.#generator.clone());
    this.#used = 0;
    for (let left = this.#size; left > 0; left -= DRAWS_PER_STEP) {
      this.#generator.skip(Math.min(left, DRAWS_PER_STEP));
      yield;
    }
  }
}

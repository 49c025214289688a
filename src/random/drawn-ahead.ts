import type { AdditiveCongruentialGenerator } from "./additive-congruential.ts";
import type { UniformGenerator } from "./distributions.ts";

/** So many numbers are drawn at once. */
const BLOCK = 1024;

/** The numbers of a generator that nothing else reads, drawn in blocks: several times as fast. */
export class DrawnAhead implements UniformGenerator {
  readonly #generator: AdditiveCongruentialGenerator;
  readonly #block = new Float64Array(BLOCK);
  #next = BLOCK;

  constructor(generator: AdditiveCongruentialGenerator) {
    this.#generator = generator;
  }

  uniform(): number {
    if (this.#next === BLOCK) {
      this.#generator.fill(this.#block);
      this.#next = 0;
    }
    return this.#block[this.#next++]!;
  }
}

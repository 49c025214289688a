import type { Parameters } from "../model/parameters.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";

const DRAWS_PER_CELL = 2;

/**
 * Draws the cells that each round of deletion takes.
 *
 * The living cells are kept in ascending order. One draw u per cell takes living[⌊living·u⌋], or,
 * in proportion to scale factors, the first cell at which their running sum exceeds u · their sum.
 */
export class DeletionLottery {
  readonly #generator: AdditiveCongruentialGenerator;
  readonly #selection: Parameters["deletionSelection"];
  #living: number[];

  constructor({ deletionSeed, deletionSelection }: Parameters, cellCount: number) {
    this.#generator = new AdditiveCongruentialGenerator(deletionSeed);
    this.#selection = deletionSelection;
    this.#living = Array.from({ length: cellCount }, (_, cell) => cell);
  }

  /** Takes up where a lottery stood that had left these cells alive (1). */
  restore(alive: Uint8Array): void {
    this.#living = this.#living.filter((cell) => alive[cell]);
    const draws = DRAWS_PER_CELL * (alive.length - this.#living.length);
    for (let draw = 0; draw < draws; draw++) this.#generator.uniform();
  }

  get livingCount(): number {
    return this.#living.length;
  }

  /**
   * Takes `count` cells out of the living.
   *
   * @param scaleFactor every cell's scale factor, read only where it decides
   */
  draw(count: number, scaleFactor: Float64Array): number[] {
    return Array.from({ length: count }, () => {
      // Setting the distribution costs the original a draw.
      this.#generator.uniform();
      const u = this.#generator.uniform();
      const index =
        this.#selection === "random"
          ? Math.floor(this.#living.length * u)
          : this.#scaledIndex(u, scaleFactor);
      return this.#living.splice(index, 1)[0]!;
    });
  }

  #scaledIndex(u: number, scaleFactor: Float64Array): number {
    const total = this.#living.reduce((sum, cell) => sum + scaleFactor[cell]!, 0);
    let sum = 0;
    const index = this.#living.findIndex((cell) => {
      sum += scaleFactor[cell]!;
      return sum > u * total;
    });
    return index < 0 ? this.#living.length - 1 : index;
  }
}

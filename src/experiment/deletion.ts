import type { Parameters } from "../model/parameters.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { uniform } from "../random/distributions.ts";

/**
 * Draws the cells that each round of deletion takes.
 *
 * The living cells are kept in ascending order. One draw u per cell takes living[⌊living·u⌋], or,
 * in proportion to scale factors, the first cell at which their running sum exceeds u · their sum.
 */
export class DeletionLottery {
  readonly #generator: AdditiveCongruentialGenerator;
  readonly #selection: Parameters["deletionSelection"];
  readonly #living: number[];

  constructor({ deletionSeed, deletionSelection }: Parameters, cellCount: number) {
    this.#generator = new AdditiveCongruentialGenerator(deletionSeed);
    this.#selection = deletionSelection;
    this.#living = Array.from({ length: cellCount }, (_, cell) => cell);
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
      const index =
        this.#selection === "random" ? this.#anyIndex() : this.#scaledIndex(scaleFactor);
      return this.#living.splice(index, 1)[0]!;
    });
  }

  #anyIndex(): number {
    // Setting the distribution costs the original a draw.
    uniform(this.#generator, 0, this.#living.length);
    return Math.floor(uniform(this.#generator, 0, this.#living.length));
  }

  #scaledIndex(scaleFactor: Float64Array): number {
    const total = this.#living.reduce((sum, cell) => sum + scaleFactor[cell]!, 0);
    const drawn = uniform(this.#generator, 0, total);
    let sum = 0;
    const index = this.#living.findIndex((cell) => {
      sum += scaleFactor[cell]!;
      return sum > drawn;
    });
    return index < 0 ? this.#living.length - 1 : index;
  }
}

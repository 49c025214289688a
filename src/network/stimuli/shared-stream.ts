import { MCellRan4Stream } from "../../random/mcell-ran4.ts";

/** The one random stream from which all stimulus lists of the 2014 model are drawn. */
export class SharedStream {
  #stream: MCellRan4Stream;
  /** 1 for places that have been chosen; all 0 between calls of `choose`. */
  #isChosen = new Uint8Array(0);

  constructor({ high, low }: StreamPosition) {
    this.#stream = new MCellRan4Stream(high, low);
  }

  get position(): StreamPosition {
    const { high, low } = this.#stream;
    return { high, low };
  }

  /** Begins anew at this index; the other index remains. */
  set high(high: number) {
    this.#stream.high = high >>> 0;
  }

  uniform(): number {
    return this.#stream.uniform();
  }

  /** Whole numbers from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(count * this.#stream.uniform());
  }

  /** Shuffles a list in place, from its end. */
  shuffle(list: Uint32Array | number[]): void {
    for (let left = list.length; left >= 2; left--) {
      const place = this.below(left);
      const last = list[left - 1]!;
      list[left - 1] = list[place]!;
      list[place] = last;
    }
  }

  /**
   * Chooses so many of `size` places, in order of appearance: distinct ones among four times as
   * many draws, or among four times as many of these if there are too few.
   */
  choose(count: number, size: number): Uint32Array {
    if (count === size) {
      const all = Uint32Array.from({ length: size }, (_, place) => place);
      this.shuffle(all);
      return all;
    }
    const chosen = new Uint32Array(count);
    if (this.#isChosen.length < size) this.#isChosen = new Uint8Array(size);
    for (let draws = 4 * count; ; draws *= 4) {
      const after = this.#stream.high + draws;
      let found = 0;
      for (let k = 0; k < draws && found < count; k++) {
        const place = this.below(size);
        if (this.#isChosen[place] === 0) chosen[found++] = place;
        this.#isChosen[place] = 1;
      }
      for (const place of chosen) this.#isChosen[place] = 0;
      this.high = after;
      if (found === count || draws >= MOST_DRAWS * count) return chosen.subarray(0, found);
    }
  }
}

/** Draws for each place to choose, at most. */
const MOST_DRAWS = 256;

/** The two indices of the stream: of the next draw, and its seed. */
export interface StreamPosition {
  readonly high: number;
  readonly low: number;
}

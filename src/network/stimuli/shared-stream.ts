import { MCellRan4Stream, mcellRan4 } from "../../random/mcell-ran4.ts";

/** Distance of neighbouring draws. */
const UNIT = 1 / 0x1_0000_0000;

/** The one random stream from which all stimulus lists of the 2014 model are drawn. */
export class SharedStream {
  #stream: MCellRan4Stream;

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

  /**
   * Fills a list with draws, each multiplied by `factor` and, if there is a signal, divided by its
   * value; their sum, in order.
   */
  fill(draws: Float64Array, factor: number, signal?: readonly number[]): number {
    const low = this.#stream.low | 0;
    // The index is a 32-bit integer here, which is several times as fast as a call for each draw.
    let high = this.#stream.high | 0;
    let sum = 0;
    for (let k = 0; k < draws.length; k++) {
      const draw = mcellRan4(high, low) * UNIT * factor;
      const value = signal ? draw * (1 / signal[k]!) : draw;
      draws[k] = value;
      sum += value;
      high = (high + 1) | 0;
    }
    this.#stream.high = high >>> 0;
    return sum;
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
    for (let draws = 4 * count; ; draws *= 4) {
      const drawn = Uint32Array.from({ length: draws }, () => this.below(size));
      const chosen = [...new Set(drawn)];
      if (chosen.length >= count || draws >= MOST_DRAWS * count) {
        return Uint32Array.from(chosen.slice(0, count));
      }
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

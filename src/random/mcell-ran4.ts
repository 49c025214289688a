/**
 * MCellRan4's hash: the draw of the stream `low` at index `high`, as an unsigned 32-bit integer.
 *
 * A draw does not advance anything: the caller's next draw is at `high + 1`.
 * Two Feistel rounds of Press et al.'s pseudo-DES hash (Numerical Recipes, ran4), as in NEURON's
 * `mcell_ran4`. Both indices count modulo 2³², signed or unsigned.
 */
export function mcellRan4(high: number, low: number): number {
  const first = high ^ 0xbaa96887;
  const second = low ^ mix(first, 0x4b0f3b58) ^ 0x1e17d32c;
  return (high ^ mix(second, 0xe874f0c3)) >>> 0;
}

/** One round's change to the other word: (rotate₁₆(¬((v − w)(v + w))) xor key) + v·w, v|w = word. */
function mix(word: number, key: number): number {
  const v = word >>> 16;
  const w = word & 0xffff;
  const u = ~Math.imul(v - w, v + w);
  return (((u << 16) | (u >>> 16)) ^ key) + Math.imul(v, w);
}

/** A sequence of MCellRan4 draws, each at the next higher index. */
export class MCellRan4Stream {
  /** Index of the next draw, modulo 2³². */
  high: number;
  readonly low: number;

  constructor(high: number, low: number) {
    this.high = high >>> 0;
    this.low = low >>> 0;
  }

  /** The next draw as an unsigned 32-bit integer. */
  nextWord(): number {
    const word = mcellRan4(this.high, this.low);
    this.high = (this.high + 1) >>> 0;
    return word;
  }

  /** The next draw as a number in [0, 1): the word times 2^−32. */
  uniform(): number {
    return this.nextWord() / 0x100000000;
  }
}

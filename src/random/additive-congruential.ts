import { bytePermutation, seedTable } from "./additive-congruential-tables.ts";

const stateSize = 55;
const shortLag = 24;
const auxiliarySize = 256;

/** The linear congruence x ← 66049·x + 3907864577 mod 2³². */
function congruence(x: number): number {
  return (Math.imul(66049, x) + 3907864577) >>> 0;
}

/** The word that starts the congruence. */
function startWord(seed: number): number {
  return seed < seedTable.length ? seedTable[seed]! : (seed ^ seedTable[seed & 31]!) >>> 0;
}

/** The bytes of a word in another order: that of four masks from `p` on. */
function permuted(word: number, p: number): number {
  return (
    ((bytePermutation[p]! & word) |
      (bytePermutation[p + 1]! & ((word << 24) | (word >>> 8))) |
      (bytePermutation[p + 2]! & ((word << 16) | (word >>> 16))) |
      (bytePermutation[p + 3]! & ((word << 8) | (word >>> 24)))) >>>
    0
  );
}

/** A number in [0, 1) with 52 bits, of two words. */
const fraction = (low: number, high: number): number =>
  ((high & 0xfffff) * 0x100000000 + low) / 0x10000000000000;

/**
 * The additive congruential generator "ACG" of libg++ (D. Grunwald, 1988) with size 55, which
 * NEURON's `Random` offers: s[k] ← s[k] + s[k − 24], shuffled by a table and a byte permutation.
 */
export class AdditiveCongruentialGenerator {
  readonly #state = new Uint32Array(stateSize);
  readonly #auxiliary = new Uint32Array(auxiliarySize);
  #congruence: number;
  #k: number;
  #j: number;

  /** @param seed read as a 32-bit unsigned integer */
  constructor(seed: number) {
    let word = startWord(seed >>> 0);
    for (let i = 0; i < stateSize; i++) {
      word = congruence(word);
      this.#state[i] = word;
    }
    for (let i = 0; i < auxiliarySize; i++) {
      word = congruence(word);
      this.#auxiliary[i] = word;
    }
    this.#congruence = word;
    this.#k = word % stateSize;
    this.#j = this.#k - (stateSize - shortLag);
    if (this.#j < 0) this.#j += stateSize;
  }

  /** A generator in the same state, which goes on by itself. */
  clone(): AdditiveCongruentialGenerator {
    const copy = new AdditiveCongruentialGenerator(0);
    copy.#state.set(this.#state);
    copy.#auxiliary.set(this.#auxiliary);
    copy.#congruence = this.#congruence;
    copy.#k = this.#k;
    copy.#j = this.#j;
    return copy;
  }

  /** The next 32-bit unsigned integer. */
  word(): number {
    const sum = (this.#state[this.#k]! + this.#state[this.#j]!) >>> 0;
    this.#state[this.#k] = sum;
    this.#k = this.#k === 0 ? stateSize - 1 : this.#k - 1;
    this.#j = this.#j === 0 ? stateSize - 1 : this.#j - 1;
    const slot = sum >>> 24;
    const a = this.#auxiliary[slot]!;
    this.#congruence = congruence(this.#congruence);
    this.#auxiliary[slot] = this.#congruence;
    return permuted(a, sum & 0x3c);
  }

  /** Passes over so many of the numbers that `uniform` gives, several times as fast. */
  skip(draws: number): void {
    const state = this.#state;
    const auxiliary = this.#auxiliary;
    let [x, k, j] = [this.#congruence, this.#k, this.#j];
    for (let word = 0; word < 2 * draws; word++) {
      const sum = (state[k]! + state[j]!) >>> 0;
      state[k] = sum;
      k = k === 0 ? stateSize - 1 : k - 1;
      j = j === 0 ? stateSize - 1 : j - 1;
      x = congruence(x);
      auxiliary[sum >>> 24] = x;
    }
    [this.#congruence, this.#k, this.#j] = [x, k, j];
  }

  /** The next numbers that `uniform` gives, as many as there is room for, several times as fast. */
  fill(draws: Float64Array): void {
    const state = this.#state;
    const auxiliary = this.#auxiliary;
    let [x, k, j, low] = [this.#congruence, this.#k, this.#j, 0];
    for (let word = 0; word < 2 * draws.length; word++) {
      const sum = (state[k]! + state[j]!) >>> 0;
      state[k] = sum;
      k = k === 0 ? stateSize - 1 : k - 1;
      j = j === 0 ? stateSize - 1 : j - 1;
      const slot = sum >>> 24;
      const shuffled = permuted(auxiliary[slot]!, sum & 0x3c);
      x = congruence(x);
      auxiliary[slot] = x;
      if (word % 2 === 0) low = shuffled;
      else draws[word >> 1] = fraction(low, shuffled);
    }
    [this.#congruence, this.#k, this.#j] = [x, k, j];
  }

  /** The next number in [0, 1): two words, the first one the low 32 bits of a 52-bit fraction. */
  uniform(): number {
    const low = this.word();
    return fraction(low, this.word());
  }
}

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
    const p = sum & 0x3c;
    return (
      ((bytePermutation[p]! & a) |
        (bytePermutation[p + 1]! & ((a << 24) | (a >>> 8))) |
        (bytePermutation[p + 2]! & ((a << 16) | (a >>> 16))) |
        (bytePermutation[p + 3]! & ((a << 8) | (a >>> 24)))) >>>
      0
    );
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

  /** The next number in [0, 1): two words, the first one the low 32 bits of a 52-bit fraction. */
  uniform(): number {
    const low = this.word();
    const high = this.word() & 0xfffff;
    return (high * 0x100000000 + low) / 0x10000000000000;
  }
}

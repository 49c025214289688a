/** Spike counts in successive bins: whole numbers from 0 on. */
export type BinCounts = ArrayLike<number>;

/** Information that the past of a source conveys about a target beyond the target's own past. */
export interface TransferEntropy {
  /** H(Y′ | Y) − H(Y′ | Y, X), with the target's next bin Y′ and the present bins Y and X. */
  readonly bits: number;
  /** H(Y′ | Y): the uncertainty of the target that its own past leaves. */
  readonly conditionalEntropyBits: number;
}

export interface TransferEntropyOptions {
  /** Shuffles of each source, whose mean transfer entropy is chance; 30 by default. */
  readonly shuffles?: number;
  /** Random numbers in [0, 1) for the shuffles. */
  readonly uniform: () => number;
}

/**
 * Transfer entropy from one count train to another, with a history of one bin and probabilities
 * that are relative frequencies (plug-in). Short trains overestimate it: see
 * {@link normalizedTransferEntropies}.
 */
export function transferEntropy(source: BinCounts, target: BinCounts): TransferEntropy {
  return new Target(target).from(symbolsOf(source));
}

/**
 * Normalized transfer entropy of each of several count trains to all others (Gourévitch & Eggermont
 * 2007; Neymotin et al. 2011): the sum over targets Y of
 *
 *   (TE(X→Y) − mean of TE(shuffled X→Y)) / H(Y′ | Y).
 *
 * A target that its own past determines has no uncertainty to explain and adds 0.
 *
 * @param trains count trains of the same bins
 *
 * @example
 * ```ts
 * import { analysis } from "isocortex";
 *
 * const bits = Array.from({ length: 1000 }, () => Math.floor(2 * Math.random()));
 * const copies = [bits, [0, ...bits.slice(0, -1)]];
 * console.log(analysis.normalizedTransferEntropies(copies, { uniform: Math.random }));
 * ```
 */
export function normalizedTransferEntropies(
  trains: readonly BinCounts[],
  { shuffles = 30, uniform }: TransferEntropyOptions,
): Float64Array {
  const targets = trains.map((train) => new Target(train));
  return Float64Array.from(trains, (train, source) => {
    const others = targets.filter((_, target) => target !== source);
    const symbols = symbolsOf(train);
    const found = others.map((target) => target.from(symbols).bits);
    const chance = new Float64Array(others.length);
    const shuffled = { ...symbols, values: symbols.values.slice() };
    for (let shuffle = 0; shuffle < shuffles; shuffle++) {
      shuffleInPlace(shuffled.values, uniform);
      others.forEach((target, k) => {
        chance[k]! += target.from(shuffled).bits / shuffles;
      });
    }
    return others.reduce((sum, { conditionalEntropyBits }, k) => {
      const excess = found[k]! - chance[k]!;
      return conditionalEntropyBits > 0 ? sum + excess / conditionalEntropyBits : sum;
    }, 0);
  });
}

/** A train by symbols: the counts that occur, numbered from 0. */
interface Symbols {
  readonly values: Uint32Array;
  readonly count: number;
}

function symbolsOf(train: ArrayLike<number>): Symbols {
  const numbers = new Map<number, number>();
  const values = Uint32Array.from(train, (value) => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  });
  return { values, count: numbers.size };
}

/** A target's present and next symbols, which are the same for all sources. */
class Target {
  readonly conditionalEntropyBits: number;
  readonly #presents: Symbols;
  /** Pairs of present and next. */
  readonly #pairs: Symbols;

  constructor(train: BinCounts) {
    const { values, count } = symbolsOf(train);
    this.#presents = { values: values.subarray(0, -1), count };
    this.#pairs = symbolsOf(
      this.#presents.values.map((present, k) => present * count + values[k + 1]!),
    );
    this.conditionalEntropyBits = entropyBits(this.#pairs) - entropyBits(this.#presents);
  }

  from(source: Symbols): TransferEntropy {
    const { conditionalEntropyBits } = this;
    const given = jointEntropyBits(this.#pairs, source) - jointEntropyBits(this.#presents, source);
    return { bits: conditionalEntropyBits - given, conditionalEntropyBits };
  }
}

const entropyBits = (symbols: Symbols): number =>
  jointEntropyBits(symbols, { values: new Uint32Array(symbols.values.length), count: 1 });

/** Entropy of pairs of symbols in the bins of the first. */
function jointEntropyBits(first: Symbols, second: Symbols): number {
  const occurrences = new Uint32Array(first.count * second.count);
  const bins = first.values.length;
  for (let bin = 0; bin < bins; bin++) {
    occurrences[first.values[bin]! * second.count + second.values[bin]!]!++;
  }
  let sum = 0;
  for (const n of occurrences) if (n > 1) sum += n * Math.log2(n);
  return bins === 0 ? 0 : Math.log2(bins) - sum / bins;
}

/** Fisher and Yates' shuffle. */
function shuffleInPlace(values: Uint32Array, uniform: () => number): void {
  for (let k = values.length - 1; k > 0; k--) {
    const other = Math.floor((k + 1) * uniform());
    const value = values[k]!;
    values[k] = values[other]!;
    values[other] = value;
  }
}

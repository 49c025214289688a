import { describe, expect, it } from "vitest";
import {
  normalizedTransferEntropies,
  transferEntropy,
} from "../../../src/analysis/transmission/transfer-entropy.ts";
import { MCellRan4Stream } from "../../../src/random/mcell-ran4.ts";

const BINS = 100_000;

const generator = (seed: number) => {
  const stream = new MCellRan4Stream(0, seed);
  return () => stream.uniform();
};

/** Independent symbols 0 … count − 1, all as probable. */
const independent = (seed: number, count: number, bins = BINS): Uint32Array => {
  const uniform = generator(seed);
  return Uint32Array.from({ length: bins }, () => Math.floor(count * uniform()));
};

/** A train whose every bin follows from the bin before: of itself and of another train. */
function driven(
  source: ArrayLike<number>,
  rule: (own: number, source: number, bin: number) => number,
): Uint32Array {
  const target = new Uint32Array(source.length);
  for (let bin = 1; bin < target.length; bin++) {
    target[bin] = rule(target[bin - 1]!, source[bin - 1]!, bin);
  }
  return target;
}

const binaryEntropy = (p: number): number => -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);

describe("transfer entropy", () => {
  it.each([2, 3, 8])("is log2(%i) from a train to its copy, one bin later", (count) => {
    const source = independent(1, count);
    const copy = driven(source, (_, given) => given);
    const { bits, conditionalEntropyBits } = transferEntropy(source, copy);
    expect(bits).toBeCloseTo(Math.log2(count), 2);
    expect(conditionalEntropyBits).toBeCloseTo(Math.log2(count), 3);
    expect(transferEntropy(copy, source).bits).toBeLessThan(0.005);
  });

  it.each([0.05, 0.2, 0.4])("is 1 − H(p) through a channel with errors, p = %f", (p) => {
    const source = independent(2, 2);
    const uniform = generator(3);
    const target = driven(source, (_, given) => (uniform() < p ? 1 - given : given));
    expect(transferEntropy(source, target).bits).toBeCloseTo(1 - binaryEntropy(p), 1.7);
  });

  it("is 1 bit where only both pasts together tell the next bin: exclusive or", () => {
    const source = independent(4, 2);
    const target = driven(source, (own, given) => own ^ given);
    expect(transferEntropy(source, target).bits).toBeCloseTo(1, 3);
  });

  it("is 0 where the target's own past tells as much, though the trains are correlated", () => {
    const source = Uint32Array.from({ length: BINS }, (_, bin) => bin % 3);
    const target = driven(source, (_, given) => given);
    const { bits, conditionalEntropyBits } = transferEntropy(source, target);
    expect(bits).toBeCloseTo(0, 3);
    expect(conditionalEntropyBits).toBeCloseTo(0, 3);
  });

  it("is that of relative frequencies: a short train by hand", () => {
    // Transitions of Y: 0→1 (X = 1), 1→0 (X = 0), 0→0 (X = 0), 0→1 (X = 1); the past 0 leaves
    // H(1/3) in three bins of four, and X tells it all.
    const { bits, conditionalEntropyBits } = transferEntropy([1, 0, 0, 1, 0], [0, 1, 0, 0, 1]);
    expect(conditionalEntropyBits).toBeCloseTo(0.75 * binaryEntropy(1 / 3), 12);
    expect(bits).toBeCloseTo(0.75 * binaryEntropy(1 / 3), 12);
  });

  it("is 0 in an empty and in a constant train", () => {
    expect(transferEntropy([], [])).toEqual({ bits: 0, conditionalEntropyBits: 0 });
    expect(transferEntropy([1, 0, 1], [2, 2, 2])).toEqual({ bits: 0, conditionalEntropyBits: 0 });
  });
});

describe("normalized transfer entropy", () => {
  it("is the fraction of the target's uncertainty that the source explains, summed over targets", () => {
    const source = independent(5, 4);
    const uniform = generator(6);
    const copy = driven(source, (_, given) => given);
    const half = driven(source, (_, given) => (uniform() < 0.11 ? 1 - (given % 2) : given % 2));
    const [fromSource, fromCopy, fromHalf] = normalizedTransferEntropies([source, copy, half], {
      uniform: generator(7),
    });
    expect(fromSource).toBeCloseTo(1 + (1 - binaryEntropy(0.11)), 1.7);
    expect(fromCopy).toBeCloseTo(0, 2);
    expect(fromHalf).toBeCloseTo(0, 2);
  });

  it("is free of the bias of short trains, which the plain one has", () => {
    const short = Array.from({ length: 40 }, (_, seed) => [
      independent(100 + seed, 5, 300),
      independent(200 + seed, 5, 300),
    ]);
    const plain = short.map(([source, target]) => transferEntropy(source!, target!).bits);
    const corrected = short.map(
      (pair) => normalizedTransferEntropies(pair, { uniform: generator(8) })[0]!,
    );
    const mean = (values: readonly number[]) =>
      values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(mean(plain)).toBeGreaterThan(0.15);
    expect(Math.abs(mean(corrected))).toBeLessThan(0.005);
  });

  it("does not change with the names of the counts, and repeats with the same random numbers", () => {
    const source = independent(9, 3, 2000);
    const target = driven(source, (own, given) => (own + given) % 3);
    const named = [source.map((value) => 7 * value + 2), target.map((value) => 90 - 5 * value)];
    const values = [[source, target], named, named].map((trains) =>
      normalizedTransferEntropies(trains, { uniform: generator(10) }),
    );
    expect(values[1]).toEqual(values[0]);
    expect(values[2]).toEqual(values[1]);
  });

  it("gives targets without uncertainty no weight", () => {
    const source = independent(11, 2, 1000);
    const [value] = normalizedTransferEntropies([source, new Uint32Array(1000)], {
      uniform: generator(12),
    });
    expect(value).toBe(0);
  });
});

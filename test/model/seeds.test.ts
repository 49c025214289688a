import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { InvalidParametersError } from "../../src/model/parameter-error.ts";
import { seedOverrides } from "../../src/model/seeds.ts";

const seed32 = fc.integer({ min: 1, max: 0xffffffff });

test("seed 0 is the published network and input", () => {
  expect(seedOverrides(0)).toEqual({});
});

test("a seed means the same in every version", () => {
  expect(seedOverrides(1)).toMatchInlineSnapshot(`
    {
      "deletionSeed": 648843730,
      "inputSeed": 93975124,
      "positionSeed": 1133855410,
      "trainingSeed": 207927235,
      "trialSeed": 1005052414,
      "weightSeed": 1938988926,
      "wiringSeed": 2017156448,
    }
  `);
  expect(seedOverrides(0xffffffff)).toMatchInlineSnapshot(`
    {
      "deletionSeed": 2157353557,
      "inputSeed": 495971132,
      "positionSeed": 3113417110,
      "trainingSeed": 1786357761,
      "trialSeed": 1399007202,
      "weightSeed": 3454720189,
      "wiringSeed": 375297155,
    }
  `);
});

test("every seed gives seeds that the parameters allow", () => {
  fc.assert(
    fc.property(seed32, (seed) => {
      const overrides = seedOverrides(seed);
      expect(resolveParameters(overrides)).toMatchObject(overrides);
      expect(Object.keys(overrides)).toHaveLength(7);
    }),
  );
});

test("different seeds never share a network", () => {
  fc.assert(
    fc.property(seed32, seed32, (one, other) => {
      fc.pre(one !== other);
      const [a, b] = [seedOverrides(one), seedOverrides(other)];
      expect(a.positionSeed).not.toBe(b.positionSeed);
      expect(a.wiringSeed).not.toBe(b.wiringSeed);
      expect(a.weightSeed).not.toBe(b.weightSeed);
      expect(a.deletionSeed).not.toBe(b.deletionSeed);
    }),
  );
});

test("the input seeds of the first 1000 replicates leave room for 1880 streams each", () => {
  const seeds = Array.from({ length: 1000 }, (_, k) => seedOverrides(k + 1).inputSeed!);
  const streams = new Set(seeds);
  expect(streams.size).toBe(1000);
  // No replicate's stream is another one's: they share a residue by 10 and lie 18 800 or nearer.
  const shared = seeds.flatMap((a, i) =>
    seeds.slice(i + 1).filter((b) => (a - b) % 10 === 0 && Math.abs(a - b) < 18_800),
  );
  expect(shared).toEqual([]);
  expect(Math.max(...seeds)).toBeLessThan(2 ** 31);
});

test("a neighbouring seed changes half of the bits", () => {
  let changed = 0;
  for (let seed = 1; seed <= 1000; seed++) {
    let bits = seedOverrides(seed).wiringSeed! ^ seedOverrides(seed + 1).wiringSeed!;
    for (; bits !== 0; bits &= bits - 1) changed++;
  }
  expect(changed / 1000).toBeGreaterThan(15);
  expect(changed / 1000).toBeLessThan(17);
});

test("no two training volleys of a replicate share a seed", () => {
  fc.assert(
    fc.property(seed32, (seed) => {
      expect(seedOverrides(seed).trainingSeed! % 2).toBe(1);
    }),
  );
});

test.each([-1, 1.5, 2 ** 32, Number.NaN])("seed %d is refused", (seed) => {
  expect(() => seedOverrides(seed)).toThrow(InvalidParametersError);
  expect(() => seedOverrides(seed)).toThrow(
    `seed = ${seed}: expected a whole number from 0 to 4294967295.`,
  );
});

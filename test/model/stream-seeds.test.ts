import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { externalStreamCount } from "../../src/model/external-input.ts";
import { sharedSeeds } from "../../src/model/stream-seeds.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import { externalStreams } from "../../src/network/external-streams.ts";

test.each([
  [[1234, 1244], 1],
  [[1234, 1235], 0],
  [[1234, 1234 + 18_790], 1],
  [[1234, 1234 + 18_800], 0],
  [[1234, 20_034 - 10, 1], 1],
  [[4_294_967_290, 4], 1],
  [[4_294_967_290, 5], 0],
  [[7], 0],
])("of %j, %i share streams", (seeds, count) => {
  expect(sharedSeeds(seeds, 10, 1880).count).toBe(count);
});

test("seeds share streams exactly where some of their streams have the same seed", () => {
  const near = fc.integer({ min: -60, max: 60 }).map((offset) => offset >>> 0);
  const step = fc.constantFrom(1, 10);
  fc.assert(
    fc.property(fc.uniqueArray(near, { minLength: 2, maxLength: 4 }), step, (seeds, by) => {
      const words = seeds.map((seed) => Array.from({ length: 4 }, (_, j) => (seed + by * j) >>> 0));
      const pairs = words.flatMap((a, k) =>
        words.slice(k + 1).map((b) => a.some((w) => b.includes(w))),
      );
      const { count, first } = sharedSeeds(seeds, by, 4);
      expect(count > 0).toBe(pairs.includes(true));
      if (first) expect((first.a + by * first.offset) >>> 0).toBe(first.b);
    }),
    { numRuns: 2000 },
  );
});

test.each([{}, { sizeFactor: 0.3 }, { externalNmdaRateHz: 0 }, { externalGain: 0 }])(
  "streams are counted as they are made, with %j",
  (overrides) => {
    const parameters = resolveParameters(overrides);
    const { count } = externalStreams(parameters, buildNetwork(parameters));
    expect(externalStreamCount(parameters)).toBe(count);
  },
);

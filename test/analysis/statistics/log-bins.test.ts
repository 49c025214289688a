import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BINS,
  BINS_PER_DECADE,
  binOf,
  LEAST,
  plainBinOf,
} from "../../../src/analysis/statistics/log-bins.ts";

test("bins that are looked up are those of the logarithm, also where bins meet", () => {
  const nearEdge = fc
    .record({ bin: fc.integer({ min: -2, max: BINS + 2 }), units: fc.integer({ min: -4, max: 4 }) })
    .map(({ bin, units }) => {
      const edge = LEAST * 10 ** (bin / BINS_PER_DECADE);
      return edge * (1 + units * Number.EPSILON);
    });
  const value = fc.oneof(
    nearEdge,
    fc.double({ min: 0, max: 1e12, noNaN: true }),
    fc.integer({ min: -20, max: 60 }).map((exponent) => 2 ** (exponent / 3)),
    fc.constantFrom(0, Number.MIN_VALUE, Number.MAX_VALUE),
  );
  fc.assert(
    fc.property(value, (given) => {
      expect(binOf(given)).toBe(plainBinOf(given));
    }),
    { numRuns: 20_000 },
  );
});

test("every bin of the table can be looked up", () => {
  const found = Array.from({ length: BINS }, (_, bin) =>
    binOf(LEAST * 10 ** ((bin + 0.5) / BINS_PER_DECADE)),
  );
  expect(found).toEqual([...found.keys()]);
});

import { describe, expect, it } from "vitest";
import * as table from "../../src/numeric/logarithm-table.ts";
import { exactly } from "./high-precision.ts";

describe("the table of logarithms", () => {
  it("has reciprocals of 17 bits, whose product with a word is exact", () => {
    for (const reciprocal of table.scaledReciprocal) {
      const integer = reciprocal * 2 ** 48;
      expect(Number.isInteger(integer)).toBe(true);
      expect(integer).toBeGreaterThanOrEqual(2 ** 16);
      expect(integer).toBeLessThanOrEqual(2 ** 17);
    }
  });

  it("leaves a remainder below 2⁻⁸ in the first interval, and about 2⁻⁹ elsewhere", () => {
    for (let i = 0; i < table.intervalCount; i++) {
      const bound = i === 0 ? 2 ** -8 : 2 ** -9 * 1.01;
      for (const word of [(256 + i) * 2 ** 23, (257 + i) * 2 ** 23 - 1]) {
        const remainder = word * table.scaledReciprocal[i]! - 1;
        expect(Math.abs(remainder)).toBeLessThanOrEqual(bound);
      }
    }
  });

  it("has high parts on the grid of 2⁻⁴², so that sums with n·ln 2 are exact", () => {
    for (const high of [...table.reciprocalLogarithmHigh, table.logarithmOfTwoHigh]) {
      expect(Number.isInteger(high * 2 ** 42)).toBe(true);
    }
  });

  it("ends in entries without any remainder", () => {
    const last = table.intervalCount - 1;
    expect(table.scaledReciprocal[last]).toBe(2 ** -32);
    expect(table.reciprocalLogarithmHigh[last]).toBe(0);
    expect(table.reciprocalLogarithmLow[last]).toBe(0);
    expect(table.reciprocalLogarithmHigh[0]).toBe(table.logarithmOfTwoHigh);
    expect(table.reciprocalLogarithmLow[0]).toBe(table.logarithmOfTwoLow);
  });

  it("splits ln 2 to more than 90 bits", () => {
    // ln 2 to 40 decimals, a published constant.
    const published = 6931471805599453094172321214581765680755n;
    const parts = [table.logarithmOfTwoHigh, table.logarithmOfTwoLow].map(exactly);
    const sum = parts.reduce(
      (total, { significand, exponent }) => total + (significand << BigInt(exponent + 200)),
      0n,
    );
    const difference = sum * 10n ** 40n - (published << 200n);
    expect(Math.abs(Number(difference)) / 2 ** 200 / 1e40).toBeLessThan(2 ** -90);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { roundToSixDigits } from "../../src/model/six-digits.ts";

test.each([
  [1 / 3, 0.333333],
  [2 / 3, 0.666667],
  [60 / 11, 5.45455],
  [160000 * 1e3, 1.6e8],
  [160005000, 160005000],
  [1234567, 1234570],
  [-60 / 11, -5.45455],
  [999999.6, 1e6],
  [1e-7 / 3, 3.33333e-8],
  [0, 0],
])("%d becomes %d", (value, rounded) => {
  expect(roundToSixDigits(value)).toBe(rounded);
});

test("exact ties go to the even digit, as in C", () => {
  fc.assert(
    fc.property(fc.integer({ min: 100_000, max: 999_999 }), (lower) => {
      const even = lower % 2 === 0 ? lower : lower + 1;
      expect(roundToSixDigits(lower + 0.5)).toBe(even);
      expect(roundToSixDigits(-(lower + 0.5))).toBe(-even);
    }),
  );
});

test("values just beside a tie go to the nearer side", () => {
  const tie = 123456.5;
  const spacing = 2 ** -36;
  expect(roundToSixDigits(tie + spacing)).toBe(123457);
  expect(roundToSixDigits(tie - spacing)).toBe(123456);
  // Looks like a tie in decimal, but the double lies below it.
  expect(roundToSixDigits(1.0000005)).toBe(1);
});

test("the result is the nearest number of six digits", () => {
  const values = fc.double({ min: 1e-12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(values, (value) => {
      const rounded = roundToSixDigits(value);
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(value * 5.000001e-6);
      expect(Number(rounded.toPrecision(6))).toBe(rounded);
    }),
  );
});

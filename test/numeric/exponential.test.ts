import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential, shortDecay } from "../../src/numeric/exponential.ts";
import { errorInUlp, trueExponential } from "./high-precision.ts";

const manyRuns = { numRuns: 3000, seed: 147141 };

function expectWithinOneUlp(x: number, result: number, argument: number): void {
  const error = errorInUlp(result, trueExponential(argument));
  expect(error, `error in ulp at x = ${x}`).toBeLessThan(1);
}

describe("the exponential", () => {
  it("is within 1 ulp over its whole range", () => {
    fc.assert(
      fc.property(fc.double({ min: -745, max: 709.78, noNaN: true }), (x) => {
        expectWithinOneUlp(x, exponential(x), x);
      }),
      manyRuns,
    );
  });

  it("is within 1 ulp on an even grid of the membrane's range", () => {
    for (let i = 0; i < 3000; i++) {
      const x = -20 * (i / 3000) - 1e-7 * i;
      expectWithinOneUlp(x, exponential(x), x);
    }
  });

  it("is within 1 ulp where the table index changes", () => {
    for (let k = -300; k <= 300; k++) {
      const border = ((k + 0.5) * Math.LN2) / 128;
      for (const x of [border * (1 - 2e-16), border, border * (1 + 2e-16)]) {
        expectWithinOneUlp(x, exponential(x), x);
      }
    }
  });

  it("is within 1 ulp down to the smallest subnormal and up to the largest double", () => {
    for (let i = 0; i <= 1000; i++) {
      const low = -708 - (i / 1000) * 38;
      expectWithinOneUlp(low, exponential(low), low);
      const high = 708.5 + (i / 1000) * 1.28;
      expectWithinOneUlp(high, exponential(high), high);
    }
    expectWithinOneUlp(-708, exponential(-708), -708);
    expectWithinOneUlp(709, exponential(709), 709);
  });

  it("overflows and vanishes where a double must", () => {
    expect(exponential(709.782712893384)).toBeLessThan(Infinity);
    expect(exponential(709.7827128933841)).toBe(Infinity);
    expect(exponential(710)).toBe(Infinity);
    expect(exponential(Number.MAX_VALUE)).toBe(Infinity);
    expect(exponential(Infinity)).toBe(Infinity);
    expect(exponential(-745.13)).toBe(Number.MIN_VALUE);
    expect(exponential(-746)).toBe(0);
    expect(exponential(-Number.MAX_VALUE)).toBe(0);
    expect(exponential(-Infinity)).toBe(0);
    expect(exponential(Number.NaN)).toBeNaN();
  });

  it("is exactly 1 at and next to 0", () => {
    for (const x of [0, -0, 5e-324, -5e-324, 1e-300, -1e-17]) expect(exponential(x)).toBe(1);
  });
});

describe("the short decay", () => {
  it("is within 1 ulp where the polynomial holds", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e-3, noNaN: true }), (x) => {
        expectWithinOneUlp(x, shortDecay(x), -x);
      }),
      manyRuns,
    );
    for (let i = 0; i <= 2000; i++) {
      expectWithinOneUlp(i * 5e-7, shortDecay(i * 5e-7), -i * 5e-7);
    }
  });

  it("is the exponential beyond", () => {
    for (const x of [1e-3, 0.5, 1, 20, 745, 800, Infinity]) {
      expect(shortDecay(x)).toBe(exponential(-x));
    }
  });
});

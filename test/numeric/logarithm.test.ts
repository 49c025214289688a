import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logarithm, negativeLogFraction } from "../../src/numeric/logarithm.ts";
import { errorInUlp, trueLogarithm, trueNegativeLogFraction } from "./high-precision.ts";

const manyRuns = { numRuns: 3000, seed: 147141 };

function expectLogarithm(x: number): void {
  expect(errorInUlp(logarithm(x), trueLogarithm(x)), `error in ulp at ${x}`).toBeLessThan(1);
}

function expectNegativeLogFraction(n: number): void {
  const error = errorInUlp(negativeLogFraction(n), trueNegativeLogFraction(n));
  expect(error, `error in ulp at ${n}`).toBeLessThan(1);
}

describe("the logarithm", () => {
  it("is within 1 ulp for all doubles", () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expectLogarithm(x);
      }),
      manyRuns,
    );
  });

  it("is within 1 ulp around 1, where the result crosses 0", () => {
    fc.assert(fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), expectLogarithm), manyRuns);
    fc.assert(
      fc.property(fc.double({ min: -0.01, max: 0.01, noNaN: true }), (x) => expectLogarithm(1 + x)),
      manyRuns,
    );
    for (let k = 1; k <= 53; k++) {
      expectLogarithm(1 - 2 ** -k);
      expectLogarithm(1 + 2 ** -(k - 1));
    }
  });

  it("is within 1 ulp at the borders of the table's intervals", () => {
    for (let i = 257; i < 512; i++) {
      for (const f of [i / 512, (i / 512) * (1 - 2 ** -53), (i / 512) * (1 + 2 ** -52)]) {
        expectLogarithm(f);
        expectLogarithm(2 * f);
      }
    }
  });

  it("is within 1 ulp at powers of two, subnormals and extremes", () => {
    for (let k = -1074; k <= 1023; k++) if (k !== 0) expectLogarithm(2 ** k);
    for (const x of [5e-324, 1e-310, 2.225073858507201e-308, Number.MAX_VALUE]) expectLogarithm(x);
  });

  it("has the limits of a logarithm", () => {
    expect(Object.is(logarithm(1), 0)).toBe(true);
    expect(logarithm(0)).toBe(-Infinity);
    expect(logarithm(-0)).toBe(-Infinity);
    expect(logarithm(Infinity)).toBe(Infinity);
    for (const x of [-1, -5e-324, -Infinity, Number.NaN]) expect(logarithm(x)).toBeNaN();
  });
});

describe("the negative logarithm of a 32-bit fraction", () => {
  it("is within 1 ulp for words from everywhere", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), expectNegativeLogFraction),
      manyRuns,
    );
  });

  it("is within 1 ulp for small words, powers of two and their neighbours", () => {
    for (let n = 1; n <= 600; n++) expectNegativeLogFraction(n);
    for (let k = 10; k < 32; k++) {
      for (let d = -3; d <= 3; d++) expectNegativeLogFraction(2 ** k + d);
    }
  });

  it("is within 1 ulp near 2³², where the result vanishes", () => {
    for (let d = 1; d <= 1000; d++) expectNegativeLogFraction(2 ** 32 - d);
    for (let k = 10; k < 32; k++) expectNegativeLogFraction(2 ** 32 - 2 ** k - 1);
    expect(negativeLogFraction(2 ** 32 - 1)).toBeGreaterThan(2 ** -32);
  });

  it("is within 1 ulp at the borders of the table's intervals", () => {
    for (let i = 256; i < 512; i++) {
      for (const octave of [2 ** 23, 2 ** 22, 2 ** 10]) {
        for (let d = -1; d <= 1; d++) expectNegativeLogFraction(i * octave + d);
      }
    }
  });

  it("takes signed words for the same bits", () => {
    for (const n of [-1, -2, -(2 ** 31), -123456789]) {
      expect(negativeLogFraction(n)).toBe(negativeLogFraction(n >>> 0));
    }
  });

  it("is infinite at 0", () => {
    expect(negativeLogFraction(0)).toBe(Infinity);
  });
});

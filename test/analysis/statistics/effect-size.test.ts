import { describe, expect, it } from "vitest";
import { hedgesG, standardizedMean } from "../../../src/analysis/statistics/effect-size.ts";

describe("Hedges' g", () => {
  it("is the difference of means in pooled standard deviations, corrected for small samples", () => {
    // Means 2 and 5, both variances 1: d = 3, and the correction for 4 degrees is 1 − 3/15.
    expect(hedgesG(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6))).toBeCloseTo(2.4, 12);
  });

  it("does not exist for a single value", () => {
    expect(hedgesG(Float64Array.of(1), Float64Array.of(4, 5, 6))).toBeNaN();
  });
});

describe("a standardized mean", () => {
  it("is the mean in standard deviations, corrected for small samples", () => {
    // Mean 2, standard deviation 1, and the correction for 2 degrees is 1 − 3/7.
    expect(standardizedMean(Float64Array.of(1, 2, 3))).toBeCloseTo((2 * 4) / 7, 12);
    expect(standardizedMean(Float64Array.of(-1, -2, -3))).toBeCloseTo((-2 * 4) / 7, 12);
  });

  it("is that of the differences within pairs", () => {
    const [before, after] = [Float64Array.of(3, 8, 5, 6), Float64Array.of(4, 10, 6, 9)];
    const differences = after.map((value, k) => value - before[k]!);
    // Mean 1.75 of 1, 2, 1, 3; variance 11/12; the correction for 3 degrees is 1 − 3/11.
    expect(standardizedMean(differences)).toBeCloseTo(((8 / 11) * 1.75) / Math.sqrt(11 / 12), 12);
  });

  it("is 0 for a mean of 0, infinite without deviation, and nothing of a pair", () => {
    expect(standardizedMean(Float64Array.of(-1, 0, 1))).toBe(0);
    expect(standardizedMean(Float64Array.of(2, 2, 2))).toBe(Infinity);
    expect(standardizedMean(Float64Array.of(0, 0, 0))).toBe(0);
    expect(standardizedMean(Float64Array.of(2, 3))).toBeNaN();
  });
});

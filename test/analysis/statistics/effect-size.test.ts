import { describe, expect, it } from "vitest";
import { hedgesG } from "../../../src/analysis/statistics/effect-size.ts";

describe("Hedges' g", () => {
  it("is the difference of means in pooled standard deviations, corrected for small samples", () => {
    // Means 2 and 5, both variances 1: d = 3, and the correction for 4 degrees is 1 − 3/15.
    expect(hedgesG(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6))).toBeCloseTo(2.4, 12);
  });

  it("does not exist for a single value", () => {
    expect(hedgesG(Float64Array.of(1), Float64Array.of(4, 5, 6))).toBeNaN();
  });
});

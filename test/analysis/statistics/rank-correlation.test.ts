import { expect, it } from "vitest";
import { rankCorrelation } from "../../../src/analysis/statistics/rank-correlation.ts";
import { normalNumbers } from "../random-deviates.ts";

const of = (...values: number[]) => Float64Array.from(values);

it("is 1 for any increasing and −1 for any decreasing relation", () => {
  const x = of(3, -1, 4, 1.5, 9);
  expect(rankCorrelation(x, x.map(Math.exp))).toBeCloseTo(1, 12);
  expect(
    rankCorrelation(
      x,
      x.map((value) => -(value ** 3)),
    ),
  ).toBeCloseTo(-1, 12);
});

it("agrees with 1 − 6 Σ d² / (n (n² − 1)) without ties, and with the ranks' correlation with ties", () => {
  // d = 1, 1, 2, 0, 2.
  expect(rankCorrelation(of(1, 2, 3, 4, 5), of(2, 1, 5, 4, 3))).toBeCloseTo(1 - (6 * 10) / 120, 12);
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5.
  expect(rankCorrelation(of(0, 7, 7, 8), of(1, 2, 3, 4))).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
});

it("of normal variables with the correlation r is 6/π arcsin(r/2)", () => {
  const normal = normalNumbers(2);
  const count = 20_000;
  const x = Float64Array.from({ length: count }, normal);
  const y = x.map((value) => 0.6 * value + 0.8 * normal());
  const expected = (6 / Math.PI) * Math.asin(0.3);
  expect(Math.abs(rankCorrelation(x, y) - expected)).toBeLessThan(3 / Math.sqrt(count));
});

it("does not exist where a sample does not vary", () => {
  expect(rankCorrelation(of(1, 1, 1), of(1, 2, 3))).toBeNaN();
});

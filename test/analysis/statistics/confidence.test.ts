import { expect, test } from "vitest";
import {
  CurveError,
  deviationBand,
  wilsonInterval,
} from "../../../src/analysis/statistics/confidence.ts";
import { statisticsReference } from "../reference-values.ts";

const curve = (...values: number[]) => Float64Array.from(values);

test("points are apart from each other, and missing values are left out", () => {
  const band = deviationBand([
    curve(1, 5, Number.NaN, 7),
    curve(3, 5, 2, Infinity),
    curve(2, 5, 4, 8),
  ]);
  expect([...band.mean]).toEqual([2, 5, 3, 7.5]);
  expect([...band.count]).toEqual([3, 3, 2, 2]);
  // The values 1, 3 and 2 have a standard deviation of 1.
  expect([band.lower[0], band.upper[0]]).toEqual([1, 3]);
  expect(band.upper[1]! - band.lower[1]!).toBe(0);
  expect(deviationBand([curve(1, 5)])).toEqual({
    mean: curve(1, 5),
    lower: curve(Number.NaN, Number.NaN),
    upper: curve(Number.NaN, Number.NaN),
    count: Uint32Array.of(1, 1),
  });
  expect(deviationBand([curve(Number.NaN)]).mean[0]).toBeNaN();
});

test("curves of different lengths, and no curves, are refused", () => {
  expect(() => deviationBand([])).toThrow(CurveError);
  expect(() => deviationBand([curve(1), curve(1, 2)])).toThrow("these have 1, 2");
});

test("the limits of a fraction are scipy's Wilson interval", () => {
  for (const { successes, trials, lower, upper } of statisticsReference.wilson) {
    const interval = wilsonInterval(successes, trials);
    expect(interval.fraction).toBe(successes / trials);
    expect(interval.lower).toBeCloseTo(lower, 12);
    expect(interval.upper).toBeCloseTo(upper, 12);
  }
  expect(wilsonInterval(0, 0)).toEqual({ fraction: Number.NaN, lower: 0, upper: 1 });
});

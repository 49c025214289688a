import { expect, test } from "vitest";
import {
  CurveError,
  meanBand,
  medianInterval,
  wilsonInterval,
} from "../../../src/analysis/statistics/confidence.ts";
import { normalNumbers } from "../random-deviates.ts";
import { statisticsReference } from "../reference-values.ts";

const curve = (...values: number[]) => Float64Array.from(values);

test("the band of a mean is scipy's t interval", () => {
  for (const { sample, mean, lower, upper } of statisticsReference.meanIntervals) {
    const band = meanBand(sample.map((value) => curve(value)));
    expect(band.mean[0]).toBeCloseTo(mean, 12);
    expect(band.lower[0]).toBeCloseTo(lower, 8);
    expect(band.upper[0]).toBeCloseTo(upper, 8);
    expect(band.count[0]).toBe(sample.length);
  }
});

test("points are apart from each other, and missing values are left out", () => {
  const band = meanBand([curve(1, 5, Number.NaN, 7), curve(3, 5, 2, Infinity), curve(2, 5, 4, 8)]);
  expect([...band.mean]).toEqual([2, 5, 3, 7.5]);
  expect([...band.count]).toEqual([3, 3, 2, 2]);
  expect(band.upper[1]! - band.lower[1]!).toBe(0);
  expect(meanBand([curve(1, 5)])).toEqual({
    mean: curve(1, 5),
    lower: curve(Number.NaN, Number.NaN),
    upper: curve(Number.NaN, Number.NaN),
    count: Uint32Array.of(1, 1),
  });
  expect(meanBand([curve(Number.NaN)]).mean[0]).toBeNaN();
});

test("the band holds the true mean at 95 % of the points, whatever the number of replicates", () => {
  const next = normalNumbers(3);
  for (const replicates of [3, 10]) {
    const curves = Array.from({ length: replicates }, () =>
      Float64Array.from({ length: 4000 }, () => 5 + 2 * next()),
    );
    const { lower, upper } = meanBand(curves);
    const held = lower.filter((low, point) => low <= 5 && 5 <= upper[point]!).length;
    // Its standard deviation is √(4000 · 0.95 · 0.05) = 14.
    expect(Math.abs(held - 3800)).toBeLessThan(3 * 14);
  }
});

test("curves of different lengths, and no curves, are refused", () => {
  expect(() => meanBand([])).toThrow(CurveError);
  expect(() => meanBand([curve(1), curve(1, 2)])).toThrow("these have 1, 2");
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

test("the limits of a median are the ranks of the sign test", () => {
  // Two-sided 5 % points of the sign test: the k-th smallest and largest of n values.
  for (const [n, k] of [
    [6, 1],
    [8, 1],
    [9, 2],
    [10, 2],
    [20, 6],
    [25, 8],
    [100, 40],
    [2000, 956],
  ] as const) {
    const values = Float64Array.from({ length: n }, (_, index) => 1 + ((index * 7919) % n));
    expect(medianInterval(values)).toEqual({ median: (n + 1) / 2, lower: k, upper: n + 1 - k });
  }
  expect(medianInterval(curve(1, 2, 3, 4, 9))).toEqual({ median: 3, lower: NaN, upper: NaN });
  expect(medianInterval(curve())).toEqual({ median: NaN, lower: NaN, upper: NaN });
});

test("a median lies within its limits in at least 95 % of samples, be they bimodal", () => {
  const next = normalNumbers(5);
  const draws = 4000;
  let held = 0;
  for (let draw = 0; draw < draws; draw++) {
    // Half of the values are about −10, half about 10: the median of the distribution is 0.
    const values = Float64Array.from({ length: 9 }, () => (next() < 0 ? -10 : 10) + next());
    const { lower, upper } = medianInterval(values);
    if (lower <= 0 && 0 <= upper) held++;
  }
  // Expected 96.1 %, with a standard deviation of 0.3 %.
  expect(held / draws).toBeGreaterThan(0.95);
  expect(held / draws).toBeLessThan(0.972);
});

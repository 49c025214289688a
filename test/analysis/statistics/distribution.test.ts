import fc from "fast-check";
import { expect, test } from "vitest";
import {
  distributionDistance,
  summarizeDistribution,
} from "../../../src/analysis/statistics/distribution.ts";
import { hedgesG } from "../../../src/analysis/statistics/effect-size.ts";
import { LogHistogram } from "../../../src/analysis/statistics/log-histogram.ts";
import { randomNumbers } from "../../recording/small-run.ts";

const integers = (count: number, first = 0) =>
  Float64Array.from({ length: count }, (_, k) => first + k);

const sample = fc
  .array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 })
  .map((list) => Float64Array.from(list));

test("0 … 100 have the quantiles 5, 25, 50, 75, 95, mean 50 and deviation √850", () => {
  const summary = summarizeDistribution(integers(101).reverse());
  expect(summary.quantiles).toEqual({
    least: 0,
    q05: 5,
    q25: 25,
    median: 50,
    q75: 75,
    q95: 95,
    most: 100,
  });
  expect(summary.mean).toBe(50);
  expect(summary.standardDeviation).toBeCloseTo(Math.sqrt(850), 12);
});

test("a sample shifted by d is at Wasserstein distance d", () => {
  fc.assert(
    fc.property(sample, fc.integer({ min: -9, max: 9 }), (values, shift) => {
      const shifted = values.map((value) => value + shift);
      expect(distributionDistance(values, shifted).wasserstein).toBeCloseTo(Math.abs(shift), 9);
    }),
  );
});

test("the Kolmogorov–Smirnov distance is the largest gap of the distribution functions", () => {
  const part = (values: Float64Array, x: number) =>
    values.filter((value) => value <= x).length / values.length;
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const gaps = [...a, ...b].map((x) => Math.abs(part(a, x) - part(b, x)));
      const { kolmogorovSmirnov } = distributionDistance(a, b);
      expect(kolmogorovSmirnov).toBeCloseTo(Math.max(...gaps), 12);
    }),
  );
});

test("samples that do not overlap are at Kolmogorov–Smirnov distance 1; empty ones at none", () => {
  expect(distributionDistance(integers(5), integers(3, 10)).kolmogorovSmirnov).toBe(1);
  expect(distributionDistance(integers(0), integers(3)).kolmogorovSmirnov).toBeNaN();
  expect(summarizeDistribution(integers(0))).toMatchObject({ count: 0, mean: Number.NaN });
});

test("values that are not finite are left out of everything and counted", () => {
  const values = Float64Array.of(3, Number.NaN, 1, Infinity, 2, -Infinity);
  const finite = Float64Array.of(3, 1, 2);
  expect(summarizeDistribution(values)).toEqual({ ...summarizeDistribution(finite), notFinite: 3 });
  const other = Float64Array.of(2, 5);
  expect(distributionDistance(values, other)).toEqual(distributionDistance(finite, other));
  expect(hedgesG(values, other)).toBe(hedgesG(finite, other));
  const none = Float64Array.of(Number.NaN, Infinity);
  expect(distributionDistance(none, other).wasserstein).toBeNaN();
  expect(summarizeDistribution(none)).toMatchObject({ count: 0, notFinite: 2, mean: Number.NaN });
});

test("values near the largest number have finite moments, quantiles and effect sizes", () => {
  const values = Float64Array.of(-1.5e308, 1.5e308, 1.5e308, 1.5e308);
  const { mean, standardDeviation, quantiles } = summarizeDistribution(values);
  expect(mean / 1e308).toBeCloseTo(0.75, 12);
  expect(standardDeviation / 1e308).toBeCloseTo(Math.sqrt(1.6875), 12);
  expect(quantiles.q05 / 1e308).toBeCloseTo(-1.5 + 3 * 0.15, 12);
  const shrunk = values.map((value) => value / 1e308);
  const other = Float64Array.of(-1, 1);
  expect(
    hedgesG(
      values,
      other.map((value) => value * 1e308),
    ),
  ).toBeCloseTo(hedgesG(shrunk, other), 12);
});

test("Hedges' g of samples 2 apart with pooled deviation 1 is 2 but for its correction", () => {
  // Both have Σ (x − mean)² = 2 and three values, and so a deviation of 1 on 4 degrees of freedom.
  const [a, b] = [Float64Array.of(0, 1, 2), Float64Array.of(2, 3, 4)];
  expect(hedgesG(a, b)).toBeCloseTo(2 * (1 - 3 / 15), 12);
  expect(hedgesG(b, a)).toBeCloseTo(-2 * (1 - 3 / 15), 12);
  expect(hedgesG(a, a)).toBe(0);
  expect(hedgesG(a, Float64Array.of(1))).toBeNaN();
  expect(hedgesG(Float64Array.of(1, 1), Float64Array.of(2, 2))).toBe(Infinity);
});

test("a logarithmic histogram has exact moments and near quantiles and distances", () => {
  const random = randomNumbers(3);
  const exponential = (mean: number) =>
    Float64Array.from({ length: 20_000 }, () => -mean * Math.log(1 - random()));
  const samples = [exponential(100), exponential(150)];
  const histograms = samples.map((values) => {
    const histogram = new LogHistogram();
    for (const value of values) histogram.add(value);
    return histogram;
  });
  const [found, wanted] = [histograms[0]!.summary(), summarizeDistribution(samples[0]!)];
  expect(found.count).toBe(wanted.count);
  expect(found.mean).toBeCloseTo(wanted.mean, 8);
  expect(found.standardDeviation).toBeCloseTo(wanted.standardDeviation, 8);
  expect([found.quantiles.least, found.quantiles.most]).toEqual([
    wanted.quantiles.least,
    wanted.quantiles.most,
  ]);
  for (const name of ["q05", "q25", "median", "q75", "q95"] as const) {
    expect(Math.abs(Math.log(found.quantiles[name] / wanted.quantiles[name]))).toBeLessThan(0.047);
  }
  const { kolmogorovSmirnov } = distributionDistance(samples[0]!, samples[1]!);
  const binned = histograms[0]!.kolmogorovSmirnov(histograms[1]!);
  expect(binned).toBeLessThanOrEqual(kolmogorovSmirnov);
  expect(binned).toBeGreaterThan(kolmogorovSmirnov - 0.02);
});

import { describe, expect, it, test } from "vitest";
import {
  censoredMedian,
  medianBand,
  medianCoverage,
  medianCurve,
  medianInterval,
} from "../../../src/analysis/statistics/median.ts";
import { normalNumbers } from "../random-deviates.ts";

const curve = (...values: number[]) => Float64Array.from(values);

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
    expect(medianInterval(values)).toEqual({
      median: (n + 1) / 2,
      lower: k,
      upper: n + 1 - k,
      count: n,
    });
  }
  const none = { lower: NaN, upper: NaN };
  expect(medianInterval(curve(1, 2, 3, 4, 9))).toEqual({ median: 3, count: 5, ...none });
  expect(medianInterval(curve())).toEqual({ median: NaN, count: 0, ...none });
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

describe("the coverage of a median's limits", () => {
  it("is the sum of the binomial probabilities between them", () => {
    // Of n = 9 values the second smallest and largest: 1 − 2 (1 + 9) / 2⁹.
    expect(medianCoverage(9)).toBeCloseTo(1 - 20 / 512, 14);
    expect(medianCoverage(6)).toBeCloseTo(1 - 2 / 64, 14);
    expect(medianCoverage(8)).toBeCloseTo(1 - 2 / 256, 14);
    // The sixth of twenty: Σ C(20, j) for j up to 5 is 21 700.
    expect(medianCoverage(20)).toBeCloseTo(1 - (2 * 21_700) / 2 ** 20, 14);
  });

  it("cannot be 95 % of fewer than six values, and is not much more of many", () => {
    for (let count = 0; count < 6; count++) expect(medianCoverage(count)).toBeNaN();
    for (let count = 6; count < 400; count++) {
      expect(medianCoverage(count)).toBeGreaterThanOrEqual(0.95);
      expect(medianCoverage(count)).toBeLessThan(1);
    }
    expect(medianCoverage(2000)).toBeLessThan(0.954);
  });

  it("is that of samples", () => {
    const next = normalNumbers(11);
    const draws = 4000;
    for (const count of [6, 12]) {
      let held = 0;
      for (let draw = 0; draw < draws; draw++) {
        const { lower, upper } = medianInterval(Float64Array.from({ length: count }, next));
        if (lower <= 0 && 0 <= upper) held++;
      }
      const coverage = medianCoverage(count);
      const deviation = Math.sqrt((coverage * (1 - coverage)) / draws);
      expect(Math.abs(held / draws - coverage)).toBeLessThan(3 * deviation);
    }
  });
});

describe("the median of values of which some are censored", () => {
  const known = (...values: number[]) => values.map((value) => ({ value, isCensored: false }));
  const censored = (count: number, value = 100) =>
    Array.from({ length: count }, () => ({ value, isCensored: true }));

  it("is known as long as less than half of them are, whatever the end", () => {
    for (const end of [100, 1000]) {
      const { median, lower } = censoredMedian([...known(5, 3, 4), ...censored(2, end)]);
      expect(median).toBe(5);
      expect(lower).toBeNaN();
    }
    expect(censoredMedian([...known(1, 2, 3), ...censored(3)]).median).toBeNaN();
    expect(censoredMedian([...known(1, 2, 3), ...censored(4)]).median).toBeNaN();
    expect(censoredMedian(censored(3)).median).toBeNaN();
  });

  it("is not known where a value was censored before it", () => {
    expect(censoredMedian([...known(1, 5, 6), ...censored(1, 2), ...known(9)]).median).toBeNaN();
    expect(censoredMedian([...known(1, 2, 3), ...censored(1, 4), ...known(9)]).median).toBe(3);
  });

  it("has an upper limit as far as values are known, and a lower one in any case", () => {
    const seven = [...known(1, 2, 3, 4, 5, 6), ...censored(1)];
    expect(censoredMedian(seven)).toEqual({ median: 4, lower: 1, upper: Infinity, count: 7 });
    const nine = [...known(1, 2, 3, 4, 5, 6, 7, 8), ...censored(1)];
    expect(censoredMedian(nine)).toEqual({ median: 5, lower: 2, upper: 8, count: 9 });
    const none = censoredMedian(censored(6));
    expect(none).toEqual({ median: NaN, lower: 100, upper: Infinity, count: 6 });
  });

  it("is the usual one of values that are all known", () => {
    expect(censoredMedian(known(4, 1, 3, 2))).toEqual(medianInterval(curve(4, 1, 3, 2)));
  });
});

test("the median of curves is taken at each point, without missing values", () => {
  const band = medianCurve([curve(1, 5, NaN, 7), curve(3, 5, 2, Infinity), curve(2, 5, 4, 8)]);
  expect([...band.median]).toEqual([2, 5, 3, 7.5]);
  expect([...band.count]).toEqual([3, 3, 2, 2]);
  expect(band.lower.every(Number.isNaN)).toBe(true);
  const six = [6, 1, 5, 2, 4, 3].map((value) => curve(value));
  expect(medianCurve(six)).toEqual(medianBand([medianInterval(curve(1, 2, 3, 4, 5, 6))]));
  expect(medianCurve([])).toEqual(medianBand([]));
});

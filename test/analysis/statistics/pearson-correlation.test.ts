import { expect, test } from "vitest";
import { pearsonCorrelation } from "../../../src/analysis/statistics/pearson-correlation.ts";
import { normalNumbers } from "../random-deviates.ts";

test("values on a line correlate with 1 or −1, and those of a square with 0", () => {
  const x = Float64Array.of(1, 2, 6);
  for (const slope of [3, -1]) {
    const line = x.map((value) => slope * value + 1);
    const { correlation, meanX, meanY } = pearsonCorrelation(x, line);
    expect(correlation).toBeCloseTo(Math.sign(slope), 14);
    expect([meanX, meanY]).toEqual([3, 3 * slope + 1]);
  }
  const square = pearsonCorrelation(Float64Array.of(0, 0, 1, 1), Float64Array.of(0, 1, 0, 1));
  expect(square.correlation).toBe(0);
});

test("a signal in as much noise correlates with √½", () => {
  const next = normalNumbers(2);
  const signal = Float64Array.from({ length: 20_000 }, () => next());
  const { correlation } = pearsonCorrelation(
    signal,
    signal.map((value) => value + next()),
  );
  // Its standard deviation is (1 − r²) / √n = 0.0035.
  expect(Math.abs(correlation - Math.SQRT1_2)).toBeLessThan(0.011);
});

test("there is no correlation with what does not vary", () => {
  expect(pearsonCorrelation(Float64Array.of(1, 1), Float64Array.of(1, 2)).correlation).toBeNaN();
});

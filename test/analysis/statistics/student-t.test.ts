import { expect, test } from "vitest";
import { studentT } from "../../../src/analysis/statistics/student-t.ts";
import { statisticsReference } from "../reference-values.ts";

test("quantiles are scipy's", () => {
  for (const { level, degrees, t } of statisticsReference.studentT) {
    const deviation = Math.abs(studentT(level, degrees) / t - 1);
    // Those of scipy 1.10 are themselves good to 2e-9: compare 1 degree with tan(level π / 2).
    expect(deviation, `${level} of ${degrees}`).toBeLessThan(5e-9);
  }
});

test("one degree is Cauchy's distribution, two have a closed form, many are normal", () => {
  expect(studentT(0.8, 1)).toBeCloseTo(Math.tan(0.4 * Math.PI), 12);
  // P(|x| < t) = t / √(2 + t²).
  expect(studentT(1 / Math.sqrt(3), 2)).toBeCloseTo(1, 12);
  expect(studentT(0.95, 1_000_000)).toBeCloseTo(1.959966, 5);
  expect(studentT(0, 5)).toBeCloseTo(0, 12);
});

test.each([
  [1, 3],
  [-0.1, 3],
  [0.5, 0],
  [0.5, 2.5],
])("level %d of %d degrees has none", (level, degrees) => {
  expect(studentT(level, degrees)).toBeNaN();
});

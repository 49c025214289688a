import fc from "fast-check";
import { expect, it } from "vitest";
import { wilsonInterval } from "../../../src/analysis/statistics/confidence.ts";
import { survivalCurve } from "../../../src/analysis/statistics/survival.ts";

const observe = (events: readonly number[], ended: readonly number[] = []) => [
  ...events.map((time) => ({ time, isEvent: true })),
  ...ended.map((time) => ({ time, isEvent: false })),
];

// Weeks of remission under 6-mercaptopurine (Freireich et al. 1963, Blood 21:699), the usual example:
// Kalbfleisch & Prentice, The Statistical Analysis of Failure Time Data, 1.1.2.
const remission = observe(
  [6, 6, 6, 7, 10, 13, 16, 22, 23],
  [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
);

it("is that of the textbook's patients", () => {
  const { times, fraction, atRisk } = survivalCurve(remission);
  expect([...times]).toEqual([0, 6, 7, 10, 13, 16, 22, 23]);
  expect([...fraction].map((one) => one.toFixed(4))).toEqual([
    "1.0000",
    "0.8571",
    "0.8067",
    "0.7529",
    "0.6902",
    "0.6275",
    "0.5378",
    "0.4482",
  ]);
  expect([...atRisk]).toEqual([21, 21, 17, 15, 12, 11, 7, 6]);
  expect(survivalCurve(remission).median).toBe(23);
});

it("has Wilson's limits for a sample whose binomial variance is Greenwood's", () => {
  const { fraction, lower, upper } = survivalCurve(remission);
  // Greenwood's standard errors as published with these data.
  const errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346];
  errors.forEach((error, k) => {
    const size = (fraction[k + 1]! * (1 - fraction[k + 1]!)) / error ** 2;
    const expected = wilsonInterval(fraction[k + 1]! * size, size);
    expect(lower[k + 1]).toBeCloseTo(expected.lower, 3);
    expect(upper[k + 1]).toBeCloseTo(expected.upper, 3);
  });
});

it("counts fractions with Wilson's limits where nobody leaves early", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 }),
      fc.nat(30),
      (events, without) => {
        const total = events.length + without;
        const curve = survivalCurve(observe(events, Array<number>(without).fill(100)));
        curve.times.forEach((now, k) => {
          const left = total - events.filter((time) => time <= now).length;
          const expected = wilsonInterval(left, total);
          expect(curve.fraction[k]).toBeCloseTo(expected.fraction, 10);
          expect(curve.lower[k]).toBeCloseTo(expected.lower, 10);
          expect(curve.upper[k]).toBeCloseTo(expected.upper, 10);
        });
      },
    ),
  );
});

it("is 1 without events, and empty-handed without subjects", () => {
  const calm = survivalCurve(observe([], [8, 8, 8]));
  expect([...calm.times, ...calm.fraction]).toEqual([0, 1]);
  expect(calm.lower[0]).toBeCloseTo(0.4385, 4);
  expect(calm.median).toBeNull();
  const nobody = survivalCurve([]);
  expect([nobody.lower[0], nobody.upper[0], nobody.atRisk[0]]).toEqual([0, 1, 0]);
});

it("refuses times before the beginning", () => {
  for (const time of [-1, Number.NaN])
    expect(() => survivalCurve(observe([time]))).toThrow(RangeError);
});

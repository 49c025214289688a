import { expect, test } from "vitest";
import { CoefficientMoments } from "../../../src/analysis/transmission/coefficient-moments.ts";
import { normalNumbers } from "../random-deviates.ts";

/** Two trains, four frequencies in two bands, two segments, both trains as a group. */
const layout = {
  trainCount: 2,
  perBand: 2,
  bandCount: 2,
  segmentsPerTrial: 2,
  groups: [[0, 1], [1]],
};

const trial = (next: () => number, level = 0) => ({
  re: Float64Array.from({ length: 8 }, () => level + next()),
  im: Float64Array.from({ length: 8 }, () => level + next()),
});

test("moments trial by trial are those about the means of all trials", () => {
  const next = normalNumbers(61);
  const moments = new CoefficientMoments(layout);
  const trials = [0, 1].map((segment) =>
    Array.from({ length: 3 + segment }, () => trial(next, 1e3 * segment)),
  );
  trials.forEach((all, segment) => {
    for (const { re, im } of all) moments.add(segment, { re: re.slice(), im: im.slice() });
  });
  // Two frequencies, and 2 and 3 trials more than one.
  expect(moments.degrees).toBe(2 * (2 + 3));
  const product = (i: number, j: number, band: number) => {
    const sum = { re: 0, im: 0 };
    for (const all of trials) {
      for (const f of [2 * band, 2 * band + 1]) {
        const mean = (part: "re" | "im", train: number) =>
          all.reduce((total, one) => total + one[part][4 * train + f]!, 0) / all.length;
        for (const one of all) {
          const [a, b] = [one.re[4 * i + f]! - mean("re", i), one.im[4 * i + f]! - mean("im", i)];
          const [c, d] = [one.re[4 * j + f]! - mean("re", j), one.im[4 * j + f]! - mean("im", j)];
          sum.re += a * c + b * d;
          sum.im += b * c - a * d;
        }
      }
    }
    return sum;
  };
  for (const band of [0, 1]) {
    const [first, second] = [product(0, 0, band).re, product(1, 1, band).re];
    expect(moments.power(0, band)).toBeCloseTo(first, 8);
    expect(moments.power(1, band)).toBeCloseTo(second, 8);
    const cross = product(1, 0, band);
    const determinant = first * second - cross.re ** 2 - cross.im ** 2;
    expect(moments.logDeterminant(0, band, [0, 1])).toBeCloseTo(Math.log(determinant), 8);
    expect(moments.logDeterminant(0, band, [1])).toBeCloseTo(Math.log(second), 8);
    expect(moments.logDeterminant(1, band, [0])).toBeCloseTo(Math.log(second), 8);
  }
});

test("equal trials leave exactly nothing", () => {
  const moments = new CoefficientMoments(layout);
  for (let k = 0; k < 4; k++) moments.add(0, trial(normalNumbers(62), 0.1));
  expect(moments.power(0, 0)).toBe(0);
  expect(moments.logDeterminant(0, 1, [0, 1])).toBe(-Infinity);
  expect(moments.degrees).toBe(2 * 3);
});

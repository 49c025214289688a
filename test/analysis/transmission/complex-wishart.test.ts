import { expect, test } from "vitest";
import {
  logDeterminant,
  logDeterminantExcess,
  logDeterminantVariance,
} from "../../../src/analysis/transmission/complex-wishart.ts";
import { normalNumbers } from "../random-deviates.ts";

const matrix = (re: readonly number[], im: readonly number[]) => ({
  re: Float64Array.from(re),
  im: Float64Array.from(im),
});

test("determinants of Hermitian matrices of order 1, 2 and 3", () => {
  expect(logDeterminant(matrix([5], [0]), 1)).toBeCloseTo(Math.log(5), 12);
  // a d − |b|² = 4 · 3 − (1 + 4).
  expect(logDeterminant(matrix([4, 1, 3], [0, 2, 0]), 2)).toBeCloseTo(Math.log(7), 12);
  // Rows 4, 1 − 2i, 0.5i · 1 + 2i, 3, 1 + i · −0.5i, 1 − i, 5: by cofactors
  // 4 (15 − 2) − |1 + 2i|² 5 − 0.25 · 3 + 2 Re((1 − 2i)(1 + i)(−0.5i)).
  const order3 = matrix([4, 1, 3, 0, 1, 5], [0, 2, 0, -0.5, -1, 0]);
  expect(logDeterminant(order3, 3)).toBeCloseTo(Math.log(52 - 25 - 0.75 - 1), 12);
});

test("a singular matrix has none", () => {
  expect(logDeterminant(matrix([4, 2, 1], [0, 0, 0]), 2)).toBe(-Infinity);
  expect(logDeterminant(matrix([0.3, 0.1, 0.1 / 3], [0, 0, 0]), 2)).toBe(-Infinity);
});

test("mean and variance are digamma and trigamma functions", () => {
  const gamma = 0.5772156649015329;
  expect(logDeterminantExcess(1, 1)).toBeCloseTo(-gamma, 14);
  expect(logDeterminantExcess(1, 4)).toBeCloseTo(1 + 1 / 2 + 1 / 3 - gamma, 14);
  expect(logDeterminantExcess(2, 2)).toBeCloseTo(1 - 2 * gamma, 14);
  expect(logDeterminantExcess(3, 5)).toBeCloseTo(
    [3, 4, 5].reduce((sum, n) => sum + logDeterminantExcess(1, n), 0),
    13,
  );
  expect(logDeterminantVariance(1, 1)).toBeCloseTo(Math.PI ** 2 / 6, 14);
  expect(logDeterminantVariance(2, 3)).toBeCloseTo(Math.PI ** 2 / 3 - 1 - (1 + 1 / 4), 13);
  // ln n − 1 / 2n and 1 / n + 1 / 2n² for large n.
  expect(logDeterminantExcess(1, 1000)).toBeCloseTo(Math.log(1000) - 1 / 2000, 6);
  expect(logDeterminantVariance(1, 1000)).toBeCloseTo(1 / 1000 + 1 / 2e6, 8);
});

test("random matrices have that mean and variance", () => {
  const next = normalNumbers(51);
  const [order, degrees, repeats] = [3, 5, 4000];
  const values = Array.from({ length: repeats }, () => {
    const [re, im] = [new Float64Array(6), new Float64Array(6)];
    for (let n = 0; n < degrees; n++) {
      // Independent components of variance 1: ln det Σ is 0.
      const x = Array.from({ length: order }, () => [next(), next()].map((v) => v / Math.SQRT2));
      let at = 0;
      for (let i = 0; i < order; i++) {
        for (let j = 0; j <= i; j++) {
          const [[a, b], [c, d]] = [x[i]!, x[j]!] as [[number, number], [number, number]];
          re[at]! += a * c + b * d;
          im[at]! += b * c - a * d;
          at++;
        }
      }
    }
    return logDeterminant({ re, im }, order);
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / repeats;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / repeats;
  const wanted = logDeterminantVariance(order, degrees);
  expect(Math.abs(mean - logDeterminantExcess(order, degrees))).toBeLessThan(
    3 * Math.sqrt(wanted / repeats),
  );
  expect(Math.abs(variance / wanted - 1)).toBeLessThan(0.1);
});

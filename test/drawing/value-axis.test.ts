import { expect, it } from "vitest";
import { valueAxis } from "../../src/drawing/value-axis.ts";

const line = (values: number[], spread = 0) => ({
  x: values.map((_, k) => k),
  middle: Float64Array.from(values),
  lower: Float64Array.from(values, (value) => value - spread),
  upper: Float64Array.from(values, (value) => value + spread),
});

it("begins at zero where the distance from it matters", () => {
  const [low, high] = valueAxis([line([2, 4], 1)], "zero").domain;
  expect(low).toBe(0);
  expect(high).toBeCloseTo(5.3, 9);
  expect(valueAxis([line([-2, 4])], "zero").domain[0]).toBe(-2);
});

it("otherwise leaves a little room around lines and bands", () => {
  const [low, high] = valueAxis([line([2, 4], 1)], "least").domain;
  expect(low).toBeCloseTo(0.76, 9);
  expect(high).toBeCloseTo(5.24, 9);
});

it("is logarithmic where positive values span a large ratio", () => {
  const { type, domain } = valueAxis([line([0.6, 70], 1)], "zero");
  expect(type).toBe("log");
  expect(domain[0]).toBeGreaterThan(0);
  expect(valueAxis([line([0, 70])], "zero").type).toBeUndefined();
  expect(valueAxis([line([3, 70])], "zero").type).toBeUndefined();
});

it("does not let a wide band of few runs flatten the lines", () => {
  const [low, high] = valueAxis([line([1, 2], 1000)], "least").domain;
  expect(high).toBeLessThan(10);
  expect(low).toBeGreaterThan(-10);
});

it("has some extent for lines that are constant or empty", () => {
  for (const values of [[0, 0], [5, 5], [Number.NaN]]) {
    for (const from of ["zero", "least"] as const) {
      const [low, high] = valueAxis([line(values)], from).domain;
      expect(high).toBeGreaterThan(low);
    }
  }
});

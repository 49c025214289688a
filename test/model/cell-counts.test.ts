import { expect, test } from "vitest";
import { cellCounts, totalCellCount } from "../../src/model/cell-counts.ts";
import { populations } from "../../src/model/populations.ts";

test("the published column has 470 cells in population order", () => {
  expect(Object.entries(cellCounts(1))).toEqual([
    ["E6", 60],
    ["I6", 25],
    ["I6L", 13],
    ["E5B", 17],
    ["E5R", 65],
    ["I5", 25],
    ["I5L", 13],
    ["E4", 30],
    ["I4", 20],
    ["I4L", 14],
    ["E2", 150],
    ["I2", 25],
    ["I2L", 13],
  ]);
  expect(totalCellCount(1)).toBe(470);
});

test("whole size factors multiply every count", () => {
  for (const factor of [2, 3, 16, 100]) expect(totalCellCount(factor)).toBe(470 * factor);
});

test("fractions are cut off", () => {
  expect(cellCounts(1.5)).toMatchObject({ E5B: 25, E5R: 97, E6: 90, I6L: 19 });
  expect(cellCounts(0.1)).toMatchObject({ E5B: 1, E6: 6, I4L: 1 });
});

test("a product that misses a whole number by rounding alone counts as it", () => {
  expect(25 * 1.16).toBeLessThan(29);
  expect(cellCounts(1.16).I6).toBe(29);
});

test("no population is empty at the smallest size factor", () => {
  expect(Object.values(cellCounts(0.1)).every((count) => count > 0)).toBe(true);
  expect(populations).toHaveLength(13);
});

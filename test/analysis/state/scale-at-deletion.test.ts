import { expect, test } from "vitest";
import { IntervalError } from "../../../src/analysis/firing/interval.ts";
import { scaleAtDeletion } from "../../../src/analysis/state/scale-at-deletion.ts";

const populations = [
  { cellClass: "E", firstCell: 0, cellCount: 4 },
  { cellClass: "LTS", firstCell: 4, cellCount: 2 },
] as const;

const rounds = [
  { timeMs: 100, cells: [3, 4], scaleFactors: [1.5, 1] },
  { timeMs: 200, cells: [0, 1], scaleFactors: [2, 4] },
  { timeMs: 300, cells: [5], scaleFactors: [1] },
];

test("each deleted cell has its time and scale factor", () => {
  const { deleted } = scaleAtDeletion(rounds, populations, { startMs: 0, endMs: 300, binMs: 150 });
  expect(deleted).toEqual({
    timesMs: Float64Array.of(100, 100, 200, 200, 300),
    cells: Uint32Array.of(3, 4, 0, 1, 5),
    scaleFactors: Float64Array.of(1.5, 1, 2, 4, 1),
  });
});

test("mean and deviation over the cells of a class that a bin took", () => {
  const { edgesMs, groups } = scaleAtDeletion(rounds, populations, {
    startMs: 0,
    endMs: 300,
    binMs: 150,
  });
  expect([...edgesMs]).toEqual([0, 150, 300]);
  const [excitatory, inhibitory] = groups;
  expect(excitatory).toEqual({
    group: "excitatory",
    mean: Float64Array.of(1.5, 3),
    standardDeviation: Float64Array.of(0, 1),
    deletedCount: Uint32Array.of(1, 2),
    notFiniteCount: Uint32Array.of(0, 0),
  });
  // The round at the very end is in the last bin.
  expect([...inhibitory!.deletedCount]).toEqual([1, 1]);
});

test("rounds outside are left out, and bins without any have no mean", () => {
  const bins = { startMs: 150, endMs: 450, binMs: 100 };
  const { deleted, groups } = scaleAtDeletion(rounds, populations, bins);
  expect([...deleted.cells]).toEqual([0, 1, 5]);
  expect([...groups[0]!.mean]).toEqual([3, Number.NaN, Number.NaN]);
  expect([...groups[1]!.deletedCount]).toEqual([0, 1, 0]);
  expect(scaleAtDeletion([], populations, bins).deleted.cells).toHaveLength(0);
});

test("factors that are not finite are left out and counted", () => {
  const lost = [{ timeMs: 10, cells: [0, 1, 2], scaleFactors: [Infinity, Number.NaN, 4] }];
  const { groups } = scaleAtDeletion(lost, populations, { startMs: 0, endMs: 20, binMs: 20 });
  expect(groups[0]).toMatchObject({
    mean: Float64Array.of(4),
    deletedCount: Uint32Array.of(3),
    notFiniteCount: Uint32Array.of(2),
  });
});

test("bins without width are refused", () => {
  const bins = { startMs: 0, endMs: 10, binMs: 0 };
  expect(() => scaleAtDeletion(rounds, populations, bins)).toThrow(IntervalError);
});

import { expect, test } from "vitest";
import { averagedVariable } from "../../../src/analysis/state/averaged-variable.ts";
import type { SampledVariable } from "../../../src/analysis/state/sampled-variable.ts";

const none = Float64Array.of();

/** A run whose excitatory cells have these means at these times. */
const runOf = (timesMs: readonly number[], means: readonly number[]): SampledVariable => ({
  timesMs: Float64Array.from(timesMs),
  groups: [
    {
      group: "excitatory",
      mean: Float64Array.from(means),
      standardDeviation: none,
      livingCount: new Uint32Array(means.length),
      notFiniteCount: new Uint32Array(means.length),
    },
  ],
  traces: [],
});

test("means over runs at common times, with the deviation between runs", () => {
  const runs = [
    runOf([0, 10, 20], [1, 2, 3]),
    runOf([0, 20, 30], [3, 9, 5]),
    runOf([0, 20], [5, 6]),
  ];
  const { timesMs, averaged, groups } = averagedVariable(runs);
  expect([...timesMs]).toEqual([0, 20]);
  expect(averaged).toBe(3);
  // Of 1, 3, 5 and of 3, 9, 6: s² = (4 + 0 + 4) / 2 and (9 + 9 + 0) / 2.
  expect([...groups[0]!.mean]).toEqual([3, 6]);
  expect([...groups[0]!.standardDeviation]).toEqual([2, 3]);
  expect([...groups[0]!.livingCount]).toEqual([3, 3]);
});

test("a run in which no cell lives is left out of the mean", () => {
  const runs = [runOf([0], [1]), runOf([0], [Number.NaN]), runOf([0], [2])];
  const { groups } = averagedVariable(runs);
  expect([...groups[0]!.mean]).toEqual([1.5]);
  expect([...groups[0]!.livingCount]).toEqual([2]);
});

import { expect, test } from "vitest";
import { deadCells, deadCellsBeyond } from "../../../src/analysis/state/dead-cells.ts";

const populations = [
  { cellClass: "E", firstCell: 0, cellCount: 4 },
  { cellClass: "LTS", firstCell: 4, cellCount: 1 },
  { cellClass: "FS", firstCell: 5, cellCount: 1 },
] as const;
const { POSITIVE_INFINITY: never } = Number;
const interval = { startMs: 0, endMs: 100 };

const listed = ({ timesMs, excitatory, inhibitory }: ReturnType<typeof deadCells>) => ({
  timesMs: [...timesMs],
  excitatory: [...excitatory],
  inhibitory: [...inhibitory],
});

/** Cells 0 and 1 die together at 20 ms, 4 at 30 ms, 2 at 60 ms, 5 at the end. */
const run = deadCells(Float64Array.of(20, 20, 60, never, 30, 100), populations, interval);

test("dead cells are counted by class, at each time at which any dies", () => {
  expect(listed(run)).toEqual({
    timesMs: [0, 20, 30, 60, 100],
    excitatory: [0, 2, 2, 3, 3],
    inhibitory: [0, 0, 1, 1, 2],
  });
});

test("a later interval begins with the cells that are dead already", () => {
  const later = deadCells(Float64Array.of(20, 20, 60, never, 30, 100), populations, {
    startMs: 40,
    endMs: 80,
  });
  expect(listed(later)).toEqual({
    timesMs: [40, 60, 80],
    excitatory: [2, 3, 3],
    inhibitory: [1, 1, 1],
  });
});

test("dead cells of a baseline are subtracted at every time of both, while both are known", () => {
  const times = Float64Array.of(20, 50, 50, 50, never, never);
  const baseline = deadCells(times, populations, { startMs: 0, endMs: 70 });
  expect(listed(deadCellsBeyond(run, baseline))).toEqual({
    timesMs: [0, 20, 30, 50, 60, 70],
    excitatory: [0, 1, 1, -2, -1, -1],
    inhibitory: [0, 0, 1, 1, 1, 1],
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { lowerBound, spikesBetween } from "../../../src/analysis/firing/spikes.ts";

const times = fc
  .array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 })
  .map((list) => Float64Array.from(list).sort());

test("lowerBound is the first index that is not below the value", () => {
  fc.assert(
    fc.property(times, fc.integer({ min: -1, max: 42 }), (sorted, value) => {
      const found = sorted.findIndex((time) => time >= value);
      expect(lowerBound(sorted, value)).toBe(found === -1 ? sorted.length : found);
    }),
  );
});

test("spikesBetween keeps the start, leaves out the end, and keeps cells with their times", () => {
  const spikes = {
    timesMs: Float64Array.of(0, 1, 1, 2, 3),
    cells: Uint32Array.of(10, 11, 12, 13, 14),
  };
  const cut = spikesBetween(spikes, 1, 3);
  expect([...cut.timesMs]).toEqual([1, 1, 2]);
  expect([...cut.cells]).toEqual([11, 12, 13]);
  expect(spikesBetween(spikes, 3, 1).cells.length).toBe(0);
});

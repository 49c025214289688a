import fc from "fast-check";
import { expect, test } from "vitest";
import { lowerBound, SpikeDivider, spikesBetween } from "../../../src/analysis/firing/spikes.ts";

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

test("spikes are divided among groups of cells in their order, whatever the length of a block", () => {
  const groups = [Uint32Array.of(0, 3, 4), Uint32Array.of(1, 6)];
  const divider = new SpikeDivider(groups);
  const blocks = fc.array(fc.array(fc.nat(9), { maxLength: 30 }), { maxLength: 5 });
  fc.assert(
    fc.property(blocks, (all) => {
      for (const list of all) {
        const cells = Uint32Array.from(list);
        const spikes = { timesMs: Float64Array.from(list, (_, k) => k / 2), cells };
        for (const [group, own] of divider.divide(spikes).entries()) {
          const places = [...cells.keys()].filter((k) => groups[group]!.includes(cells[k]!));
          expect([...own.cells]).toEqual(places.map((k) => cells[k]));
          expect([...own.timesMs]).toEqual(places.map((k) => spikes.timesMs[k]));
        }
      }
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { firstSpikeDifference } from "../../../src/analysis/firing/spike-difference.ts";
import type { Spikes } from "../../../src/analysis/firing/spikes.ts";

const spikesOf = (times: readonly number[]): Spikes => ({
  timesMs: Float64Array.from(times),
  cells: Uint32Array.from(times, (_, k) => k % 7),
});

/** The spikes in blocks of a size. */
function* blocksOf({ timesMs, cells }: Spikes, size: number): Generator<Spikes> {
  for (let k = 0; k < cells.length; k += size) {
    yield { timesMs: timesMs.subarray(k, k + size), cells: cells.subarray(k, k + size) };
  }
}

const sequence = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 });
const size = fc.integer({ min: 1, max: 9 });

test("equal sequences do not differ, however they are cut", () => {
  fc.assert(
    fc.property(sequence, size, size, (times, one, other) => {
      const spikes = spikesOf(times);
      expect(firstSpikeDifference(blocksOf(spikes, one), blocksOf(spikes, other))).toBeNull();
    }),
  );
});

test("a spike shifted by the last bit, or of another cell, is found where it is", () => {
  fc.assert(
    fc.property(sequence, fc.nat(), size, fc.boolean(), (times, anywhere, blockSize, isShifted) => {
      const index = anywhere % times.length;
      const [a, b] = [spikesOf(times), spikesOf(times)];
      if (isShifted) b.timesMs[index] = b.timesMs[index]! * (1 + Number.EPSILON) + 2 ** -1060;
      else b.cells[index]! += 1;
      expect(firstSpikeDifference(blocksOf(a, blockSize), [b])).toEqual({
        index,
        a: { timeMs: times[index], cell: index % 7 },
        b: { timeMs: b.timesMs[index], cell: b.cells[index] },
      });
    }),
  );
});

test("a sequence that goes on differs at the other's end", () => {
  const [short, long] = [spikesOf([1, 2]), spikesOf([1, 2, 3])];
  const third = { timeMs: 3, cell: 2 };
  expect(firstSpikeDifference([short], [long])).toEqual({ index: 2, a: null, b: third });
  expect(firstSpikeDifference([long], [short])).toEqual({ index: 2, a: third, b: null });
  expect(firstSpikeDifference([], [])).toBeNull();
});

test("nothing is read beyond the difference", () => {
  function* withTrap(first: Spikes): Generator<Spikes> {
    yield first;
    throw new Error("read too far");
  }
  const difference = firstSpikeDifference(withTrap(spikesOf([1, 2])), withTrap(spikesOf([1, 3])));
  expect(difference?.index).toBe(1);
});

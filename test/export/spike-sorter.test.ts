import fc from "fast-check";
import { expect, it } from "vitest";
import { SpikeSorter } from "../../src/export/spike-sorter.ts";

it("puts each cell's spikes one after the other, whatever the batches and blocks", () => {
  const cells = fc.array(fc.nat({ max: 4 }), { maxLength: 80 });
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 30 }), check),
  );
});

function check(cells: number[], batch: number, block: number): void {
  const timesMs = Float64Array.from(cells, (_, k) => k);
  const places = new Float64Array(cells.length).fill(-1);
  let writes = 0;
  const counts = [0, 1, 2, 3, 4].map((cell) => cells.filter((one) => one === cell).length);
  const write = (first: number, values: Float64Array) => {
    writes++;
    places.set(values, first);
  };
  const sorter = new SpikeSorter(counts, write, batch);
  for (let at = 0; at < cells.length; at += block) {
    const end = at + block;
    const part = Uint32Array.from(cells.slice(at, end));
    sorter.add({ timesMs: timesMs.slice(at, end), cells: part });
  }
  sorter.finish();
  const expected = [0, 1, 2, 3, 4].flatMap((cell) =>
    [...timesMs].filter((timeMs) => cells[timeMs] === cell),
  );
  expect([...places]).toEqual(expected);
  // Never more writes than cells per batch: of many spikes, most are written together.
  expect(writes).toBeLessThanOrEqual(5 * Math.ceil(cells.length / batch));
}

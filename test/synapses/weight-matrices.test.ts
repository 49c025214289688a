import { expect, test } from "vitest";
import { GainError } from "../../src/synapses/plastic-gains.ts";
import { weightMatrices } from "../../src/synapses/weight-matrices.ts";

/** Two E cells, one FS cell, and one cell of another E population. */
const populations = [
  { cellClass: "E", firstCell: 0, cellCount: 2 },
  { cellClass: "FS", firstCell: 2, cellCount: 1 },
  { cellClass: "E", firstCell: 3, cellCount: 1 },
] as const;

/** 0→1, 0→2, 1→0, 1→3, 2→0, 2→3, 3→2. */
const synapses = {
  presynaptic: Uint32Array.of(0, 0, 1, 1, 2, 2, 3),
  postsynaptic: Uint32Array.of(1, 2, 0, 3, 0, 3, 2),
  fastWeightMv: Float64Array.of(2, 3, 4, 5, 6, 7, 8),
};
const gains = Float64Array.of(1.5, 1, 0.5, 2, 1, 1, 1);

test("counts, mean gains and weights stand at sender's row and receiver's column", () => {
  const [matrices] = weightMatrices(synapses, populations, [{ timeMs: 20, gains }]);
  expect(matrices!.timeMs).toBe(20);
  expect([...matrices!.synapseCount]).toEqual([2, 1, 1, 1, 0, 1, 0, 1, 0]);
  expect([...matrices!.meanGain]).toEqual([1, 1, 2, 1, NaN, 1, NaN, 1, NaN]);
  expect([...matrices!.totalWeightMv]).toEqual([5, 3, 10, 6, 0, 7, 0, 8, 0]);
  expect([...matrices!.meanWeightMv]).toEqual([2.5, 3, 10, 6, NaN, 7, NaN, 8, NaN]);
});

test("scale factors multiply excitation and divide inhibition of E cells, the reverse of I cells", () => {
  const scaleFactor = Float64Array.of(2, 4, 5, 10);
  const [matrices] = weightMatrices(synapses, populations, [{ timeMs: 0, gains, scaleFactor }]);
  expect([...matrices!.totalWeightMv]).toEqual([
    2 * 1.5 * 4 + 4 * 0.5 * 2,
    3 / 5,
    5 * 2 * 10,
    6 / 2,
    0,
    7 / 10,
    0,
    8 / 5,
    0,
  ]);
  // Gains are the same with and without scaling.
  expect(matrices!.meanGain[0]).toBe(1);
});

test("synapses of deleted cells are gone, one snapshot after the other", () => {
  function* snapshots() {
    yield { timeMs: 0, gains };
    yield { timeMs: 10, gains, alive: Uint8Array.of(1, 1, 1, 0) };
    yield { timeMs: 20, gains, alive: Uint8Array.of(1, 0, 0, 0) };
  }
  const counts = weightMatrices(synapses, populations, snapshots()).map((m) => [...m.synapseCount]);
  expect(counts[0]!.reduce((sum, count) => sum + count, 0)).toBe(7);
  expect(counts[1]).toEqual([2, 1, 0, 1, 0, 0, 0, 0, 0]);
  expect(counts[2]).toEqual(Array(9).fill(0));
});

test("cells of no population are left out", () => {
  const [matrices] = weightMatrices(synapses, populations.slice(0, 2), [{ timeMs: 0, gains }]);
  expect([...matrices!.synapseCount]).toEqual([2, 1, 1, 0]);
});

test("gains of other synapses are refused", () => {
  const wrong = [{ timeMs: 3, gains: new Float64Array(6) }];
  expect(() => weightMatrices(synapses, populations, wrong)).toThrow(GainError);
  expect(() => weightMatrices(synapses, populations, wrong)).toThrow("6 gains at 3 ms");
});

import { expect, it } from "vitest";
import { effectiveSynapses } from "../../src/synapses/effective-weights.ts";
import { recurrentGain, synapticInput } from "../../src/synapses/synaptic-input.ts";

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
const snapshot = {
  timeMs: 0,
  gains: Float64Array.of(1.5, 1, 0.5, 2, 1, 1, 1),
  scaleFactor: Float64Array.of(2, 4, 1, 10),
};
const ratesHz = Float64Array.of(1, 2, 10, 3);

it("sums weights, plain and times rates, of each cell, apart for excitation and inhibition", () => {
  const effective = effectiveSynapses(synapses, populations, snapshot);
  const input = synapticInput(effective, populations, ratesHz);
  expect([...input.excitatoryMv]).toEqual([4 * 0.5 * 2, 2 * 1.5 * 4, 3 + 8, 5 * 2 * 10]);
  expect([...input.inhibitoryMv]).toEqual([6 / 2, 0, 0, 7 / 10]);
  expect([...input.excitatoryMvPerS]).toEqual([2 * 4, 12, 3 + 3 * 8, 2 * 100]);
  expect([...input.inhibitoryMvPerS]).toEqual([10 * 3, 0, 0, 7]);
});

it("leaves out deleted cells, and takes synapses between columns as they are", () => {
  const between = {
    presynaptic: Uint32Array.of(3),
    postsynaptic: Uint32Array.of(0),
    fastWeightMv: Float64Array.of(0.25),
  };
  const alive = Uint8Array.of(1, 0, 1, 1);
  const effective = effectiveSynapses(synapses, populations, { ...snapshot, alive }, between);
  const input = synapticInput(effective, populations, ratesHz);
  expect([...input.excitatoryMv]).toEqual([0.25, 0, 11, 0]);
  expect([...input.inhibitoryMv]).toEqual([3, 0, 0, 0.7]);
});

it("has the recurrent gain of loops: the geometric mean of their weights over threshold", () => {
  const ring = {
    presynaptic: Uint32Array.of(0, 1, 3, 0, 2),
    postsynaptic: Uint32Array.of(1, 3, 0, 2, 0),
    weightsMv: Float64Array.of(5, 10, 20, 0, 40),
  };
  const distanceMv = Float64Array.of(20, 10, 5, 40);
  const open = recurrentGain(ring, populations, distanceMv);
  expect(open.excitatory.radius).toBeCloseTo(Math.cbrt((5 / 10) * (10 / 40) * (20 / 20)), 3);
  expect(open.all.radius).toBeCloseTo(open.excitatory.radius, 3);
  // E to I to E: a pair of imaginary eigenvalues.
  const loop = { ...ring, weightsMv: Float64Array.of(0, 0, 0, 10, 40) };
  const closed = recurrentGain(loop, populations, distanceMv);
  expect(closed.excitatory.radius).toBe(0);
  expect(closed.all.radius).toBeCloseTo(Math.sqrt((10 / 5) * (40 / 20)), 3);
});

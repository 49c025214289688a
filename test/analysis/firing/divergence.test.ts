import { expect, it } from "vitest";
import { spikeDivergence } from "../../../src/analysis/firing/divergence.ts";
import { IntervalError } from "../../../src/analysis/firing/interval.ts";
import type { Spikes } from "../../../src/analysis/firing/spikes.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

const spikes = (...list: readonly (readonly [timeMs: number, cell: number])[]): Spikes => ({
  timesMs: Float64Array.from(list, ([timeMs]) => timeMs),
  cells: Uint32Array.from(list, ([, cell]) => cell),
});

/** The same spikes in blocks of some. */
const blocks = ({ timesMs, cells }: Spikes, size: number): Spikes[] =>
  Array.from({ length: Math.ceil(cells.length / size) }, (_, k) => ({
    timesMs: timesMs.subarray(k * size, (k + 1) * size),
    cells: cells.subarray(k * size, (k + 1) * size),
  }));

const bins = { startMs: 10, endMs: 50, binMs: 10 };

it("counts by hand, in windows of 5 ms within each bin", () => {
  const a = spikes([2, 0], [11, 0], [12, 1], [22, 0], [31, 2], [33, 2]);
  // Equal but for one cell; the same spike in the next window; none; a spike less, and one after the end.
  const b = spikes([3, 5], [13, 0], [14, 3], [27, 0], [32, 2], [50, 1]);
  const { edgesMs, divergence } = spikeDivergence([a], [b], bins);
  expect([...edgesMs]).toEqual([10, 20, 30, 40, 50]);
  expect([...divergence]).toEqual([2 / 4, 2 / 2, 1 / 3, Number.NaN]);
});

it("is 0 for equal trains in whatever blocks, and 1 for trains of other cells", () => {
  const a = poissonSpikes({ cellCount: 20, rateHz: 10, durationMs: 4000, seed: 1 });
  const other = { ...a, cells: a.cells.map((cell) => cell + 20) };
  const wide = { startMs: 0, endMs: 4000, binMs: 1000 };
  expect([...spikeDivergence(blocks(a, 7), blocks(a, 100), wide).divergence]).toEqual([0, 0, 0, 0]);
  expect([...spikeDivergence([a], blocks(other, 3), wide).divergence]).toEqual([1, 1, 1, 1]);
});

it("has the expectation of independent Poisson trains", () => {
  const [a, b] = [1, 2].map((seed) =>
    poissonSpikes({ cellCount: 200, rateHz: 40, durationMs: 20_000, seed }),
  );
  const { divergence } = spikeDivergence([a!], [b!], { startMs: 0, endMs: 20_000, binMs: 20_000 });
  // exp(−0.4) (I₀(0.4) + I₁(0.4)): 0.2 spikes a window of 5 ms.
  expect(divergence[0]).toBeCloseTo(Math.exp(-0.4) * (1.040401782 + 0.204026756), 2);
});

it("refuses windows and bins of no width", () => {
  for (const wrong of [{ windowMs: 0 }, { binMs: 0 }, { endMs: 10 }, { windowMs: Number.NaN }]) {
    expect(() => spikeDivergence([], [], { ...bins, ...wrong })).toThrow(IntervalError);
  }
});

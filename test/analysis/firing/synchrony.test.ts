import { expect, test } from "vitest";
import { IntervalError } from "../../../src/analysis/firing/interval.ts";
import type { Spikes } from "../../../src/analysis/firing/spikes.ts";
import { PopulationSynchrony } from "../../../src/analysis/firing/synchrony.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

const range = (count: number) => Uint32Array.from({ length: count }, (_, cell) => cell);

function synchronyOf(spikes: Spikes, cellCount: number, endMs: number, binMs: number) {
  const synchrony = new PopulationSynchrony(range(cellCount), { startMs: 0, endMs, binMs });
  for (let k = 0; k < spikes.cells.length; k += 999) {
    synchrony.add({
      timesMs: spikes.timesMs.subarray(k, k + 999),
      cells: spikes.cells.subarray(k, k + 999),
    });
  }
  return synchrony.result();
}

/** Every spike given to `copies` cells: those of cell c to c copies, c copies + 1, … */
const copied = ({ timesMs, cells }: Spikes, copies: number): Spikes => ({
  timesMs: Float64Array.from(repeated(timesMs, copies)),
  cells: Uint32Array.from(repeated(cells, copies), (cell, k) => cell * copies + (k % copies)),
});

const repeated = (values: Float64Array | Uint32Array, copies: number) =>
  [...values].flatMap((value) => Array<number>(copies).fill(value));

test("two cells with counts 1 0 and 0 1 are as far from synchrony as can be", () => {
  const spikes = { timesMs: Float64Array.of(0.5, 1.5), cells: Uint32Array.of(0, 1) };
  expect(synchronyOf(spikes, 2, 2, 1)).toEqual({
    chi: 0,
    independentChi: 1 / Math.sqrt(2),
    fanoFactor: 0,
    cellCount: 2,
    binCount: 2,
  });
});

test("no cells are neither synchronous nor independent", () => {
  const spikes = { timesMs: new Float64Array(0), cells: new Uint32Array(0) };
  const { chi, independentChi } = synchronyOf(spikes, 0, 4, 1);
  expect([chi, independentChi]).toEqual([Number.NaN, Number.NaN]);
});

test("counts 2 0 0 0 and 1 1 0 0: by hand", () => {
  const spikes = {
    timesMs: Float64Array.of(0.1, 0.2, 0.3, 1.5),
    cells: Uint32Array.of(0, 1, 0, 1),
  };
  // Variances 3/4 and 1/4; counts of both 3 1 0 0, of variance 3/2 and mean 1.
  const { chi, fanoFactor } = synchronyOf(spikes, 2, 4, 1);
  expect(chi ** 2).toBeCloseTo(3 / 2 / 4 / (1 / 2), 12);
  expect(fanoFactor).toBeCloseTo(3 / 2, 12);
});

test("independent Poisson cells have χ of 1 / √N and a Fano factor of 1", () => {
  const spikes = poissonSpikes({ cellCount: 100, rateHz: 5, durationMs: 100_000, seed: 21 });
  const { chi, independentChi, fanoFactor } = synchronyOf(spikes, 100, 100_000, 10);
  expect(independentChi).toBe(0.1);
  // 10 000 bins: variances are good to √(2 / 10 000) = 1.4 %, χ to half of that.
  expect(Math.abs(chi / 0.1 - 1)).toBeLessThan(0.03);
  expect(Math.abs(fanoFactor - 1)).toBeLessThan(0.05);
});

test("cells that fire as one have χ of 1, and k such assemblies 1 / √k", () => {
  const spikes = poissonSpikes({ cellCount: 4, rateHz: 5, durationMs: 50_000, seed: 22 });
  const one = { timesMs: spikes.timesMs, cells: new Uint32Array(spikes.cells.length) };
  expect(synchronyOf(copied(one, 10), 10, 50_000, 10).chi).toBeCloseTo(1, 12);
  const { chi, fanoFactor } = synchronyOf(copied(spikes, 10), 40, 50_000, 10);
  expect(Math.abs(chi * 2 - 1)).toBeLessThan(0.05);
  expect(Math.abs(fanoFactor / 10 - 1)).toBeLessThan(0.1);
});

test("silence has neither, and bins without width are refused", () => {
  const silent = { timesMs: new Float64Array(0), cells: new Uint32Array(0) };
  expect(synchronyOf(silent, 3, 100, 10)).toMatchObject({ chi: NaN, fanoFactor: NaN });
  expect(() => synchronyOf(silent, 3, 100, 0)).toThrow(IntervalError);
});

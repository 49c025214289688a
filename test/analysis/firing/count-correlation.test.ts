import { expect, test } from "vitest";
import {
  CountCorrelation,
  evenlySpacedCells,
} from "../../../src/analysis/firing/count-correlation.ts";
import { IntervalError } from "../../../src/analysis/firing/interval.ts";
import type { Spikes } from "../../../src/analysis/firing/spikes.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

const bins = { startMs: 0, endMs: 4, binMs: 1 };

const correlationOf = (spikes: Spikes, cells: readonly number[], of = bins) => {
  const correlation = new CountCorrelation(Uint32Array.from(cells), of);
  correlation.add(spikes);
  return correlation.result();
};

test("counts 1 0 1 0 against 1 1 0 0 are uncorrelated, against 0 1 0 1 opposed", () => {
  const spikes: Spikes = {
    timesMs: Float64Array.of(0.1, 0.2, 1.1, 1.5, 2.5, 3.9),
    cells: Uint32Array.of(9, 4, 4, 6, 9, 6),
  };
  expect(correlationOf(spikes, [9, 4]).mean).toBe(0);
  expect(correlationOf(spikes, [9, 6]).mean).toBe(-1);
  const all = correlationOf(spikes, [9, 4, 6]);
  expect(all.mean).toBeCloseTo(-1 / 3, 12);
  expect(all.pairCount).toBe(3);
  // A silent cell's counts do not vary.
  expect(correlationOf(spikes, [9, 4, 1]).pairCount).toBe(1);
});

test("spikes outside the whole bins do not count", () => {
  const spikes: Spikes = {
    timesMs: Float64Array.of(-1, 0, 0.5, 2, 2.2, 4.1),
    cells: Uint32Array.of(0, 0, 1, 0, 1, 0),
  };
  const result = correlationOf(spikes, [0, 1], { startMs: 0, endMs: 4.5, binMs: 1 });
  expect(result).toMatchObject({ mean: 1, binCount: 4 });
});

test("independent Poisson cells are uncorrelated, doubled spikes correlated by 1", () => {
  const spikes = poissonSpikes({ cellCount: 10, rateHz: 20, durationMs: 200_000, seed: 11 });
  const interval = { startMs: 0, endMs: 200_000, binMs: 50 };
  const ten = Array.from({ length: 10 }, (_, cell) => cell);
  const { mean, standardDeviation, pairCount } = correlationOf(spikes, ten, interval);
  expect(pairCount).toBe(45);
  // One pair's correlation has a standard error of 1 / √4000.
  expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(4000 * 45));
  expect(standardDeviation * Math.sqrt(4000)).toBeGreaterThan(0.6);
  expect(standardDeviation * Math.sqrt(4000)).toBeLessThan(1.4);

  const doubled: Spikes = {
    timesMs: Float64Array.from([...spikes.timesMs].flatMap((timeMs) => [timeMs, timeMs])),
    cells: Uint32Array.from([...spikes.cells].flatMap((cell) => [cell, cell + 10])),
  };
  expect(correlationOf(doubled, [3, 13], interval).mean).toBeCloseTo(1, 12);
});

test("the last bin counts before it has ended, and goes on afterwards", () => {
  const timesMs = Float64Array.of(0.1, 0.2, 0.3, 2.1, 2.2, 2.3, 2.4, 3.5);
  const cells = Uint32Array.of(0, 1, 0, 1, 0, 0, 1, 1);
  const correlation = new CountCorrelation(Uint32Array.of(0, 1), bins);
  const results = Array.from(cells, (_, k) => {
    correlation.add({ timesMs: timesMs.subarray(k, k + 1), cells: cells.subarray(k, k + 1) });
    return correlation.result().mean;
  });
  // Counts of 2 0 0 0 and 1 0 0 0, then of 2 0 1 0 and 1 0 1 0, at last of 2 0 2 0 and 1 0 2 1.
  expect(results[2]).toBe(1);
  expect(results[4]).toBeCloseTo(6 / Math.sqrt(11 * 4), 12);
  expect(results[7]).toBeCloseTo(8 / Math.sqrt(16 * 8), 12);
});

test("bins without width, and empty intervals, are refused", () => {
  expect(() =>
    correlationOf(poissonSpikes({ cellCount: 1, rateHz: 1, durationMs: 1, seed: 1 }), [0], {
      ...bins,
      binMs: 0,
    }),
  ).toThrow(IntervalError);
  expect(() => new CountCorrelation(Uint32Array.of(0), { ...bins, endMs: 0 })).toThrow(
    IntervalError,
  );
});

test("evenly spaced cells are spread over all", () => {
  const cells = Uint32Array.from({ length: 100 }, (_, k) => 3 * k);
  expect([...evenlySpacedCells(cells, 4)]).toEqual([0, 75, 150, 225]);
  expect(evenlySpacedCells(cells, 100)).toEqual(cells);
});

import { expect, test } from "vitest";
import { InterspikeIntervals } from "../../../src/analysis/firing/interspike-intervals.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

const cells = Uint32Array.of(0, 1, 2, 3);

test("regular spikes have CV 0 and a single interval", () => {
  const intervals = new InterspikeIntervals(1, [Uint32Array.of(0)]);
  const timesMs = Float64Array.from({ length: 50 }, (_, k) => 8 * k);
  intervals.add({ timesMs, cells: new Uint32Array(50) });
  expect([...intervals.variation(Uint32Array.of(0))]).toEqual([0]);
  const { count, mean, quantiles } = intervals.distribution(0).summary();
  expect({ count, mean, median: quantiles.median }).toEqual({ count: 49, mean: 8, median: 8 });
});

test("intervals 1 and 3 in turn have mean 2 and CV 1 / 2", () => {
  const intervals = new InterspikeIntervals(1, [Uint32Array.of(0)]);
  const timesMs = Float64Array.from({ length: 4001 }, (_, k) => 2 * k - (k % 2));
  intervals.add({ timesMs, cells: new Uint32Array(4001) });
  // 2 (3 − 1) / (3 + 1) between any two.
  expect(intervals.cv2(cells.subarray(0, 1))[0]).toBeCloseTo(1, 12);
  // The sample's deviation, on n − 1.
  expect(intervals.variation(cells.subarray(0, 1))[0]).toBeCloseTo(Math.sqrt(4000 / 3999) / 2, 12);
});

test("Poisson spikes have CV 1, whether added at once or block by block", () => {
  const spikes = poissonSpikes({ cellCount: 4, rateHz: 20, durationMs: 1e6, seed: 7 });
  const [whole, parts] = [0, 1].map(() => new InterspikeIntervals(4, [cells]));
  whole!.add(spikes);
  for (let k = 0; k < spikes.cells.length; k += 1000) {
    parts!.add({
      timesMs: spikes.timesMs.subarray(k, k + 1000),
      cells: spikes.cells.subarray(k, k + 1000),
    });
  }
  const variation = whole!.variation(cells);
  expect(variation).toHaveLength(4);
  for (const cv of variation) expect(Math.abs(cv - 1)).toBeLessThan(0.03);
  for (const cv2 of whole!.cv2(cells)) expect(Math.abs(cv2 - 1)).toBeLessThan(0.03);
  expect(parts!.cv2(cells)).toEqual(whole!.cv2(cells));
  expect(parts!.variation(cells)).toEqual(variation);
  expect(parts!.spikeCounts).toEqual(whole!.spikeCounts);
  const { mean, quantiles } = whole!.distribution(0).summary();
  expect(Math.abs(mean / 50 - 1)).toBeLessThan(0.02);
  expect(Math.abs(quantiles.median / (50 * Math.LN2) - 1)).toBeLessThan(0.05);
});

test("a step of the rate raises CV and leaves CV2", () => {
  const [slow, fast] = [5, 50].map((rateHz) =>
    poissonSpikes({ cellCount: 4, rateHz, durationMs: 4e5, seed: rateHz }),
  );
  const intervals = new InterspikeIntervals(4, [cells]);
  intervals.add(slow!);
  intervals.add({ ...fast!, timesMs: fast!.timesMs.map((timeMs) => timeMs + 4e5) });
  for (const cv of intervals.variation(cells)) expect(cv).toBeGreaterThan(1.5);
  for (const cv2 of intervals.cv2(cells)) expect(Math.abs(cv2 - 1)).toBeLessThan(0.03);
});

test("cells with fewer than five intervals have no CV", () => {
  const intervals = new InterspikeIntervals(2, [cells.subarray(0, 2)]);
  intervals.add({
    timesMs: Float64Array.of(0, 0, 1, 1, 2, 2, 4, 4, 5, 5, 9),
    cells: Uint32Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0),
  });
  expect(intervals.variation(cells.subarray(0, 2))).toHaveLength(1);
});

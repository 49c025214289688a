import { expect, test } from "vitest";
import { IntervalError } from "../../../src/analysis/firing/interval.ts";
import { spikeRaster } from "../../../src/analysis/firing/spike-raster.ts";

const populations = [
  { cellClass: "E", firstCell: 0, cellCount: 2 },
  { cellClass: "FS", firstCell: 2, cellCount: 1 },
] as const;

const spikes = {
  timesMs: Float64Array.of(5, 15, 15, 25),
  cells: Uint32Array.of(0, 1, 2, 2),
};

test("a raster has the interval's spikes and the rates of both classes", () => {
  const raster = spikeRaster(spikes, populations, { startMs: 10, endMs: 30 }, { binMs: 10 });
  expect([...raster.spikes].flatMap(({ timesMs }) => [...timesMs])).toEqual([15, 15, 25]);
  expect(raster.spikeCount).toBe(3);
  expect([...raster.edgesMs]).toEqual([10, 20, 30]);
  expect([...raster.excitatoryHz]).toEqual([50, 0]);
  expect([...raster.inhibitoryHz]).toEqual([100, 100]);
});

test("spikes may come in blocks, which are read as often as the raster is", () => {
  const blocks = [0, 1, 2, 3].map((k) => ({
    timesMs: spikes.timesMs.subarray(k, k + 1),
    cells: spikes.cells.subarray(k, k + 1),
  }));
  const shown = { startMs: 10, endMs: 30 };
  const raster = spikeRaster(blocks, populations, shown, { binMs: 5 });
  const whole = spikeRaster(spikes, populations, shown, { binMs: 5 });
  const cells = () => [...raster.spikes].flatMap((block) => [...block.cells]);
  expect(cells()).toEqual([1, 2, 2]);
  expect(cells()).toEqual([1, 2, 2]);
  expect(raster.excitatoryHz).toEqual(whole.excitatoryHz);
  expect(raster.inhibitoryHz).toEqual(whole.inhibitoryHz);
});

test("rates are per living cell", () => {
  const deathTimesMs = Float64Array.of(5, Infinity, Infinity);
  const options = { binMs: 20, deathTimesMs };
  const raster = spikeRaster(spikes, populations, { startMs: 10, endMs: 30 }, options);
  expect([...raster.excitatoryHz]).toEqual([50]);
});

test.each([
  [60, 1],
  [1000, 5],
  [20_000, 100],
  [60_000, 200],
  [9_600_000, 50_000],
  [160_000_000, 1_000_000],
])("an interval of %d ms gets bins of %d ms", (durationMs, binMs) => {
  const raster = spikeRaster(spikes, populations, { startMs: 0, endMs: durationMs });
  expect(raster.edgesMs[1]! - raster.edgesMs[0]!).toBe(binMs);
});

test("an empty interval is refused", () => {
  expect(() => spikeRaster(spikes, populations, { startMs: 5, endMs: 5 })).toThrow(IntervalError);
});

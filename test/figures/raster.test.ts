import { expect, test } from "vitest";
import { spikeRaster } from "../../src/analysis/firing/spike-raster.ts";
import { rasterFigure } from "../../src/figures/raster.ts";
import { cellCount, document, periods, regularSpikes, smallColumn } from "./small-column.ts";

const rasterOf = (durationMs: number, spikesMs = durationMs) =>
  rasterFigure(
    {
      ...spikeRaster(regularSpikes(spikesMs), smallColumn, { startMs: 0, endMs: durationMs }),
      populations: smallColumn,
      periods,
    },
    { document, title: "Raster <of> a small column" },
  );

test("a raster of few spikes", async () => {
  const figure = rasterOf(2000);
  await expect(figure.svg).toMatchFileSnapshot("snapshots/raster.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Spikes of 48 cells from 0 to 2 s, coloured by population. Above: firing rates of the excitatory (E) and inhibitory (I) cells, per living cell, in bins of 10 ms. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, recall 1.5 to 2 s, scaling on 0.5 to 2 s."`,
  );
});

test("the same data give the same picture, in a document that stays empty", () => {
  expect(rasterOf(2000).svg).toBe(rasterOf(2000).svg);
  expect(document.documentElement.children.length).toBe(0);
});

test("few spikes are drawn as a line each, many as one image", () => {
  const lines = (svg: string) => svg.match(/M[\d.]+ [\d.-]+v/g)?.length ?? 0;
  const images = (svg: string) => svg.match(/<image /g)?.length ?? 0;
  const few = rasterOf(2000);
  expect(lines(few.svg)).toBe(few.tables[0]!.columns[0]!.values.length);
  expect(images(few.svg)).toBe(0);
  const many = rasterOf(20_000);
  expect(many.tables[0]!.columns[0]!.values.length).toBeGreaterThan(5000);
  expect(lines(many.svg)).toBe(0);
  expect(images(many.svg)).toBe(1);
  expect(many.svg).toContain('href="data:image/png;base64,');
});

test("the tables hold the spikes and the rates that were drawn", () => {
  const [spikes, rates] = rasterOf(1000, 2000).tables;
  const all = regularSpikes(2000);
  const end = all.timesMs.findIndex((timeMs) => timeMs >= 1000);
  expect(spikes!.columns.map(({ name }) => name)).toEqual(["time_ms", "cell"]);
  expect(spikes!.columns[0]!.values).toEqual(all.timesMs.subarray(0, end));
  expect(spikes!.columns[1]!.values).toEqual(all.cells.subarray(0, end));
  expect(rates!.columns.map(({ name }) => name)).toEqual([
    "start_ms",
    "end_ms",
    "excitatory_hz",
    "inhibitory_hz",
  ]);
  expect(new Set(rates!.columns.map(({ values }) => values.length))).toEqual(new Set([200]));
});

test("an interval without spikes is a raster without marks", () => {
  const figure = rasterOf(2000, 0);
  expect(figure.svg).not.toMatch(/<image |NaN|undefined/);
  expect(figure.caption).toContain(`Spikes of ${cellCount} cells`);
});

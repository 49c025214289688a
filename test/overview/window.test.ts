import { expect, it } from "vitest";
import { binWidthsMs, codeCounts, countCode, widthWithin } from "../../src/overview/bins.ts";
import { Overview } from "../../src/overview/reader.ts";
import { type Bins, type OverviewedRun, spikeWindow } from "../../src/overview/window.ts";
import { DamagedFileError } from "../../src/recording/errors.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { eventfulRecord, overviewOf } from "./overviewed-run.ts";

const store = eventfulRecord();
const run = new RunReader(store);
const { overview, done, bytes } = overviewOf(store);
const whole: OverviewedRun = { run, overview, startMs: 0, endMs: Infinity };

/** Counts of cells and populations, spike by spike. */
function counted({ binMs, firstBin, endBin }: Bins, untilMs = Infinity) {
  const counts = new Uint16Array((endBin - firstBin) * 6);
  const sums = new Uint32Array((endBin - firstBin) * 3);
  const { timesMs, cells } = run.spikes();
  for (const [k, cell] of cells.entries()) {
    const bin = Math.floor(timesMs[k]! / binMs) - firstBin;
    if (bin < 0 || bin >= endBin - firstBin || timesMs[k]! >= untilMs) continue;
    counts[bin * 6 + cell]!++;
    sums[bin * 3 + [0, 0, 0, 1, 1, 2][cell]!]!++;
  }
  return { counts, sums };
}

it("stores chunks of many spikes only, and counts the others from the record", () => {
  const levels = new Map(overview.head.levels.map(({ binMs, chunks }) => [binMs, chunks]));
  expect(levels.get(20)).toEqual([]);
  expect(levels.get(500)).toEqual([1]);
  expect(levels.get(2000)).toEqual([0]);
  expect(done.at(-1)).toBe(1);
});

it.each([
  [0.2, 900_000, 901_000],
  [100, 0, 4000],
  [500, 0, 800],
  [500, 255, 513],
  [500, 300, 301],
  [2000, 0, 200],
  [10_000, 0, 40],
])("shows each spike once in bins of %d ms, %d to %d", (binMs, firstBin, endBin) => {
  const bins = { binMs, firstBin, endBin };
  const window = spikeWindow([whole], bins);
  const expected = counted(bins);
  expect(window.sums).toEqual(expected.sums);
  for (const [k, count] of window.counts.entries()) {
    const exact = expected.counts[k]!;
    expect(Math.abs(count - exact)).toBeLessThanOrEqual(exact < 64 ? 0 : 0.032 * exact);
  }
});

it("ends the past where a run branches off, and goes on with the branch", () => {
  const bins = { binMs: 500, firstBin: 300, endBin: 500 };
  const past = { ...whole, endMs: 200_123 };
  expect(spikeWindow([past], bins).sums).toEqual(counted(bins, 200_123).sums);
  const both = spikeWindow([past, { ...whole, startMs: 200_123 }], bins);
  expect(both.sums).toEqual(counted(bins).sums);
});

it("has the headers of the record's files, by which blocks are found without reading them", () => {
  const headers = overview.headers(runFiles.spikes);
  expect(headers.size).toBe(1 + Math.ceil(run.spikeCount / 8192));
  for (const [offset, header] of headers) {
    expect(header).toEqual(store.read(runFiles.spikes, offset, header.length));
  }
});

it("has the mean time courses of living excitatory cells", () => {
  const { samples, gains } = overview;
  expect([...samples.timeMs]).toEqual([0, 100_000, 200_000]);
  const { alive, scaleFactor } = run.sample(1);
  const living = [0, 1, 2].filter((cell) => alive[cell]);
  const mean = living.reduce((sum, cell) => sum + scaleFactor[cell]!, 0) / living.length;
  expect(samples.scaleMean[1]).toBeCloseTo(mean, 12);
  expect(samples.livingE[1]).toBe(living.length);
  // Of the four synapses, only the first is between excitatory cells.
  expect([[...gains.timeMs], [...gains.gainMean]]).toEqual([
    [0, 300_000],
    [1, 3],
  ]);
});

it("refuses what is no overview", () => {
  const changed = bytes.slice();
  changed[16] = 99;
  for (const wrong of [changed, new Uint8Array(4), bytes.subarray(0, 100)]) {
    expect(() => new Overview((at, length) => wrong.slice(at, at + length))).toThrow(
      DamagedFileError,
    );
  }
});

it("keeps counts to 3 % in a byte, and finds the width of bins for a pixel", () => {
  for (let count = 0; count < 200_000; count += 1 + (count >> 7)) {
    const kept = codeCounts[countCode(count)]!;
    expect(Math.abs(kept - count)).toBeLessThanOrEqual(count < 64 ? 0 : 0.032 * count);
  }
  expect([0.001, 1, 4.9, 160_000].map(widthWithin)).toEqual([0.01, 1, 1, 50_000]);
  for (const [k, width] of binWidthsMs.entries()) {
    const factor = width / (binWidthsMs[k - 1] ?? width);
    expect(Math.abs(factor - Math.round(factor))).toBeLessThan(1e-9);
  }
});

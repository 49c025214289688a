import { expect, it } from "vitest";
import type { Spikes } from "../../src/analysis/firing/spikes.ts";
import {
  PopulationSpectraEstimator,
  type PopulationSpectraOptions,
} from "../../src/spectra/population-power.ts";
import { modulatedSpikes } from "../analysis/synthetic-spikes.ts";

const cells = Uint32Array.of(0, 1, 2);
const interval = { startMs: 1000, endMs: 41_000 };

const populationSpectra = (
  blocks: Iterable<Spikes>,
  groups: readonly Uint32Array[],
  { startMs, endMs }: typeof interval,
  options?: PopulationSpectraOptions,
) => new PopulationSpectraEstimator({ startMs, endMs }, options).spectra(blocks, groups, startMs);

const spikesOf = (rateHz: number, modulationHz: number, depth: number) =>
  modulatedSpikes({ rateHz, modulationHz, depth, interval, seed: 7 });

it("finds the frequency at which a rate swings", () => {
  const spikes = spikesOf(400, 23.2, 0.8);
  const { frequenciesHz, normalisedPower } = populationSpectra([spikes], [cells], interval);
  const [power] = normalisedPower;
  const peak = power!.indexOf(Math.max(...power!));
  expect(Math.abs(frequenciesHz[peak]! - 23.2)).toBeLessThanOrEqual(0.5);
});

it("spreads the power of unmodulated spikes evenly, with a sum of 1", () => {
  const spikes = spikesOf(400, 1, 0);
  const { frequenciesHz, normalisedPower } = populationSpectra([spikes], [cells], interval, {
    bandHz: 10,
  });
  const widthHz = frequenciesHz[1]! - frequenciesHz[0]!;
  const sum = normalisedPower[0]!.reduce((total, power) => total + power * widthHz, 0);
  expect(sum).toBeCloseTo(1, 9);
  for (const power of normalisedPower[0]!) expect(power).toBeCloseTo(0.01, 2);
});

it("counts each group's spikes, whatever the blocks they come in", () => {
  const { timesMs } = spikesOf(200, 11, 0.5);
  const both = { timesMs, cells: Uint32Array.from(timesMs, (_, k) => k % 2) };
  const blocks = [0, 1, 2, 3].map((quarter) => {
    const from = Math.floor((timesMs.length * quarter) / 4);
    const to = Math.floor((timesMs.length * (quarter + 1)) / 4);
    return { timesMs: timesMs.subarray(from, to), cells: both.cells.subarray(from, to) };
  });
  const groups = [Uint32Array.of(0), Uint32Array.of(1)];
  const whole = populationSpectra([both], groups, interval);
  expect(populationSpectra(blocks, groups, interval)).toEqual(whole);
  expect(whole.normalisedPower[0]).not.toEqual(whole.normalisedPower[1]);
});

it("gives no power where nothing fires", () => {
  const silent = { timesMs: new Float64Array(0), cells: new Uint32Array(0) };
  const { normalisedPower } = populationSpectra([silent], [cells], interval);
  expect(Math.max(...normalisedPower[0]!)).toBe(0);
});

it("gives limits about the normalised power, narrower in wider bands", () => {
  const spikes = spikesOf(400, 23.2, 0.8);
  const [narrow, wide] = [0.5, 10].map((bandHz) => {
    const spectra = populationSpectra([spikes], [cells], interval, { bandHz });
    const [power, { lower, upper }] = [spectra.normalisedPower[0]!, spectra.limits[0]!];
    const ratios = power.map((value, band) => {
      expect(lower[band]).toBeLessThan(value);
      return upper[band]! / value;
    });
    return ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length;
  });
  expect(narrow).toBeGreaterThan(3 * wide!);
  expect(wide).toBeGreaterThan(0.01);
});

it("gives each of several stretches the spectra that it has alone", () => {
  const spikes = spikesOf(200, 11, 0.5);
  const parts = [1000, 11_000].map((startMs) => ({ startMs, endMs: startMs + 10_000 }));
  const estimator = new PopulationSpectraEstimator(parts[0]!);
  const found = parts.map(({ startMs }) => estimator.spectra([spikes], [cells], startMs));
  expect(found).toEqual(parts.map((part) => populationSpectra([spikes], [cells], part)));
});

it("has the level of Poisson spikes of the same rate", () => {
  const spectra = populationSpectra([spikesOf(400, 1, 0)], [cells], interval, { bandHz: 10 });
  const [level] = spectra.poissonPower;
  const decibels = spectra.normalisedPower[0]!.map((power) => 10 * Math.log10(power / level!));
  for (const value of decibels) expect(Math.abs(value)).toBeLessThan(0.5);
  const silent = { timesMs: new Float64Array(0), cells: new Uint32Array(0) };
  expect(populationSpectra([silent], [cells], interval).poissonPower[0]).toBeNaN();
});

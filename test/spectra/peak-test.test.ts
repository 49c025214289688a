import { expect, it } from "vitest";
import type { Spikes } from "../../src/analysis/firing/spikes.ts";
import { peakTest } from "../../src/spectra/peak-test.ts";
import { SegmentedSpectrum } from "../../src/spectra/segmented-spectrum.ts";
import { modulatedSpikes, poissonSpikes } from "../analysis/synthetic-spikes.ts";

const interval = { startMs: 0, endMs: 82_000 };

function peakOf(spikes: Spikes, endMs = interval.endMs) {
  const spectrum = new SegmentedSpectrum(Uint32Array.of(0), { startMs: 0, endMs });
  spectrum.add(spikes);
  return peakTest(spectrum.result());
}

const modulated = (modulationHz: number, depth: number) =>
  peakOf(modulatedSpikes({ rateHz: 400, modulationHz, depth, interval, seed: 11 }));

it("finds an oscillation of the rate, with its excess", () => {
  const { peakHz, excessDb, pValue } = modulated(23, 0.3);
  expect(Math.abs(peakHz - 23)).toBeLessThan(0.2);
  expect(pValue).toBeLessThan(1e-10);
  // A sine has the variance (λ Δt d)² / 2 in the bandwidth 0.39 Hz; Poisson spikes have 2 λ Δt² per Hz.
  const expected = 1 + (400 * 0.3 ** 2) / 2 / (8 / 20.48) / 2;
  expect(Math.abs(excessDb - 10 * Math.log10(expected))).toBeLessThan(2);
});

it("finds no peak of a slow drift, nor without spikes", () => {
  expect(modulated(0.3, 0.9).peakHz).toBeNaN();
  expect(peakOf({ timesMs: new Float64Array(0), cells: new Uint32Array(0) })).toEqual({
    peakHz: Number.NaN,
    excessDb: Number.NaN,
    excessHz: Number.NaN,
    pValue: Number.NaN,
  });
});

it("finds a peak of Poisson spikes in at most 5 % of cases", () => {
  const trials = 20;
  const found = Array.from({ length: trials }, (_, seed) =>
    peakOf(
      poissonSpikes({ cellCount: 1, rateHz: 100, durationMs: 41_000, seed: seed + 1 }),
      41_000,
    ),
  ).filter(({ peakHz }) => !Number.isNaN(peakHz));
  expect(found.length / trials).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / trials));
});

import { expect, test } from "vitest";
import { multitaperSpectrum } from "../../src/spectra/multitaper-spectrum.ts";
import { SegmentedDensity, SegmentedSpectrum } from "../../src/spectra/segmented-spectrum.ts";
import { spectralDistance } from "../../src/spectra/spectral-distance.ts";
import { poissonSpikes } from "../analysis/synthetic-spikes.ts";

const cells = Uint32Array.of(0, 1, 2);

test("of Poisson spikes is flat at twice their rate times the bins' width squared, per second", () => {
  // Counts of variance ν Δt have the two-sided density ν Δt · Δt; one-sided, twice that.
  const spikes = poissonSpikes({ cellCount: 4, rateHz: 50, durationMs: 103_000, seed: 2 });
  const spectrum = new SegmentedSpectrum(cells, { startMs: 0, endMs: 103_000 });
  for (let k = 0; k < spikes.cells.length; k += 700) {
    spectrum.add({
      timesMs: spikes.timesMs.subarray(k, k + 700),
      cells: spikes.cells.subarray(k, k + 700),
    });
  }
  const { density, segmentCount, segmentS } = spectrum.result();
  expect({ segmentCount, segmentS }).toEqual({ segmentCount: 5, segmentS: 20.48 });
  const inner = density.slice(8, -8);
  const mean = inner.reduce((sum, value) => sum + value, 0) / inner.length;
  expect(Math.abs(mean / (2 * 150 * 0.005 ** 2) - 1)).toBeLessThan(0.05);
});

test("of a short interval is the spectrum of its counts", () => {
  const spikes = poissonSpikes({ cellCount: 3, rateHz: 50, durationMs: 3000, seed: 3 });
  const spectrum = new SegmentedSpectrum(cells, { startMs: 1000, endMs: 2500 });
  spectrum.add(spikes);
  const counts = new Float64Array(300);
  for (const timeMs of spikes.timesMs) {
    const bin = Math.floor((timeMs - 1000) / 5);
    if (bin >= 0 && bin < 300) counts[bin]! += 1;
  }
  const wanted = multitaperSpectrum(counts, { samplingRateHz: 200 });
  expect(spectrum.result()).toEqual({ ...wanted, segmentCount: 1, segmentS: 1.5 });
});

test("limits narrow with the number of segments, and hold the spectrum nearly 95 times in 100", () => {
  const wanted = 2 * 150 * 0.005 ** 2;
  const found = [1, 5, 20].map((segmentCount) => {
    const durationMs = segmentCount * 5120;
    const spectrum = new SegmentedSpectrum(
      cells,
      { startMs: 0, endMs: durationMs },
      { segmentMs: 5120 },
    );
    spectrum.add(poissonSpikes({ cellCount: 3, rateHz: 50, durationMs, seed: 8 }));
    const { lower, upper } = spectrum.result();
    const inner = [...lower.keys()].slice(8, -8);
    const held = inner.filter((f) => lower[f]! <= wanted && wanted <= upper[f]!).length;
    const widths = inner.map((f) => Math.log(upper[f]! / lower[f]!) / 2);
    const width = widths.reduce((sum, value) => sum + value, 0) / widths.length;
    return { held: held / inner.length, width };
  });
  for (const { held } of found) {
    // 500 frequencies, some 8 of which depend on each other: a standard error of 3 %.
    expect(held).toBeGreaterThan(0.86);
    expect(held).toBeLessThan(1);
  }
  // An average of n segments has 14 n degrees of freedom; its logarithm's deviation is √(1 / 7n).
  for (const [k, segmentCount] of [1, 5, 20].entries()) {
    const expected = 2.447 * Math.sqrt(1 / (7 * segmentCount));
    expect(Math.abs(found[k]!.width / expected - 1)).toBeLessThan(0.12);
  }
});

test("of silence is zero, and of too short an interval empty", () => {
  const silent = new SegmentedSpectrum(cells, { startMs: 0, endMs: 50_000 }).result();
  expect(silent.segmentCount).toBe(2);
  expect(silent.density.every((value) => value === 0)).toBe(true);
  const short = new SegmentedSpectrum(cells, { startMs: 0, endMs: 50 }).result();
  expect(short.density).toHaveLength(0);
});

test("spectra differ by 0, by √2 when they do not overlap, and by 3 dB when one is doubled", () => {
  const frequenciesHz = Float64Array.of(0, 1, 2, 3);
  const spectrum = (...density: number[]) => ({
    frequenciesHz,
    density: Float64Array.from(density),
  });
  const one = spectrum(9, 1, 2, 0);
  expect(spectralDistance(one, spectrum(0, 1, 2, 0))).toEqual({
    relativeDifference: 0,
    logSpectralDb: 0,
  });
  const apart = spectralDistance(one, spectrum(0, 0, 0, 5));
  expect(apart.relativeDifference).toBeCloseTo(Math.SQRT2, 12);
  expect(apart.logSpectralDb).toBe(Infinity);
  const doubled = spectralDistance(spectrum(0, 1, 2, 3), spectrum(0, 2, 4, 3), 2);
  expect(doubled.logSpectralDb).toBeCloseTo(10 * Math.log10(2), 12);
  expect(doubled.relativeDifference).toBeCloseTo(Math.sqrt(5 / 12.5), 12);
});

test("one segment each, equal processes are apart by what 14 degrees of freedom allow", () => {
  const [a, b] = [5, 6].map((seed) => {
    const spectrum = new SegmentedSpectrum(cells, { startMs: 0, endMs: 20_480 });
    spectrum.add(poissonSpikes({ cellCount: 3, rateHz: 50, durationMs: 20_480, seed }));
    return spectrum.result();
  });
  const { relativeDifference, logSpectralDb } = spectralDistance(a!, b!, 100);
  // Var A = S² / 7; ln A has the variance ψ′(7) = 0.1535.
  expect(Math.abs(relativeDifference / Math.sqrt(2 / 7 / (8 / 7)) - 1)).toBeLessThan(0.1);
  expect(Math.abs(logSpectralDb / ((10 * Math.sqrt(2 * 0.1535)) / Math.LN10) - 1)).toBeLessThan(
    0.1,
  );
});

test("the density alone is that of the spectrum", () => {
  const interval = { startMs: 0, endMs: 12_000 };
  const spikes = poissonSpikes({ cellCount: 3, rateHz: 20, durationMs: 12_000, seed: 4 });
  const [alone, spectrum] = [SegmentedDensity, SegmentedSpectrum].map((Kind) => {
    const sums = new Kind(cells, interval, { segmentMs: 5000 });
    sums.add(spikes);
    return sums.result();
  });
  expect(alone!.segmentCount).toBe(2);
  expect(spectrum).toMatchObject({ ...alone! });
});

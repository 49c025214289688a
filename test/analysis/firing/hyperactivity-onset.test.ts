import { expect, test } from "vitest";
import { hyperactivityOnset } from "../../../src/analysis/firing/hyperactivity-onset.ts";
import { IntervalError } from "../../../src/analysis/firing/interval.ts";
import { populationRates } from "../../../src/analysis/firing/population-rates.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

/** Rates in bins of 1 s over 300 s. */
const edgesMs = Float64Array.from({ length: 301 }, (_, k) => 1000 * k);
const ratesOf = (rateHz: (second: number) => number) =>
  Float64Array.from({ length: 300 }, (_, second) => rateHz(second));

test("a rate that jumps is too high as soon as its mean over 10 s is", () => {
  // At t seconds after the jump the mean is 0.6 + (60 − 0.6) t / 10, above 6 from 0.91 s on.
  const rates = ratesOf((second) => (second < 200 ? 0.6 : 60));
  const { onsetMs, baselineHz, thresholdHz } = hyperactivityOnset(edgesMs, rates);
  expect(onsetMs).toBe(201_000);
  expect(baselineHz).toBeCloseTo(0.6, 12);
  expect(thresholdHz).toBeCloseTo(6, 12);
  // 50 · 0.6 takes 4.95 s, and 20 s of smoothing twice as long.
  expect(hyperactivityOnset(edgesMs, rates, { multiple: 50 }).onsetMs).toBe(205_000);
  const slow = { multiple: 50, smoothingMs: 20_000 };
  expect(hyperactivityOnset(edgesMs, rates, slow).onsetMs).toBe(210_000);
});

test("a burst that the smoothing flattens is none, a longer one is", () => {
  const burst = (seconds: number) =>
    ratesOf((second) => (second >= 150 && second < 150 + seconds ? 20 : 0.6));
  expect(hyperactivityOnset(edgesMs, burst(2)).onsetMs).toBeNull();
  expect(hyperactivityOnset(edgesMs, burst(3)).onsetMs).toBe(153_000);
});

test("what lies in or before the baseline is no onset, and the baseline can be chosen", () => {
  const rates = ratesOf((second) => (second < 5 ? 100 : 1));
  expect(hyperactivityOnset(edgesMs, rates).onsetMs).toBeNull();
  const baseline = { startMs: 50_000, endMs: 150_000 };
  const chosen = hyperactivityOnset(edgesMs, rates, { baseline });
  expect(chosen).toEqual({ onsetMs: null, baselineHz: 1, thresholdHz: 10 });
});

test("a short record's baseline is its first half", () => {
  const rates = ratesOf((second) => (second < 12 ? 1 : 100)).subarray(0, 20);
  const { onsetMs, baselineHz } = hyperactivityOnset(edgesMs.subarray(0, 21), rates);
  expect(baselineHz).toBe(1);
  expect(onsetMs).toBe(13_000);
});

test("there is no onset without a usual rate, nor where no cell lives", () => {
  const silent = ratesOf((second) => (second < 100 ? 0 : 50));
  expect(hyperactivityOnset(edgesMs, silent).onsetMs).toBeNull();
  const dead = ratesOf((second) => (second < 100 ? 1 : Number.NaN));
  expect(hyperactivityOnset(edgesMs, dead).onsetMs).toBeNull();
});

test("rates of spikes read block by block", () => {
  const quiet = poissonSpikes({ cellCount: 40, rateHz: 1, durationMs: 100_000, seed: 31 });
  const loud = poissonSpikes({ cellCount: 40, rateHz: 50, durationMs: 20_000, seed: 32 });
  const later = { timesMs: loud.timesMs.map((timeMs) => timeMs + 100_000), cells: loud.cells };
  const cells = Uint32Array.from({ length: 40 }, (_, cell) => cell);
  const bins = { startMs: 0, endMs: 120_000, binMs: 100 };
  const rates = populationRates([quiet, later], [cells], bins);
  const { onsetMs } = hyperactivityOnset(rates.edgesMs, rates.ratesHz[0]!);
  // (10 − 1) / (50 − 1) of 10 s, give or take chance.
  expect(Math.abs(onsetMs! - 101_840)).toBeLessThan(300);
});

test("bins wider than the smoothing, and an empty baseline, are refused", () => {
  const rates = ratesOf(() => 1);
  expect(() => hyperactivityOnset(edgesMs, rates, { smoothingMs: 400 })).toThrow(IntervalError);
  const baseline = { startMs: 10, endMs: 10 };
  expect(() => hyperactivityOnset(edgesMs, rates, { baseline })).toThrow(IntervalError);
});

import { expect, test } from "vitest";
import { IntervalError } from "../../src/analysis/firing/interval.ts";
import type { Spikes } from "../../src/analysis/firing/spikes.ts";
import { Spectrogram } from "../../src/spectra/spectrogram.ts";
import { modulatedSpikes, poissonSpikes } from "../analysis/synthetic-spikes.ts";

const cells = Uint32Array.of(0);

const joined = (parts: readonly Spikes[]): Spikes => ({
  timesMs: Float64Array.from(parts.flatMap(({ timesMs }) => [...timesMs])),
  cells: Uint32Array.from(parts.flatMap(({ cells }) => [...cells])),
});

test("shows a rhythm where and when it is", () => {
  const chirp = [10, 20, 40].map((modulationHz, part) =>
    modulatedSpikes({
      rateHz: 300,
      modulationHz,
      depth: 0.9,
      interval: { startMs: 1000 + 8000 * part, endMs: 9000 + 8000 * part },
      seed: part + 1,
    }),
  );
  const spectrogram = new Spectrogram(
    cells,
    { startMs: 1000, endMs: 26_000 },
    { segmentMs: 4000, mostHz: 60 },
  );
  const spikes = joined(chirp);
  for (let k = 0; k < spikes.cells.length; k += 500) {
    spectrogram.add({
      timesMs: spikes.timesMs.subarray(k, k + 500),
      cells: spikes.cells.subarray(k, k + 500),
    });
  }
  const { edgesMs, frequenciesHz, bandHz, density } = spectrogram.result();
  expect([...edgesMs]).toEqual([1000, 5000, 9000, 13_000, 17_000, 21_000, 25_000]);
  expect(bandHz).toBe(0.5);
  expect(frequenciesHz.at(0)).toBeCloseTo(0.375, 12);
  expect(frequenciesHz.at(-1)).toBeLessThanOrEqual(60);
  const peaks = density.map((row) => frequenciesHz[row.indexOf(Math.max(...row))]!);
  [10, 10, 20, 20, 40, 40].forEach((wanted, segment) => {
    // The tapers spread it over 1 Hz to either side.
    expect(Math.abs(peaks[segment]! - wanted)).toBeLessThanOrEqual(1.25);
  });
});

test("of Poisson spikes is flat over both axes", () => {
  const spikes = poissonSpikes({ cellCount: 1, rateHz: 200, durationMs: 90_000, seed: 4 });
  const spectrogram = new Spectrogram(cells, { startMs: 0, endMs: 90_000 }, { bandHz: 20 });
  spectrogram.add(spikes);
  const { density } = spectrogram.result();
  expect(density).toHaveLength(4);
  for (const value of density.flatMap((row) => [...row])) {
    // 410 frequencies a band, 14 degrees of freedom each, neighbours dependent: 5 % at 3 deviations.
    expect(Math.abs(value / (2 * 200 * 0.005 ** 2) - 1)).toBeLessThan(0.15);
  }
});

test("of silence is zero, of too short an interval empty, and too short segments are refused", () => {
  const silent = new Spectrogram(cells, { startMs: 0, endMs: 50_000 }).result();
  expect(silent.density).toHaveLength(2);
  expect(silent.density.flatMap((row) => [...row]).every((value) => value === 0)).toBe(true);
  const short = new Spectrogram(cells, { startMs: 10, endMs: 60 }).result();
  expect(short).toMatchObject({ density: [], bandHz: 0 });
  expect([...short.edgesMs]).toEqual([10]);
  const refused = () =>
    new Spectrogram(cells, { startMs: 0, endMs: 50_000 }, { segmentMs: 50, binMs: 5 });
  expect(refused).toThrow(IntervalError);
});

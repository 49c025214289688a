import { expect, it } from "vitest";
import { spectralPeak } from "../../src/spectra/spectral-peak.ts";

const frequenciesHz = Float64Array.of(0, 0.5, 1, 1.5, 2);

it("finds the highest density at 1 Hz and above, of a total power of 1", () => {
  const density = Float64Array.of(9, 8, 1, 4, 2);
  expect(spectralPeak({ frequenciesHz, density })).toEqual({ peakHz: 1.5, peakPower: 4 / 12 });
});

it("tells none where there is no power, or no such frequency", () => {
  const none = { peakHz: Number.NaN, peakPower: Number.NaN };
  expect(spectralPeak({ frequenciesHz, density: new Float64Array(5) })).toEqual(none);
  const slow = { frequenciesHz: frequenciesHz.subarray(0, 2), density: Float64Array.of(1, 1) };
  expect(spectralPeak(slow)).toEqual(none);
});

import { expect, test } from "vitest";
import { bandMeans, frequencyBands } from "../../src/spectra/frequency-bands.ts";

const frequenciesHz = Float64Array.of(0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75);

test("bands hold as many frequencies as fit their width; the rest is left out", () => {
  const bands = frequencyBands(frequenciesHz, 0.8);
  expect(bands).toMatchObject({ perBand: 3, bandCount: 2, bandHz: 0.75 });
  expect([...bands.centresHz]).toEqual([0.25, 1]);
  expect([...bandMeans(Float64Array.of(1, 2, 3, 10, 20, 30, 7, 7), bands)]).toEqual([2, 20]);
});

test("bands can begin above frequency 0 and end below the highest", () => {
  const bands = frequencyBands(frequenciesHz, 0.5, { first: 1, mostHz: 1.25 });
  expect([...bands.centresHz]).toEqual([0.375, 0.875]);
  expect([...bandMeans(frequenciesHz, bands)]).toEqual([0.375, 0.875]);
});

test("a band is at least one frequency, and there are none without frequencies", () => {
  expect(frequencyBands(frequenciesHz, 0.01)).toMatchObject({ perBand: 1, bandCount: 8 });
  expect(frequencyBands(new Float64Array(0), 1)).toMatchObject({ bandCount: 0, bandHz: 0 });
});

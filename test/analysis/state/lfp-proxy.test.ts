import { expect, it } from "vitest";
import { lfpProxy } from "../../../src/analysis/state/lfp-proxy.ts";
import { readExperiment } from "../../../src/experiment/file.ts";
import { layerLfps } from "../../../src/measures/layer-lfp.ts";
import { runExperiment } from "../../../src/simulation/run-experiment.ts";
import { signalSpectrum } from "../../../src/spectra/signal-spectrum.ts";
import { uniformNumbers } from "../random-deviates.ts";

it("adds the absolute contributions of all receptors, as a mean over the living of chosen cells", () => {
  const readings = {
    timesMs: Float64Array.of(0, 1, 2),
    // Cells 7, 8, 9; 8 is not chosen, 9 dies before the second reading, 7 before the third.
    ampaMv: Float64Array.of(10, 99, 2, 5, 99, Number.NaN, Number.NaN, 99, Number.NaN),
    nmdaMv: Float64Array.of(1, 99, 3, 0, 99, Number.NaN, Number.NaN, 99, Number.NaN),
    gabaProximalMv: Float64Array.of(-2, 99, -4, -7, 99, Number.NaN, Number.NaN, 99, Number.NaN),
    gabaDistalMv: Float64Array.of(-3, 99, 0, -1, 99, Number.NaN, Number.NaN, 99, Number.NaN),
  };
  const { excitatoryMv, inhibitoryMv, proxyMv } = lfpProxy(readings, [7, 8, 9], [9, 7, 400]);
  expect([...excitatoryMv]).toEqual([8, 5, Number.NaN]);
  expect([...inhibitoryMv]).toEqual([4.5, 8, Number.NaN]);
  expect([...proxyMv]).toEqual([12.5, 13, Number.NaN]);
});

it("is the stationary mean of AMPA input: ν w / (1/τ + ν w / E)", async () => {
  // External input of AMPA alone, 300 Hz of 0.5 mV: 0.5 mV · 0.3/ms / (1/20 ms + 0.15/65 ms) = 2.868 mV.
  const experiment = readExperiment(`
    duration: 11 s
    parameters:
      externalGain: 2 # AMPA onto E cells has 0.25 mV of it
      externalNmdaRateHz: 0
      externalGabaRateEHz: 0
      externalAmpaRateIHz: 0
    record: { potentials: { cells: [E4, I2], every: 5 ms, from: 1 s } }
  `);
  const run = await runExperiment(experiment);
  const [layer, ...others] = layerLfps(run);
  expect(others).toEqual([]);
  expect(layer).toMatchObject({ layer: 4, cellCount: 30 });
  expect(layer!.timesMs).toHaveLength(2001);
  const mean = layer!.proxyMv.reduce((sum, value) => sum + value, 0) / 2001;
  expect(Math.abs(mean / (0.15 / (1 / 20 + 0.15 / 65)) - 1)).toBeLessThan(0.01);
  expect(Math.max(...layer!.inhibitoryMv)).toBe(0);
});

it("of shot noise has a Lorentzian spectrum, 2 ν (w τ)² / (1 + (2 π f τ)²)", () => {
  const random = uniformNumbers(3);
  const [tauMs, rateKhz, weightMv, everyMs] = [20, 0.5, 1, 1];
  const signal = new Float64Array(400_000);
  let value = 0;
  let nextMs = -Math.log(1 - random()) / rateKhz;
  for (let k = 0; k < signal.length; k++) {
    value *= Math.exp(-everyMs / tauMs);
    while (nextMs < k * everyMs) {
      value += weightMv * Math.exp((nextMs - k * everyMs) / tauMs);
      nextMs -= Math.log(1 - random()) / rateKhz;
    }
    signal[k] = value;
  }
  const { frequenciesHz, density, segmentCount, segmentS } = signalSpectrum(signal, everyMs, 5000);
  expect([segmentCount, segmentS]).toEqual([80, 5]);
  const ratios = [...frequenciesHz].flatMap((hz, f) => {
    const lorentzian =
      (2e-3 * rateKhz * (weightMv * tauMs) ** 2) / (1 + (2e-3 * Math.PI * hz * tauMs) ** 2);
    return hz >= 2 && hz <= 50 ? [density[f]! / lorentzian] : [];
  });
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  expect(Math.abs(mean - 1)).toBeLessThan(0.02);
  expect(ratios.every((ratio) => ratio > 0.7 && ratio < 1.4)).toBe(true);
});

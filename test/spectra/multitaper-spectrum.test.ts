import { describe, expect, it } from "vitest";
import { studentT } from "../../src/analysis/statistics/student-t.ts";
import { populations } from "../../src/model/populations.ts";
import { MultitaperEstimator, multitaperSpectrum } from "../../src/spectra/multitaper-spectrum.ts";
import { SpectrumError, slepianTapers } from "../../src/spectra/slepian-tapers.ts";
import { normalNumbers } from "../analysis/random-deviates.ts";
import { referenceValues } from "../analysis/reference-values.ts";
import { referenceSpikes } from "../recording/reference-spikes.ts";
import { randomNumbers } from "../recording/small-run.ts";

interface Reference {
  readonly n: number;
  readonly concentrationRatios: readonly number[];
  readonly tapers8: readonly (readonly number[])[];
  readonly taperIndices: readonly number[];
  readonly frequencyHzEvery20th: readonly number[];
  readonly adaptivePsdEvery20th: readonly number[];
  readonly uniformWeightsPsdEvery20th: readonly number[];
  readonly spikeCount: number;
  readonly variance: number;
}

const reference = referenceValues<Reference>("spectrum.json");

/** Variances of the spectrum's logarithm at every 20th frequency, neither end included. */
interface JackknifeReference {
  readonly uniformLogVariance: readonly number[];
  readonly adaptiveLogVariance: readonly number[];
}

/** E-cell spike counts of a reference run in 5 ms bins. */
function referenceSignal(): Float64Array {
  const isExcitatory = populations.flatMap(({ cellClass, cellCount }) =>
    Array<boolean>(cellCount).fill(cellClass === "E"),
  );
  const { timesMs, cells } = referenceSpikes("fast-stdp-60s");
  const counts = new Float64Array(reference.n);
  cells.forEach((cell, k) => {
    if (isExcitatory[cell]) counts[Math.floor(timesMs[k]! / 5)]! += 1;
  });
  return counts;
}

const samplingRateHz = 200;
const taperCount = 7;
const every20th = (values: Float64Array) => [...values.filter((_, f) => f % 20 === 0)];

function expectClose(found: readonly number[], wanted: readonly number[], relative: number) {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, k) => {
    expect(Math.abs(value / wanted[k]! - 1), `entry ${k}`).toBeLessThan(relative);
  });
}

describe("Slepian tapers", () => {
  const { tapers, concentrations } = slepianTapers(reference.n);

  it("have the reference's concentrations and values", () => {
    expectClose([...concentrations], reference.concentrationRatios, 1e-6);
    reference.tapers8.forEach((wanted, k) => {
      const found = reference.taperIndices.map((index) => tapers[k]![index]!);
      const peak = Math.max(...wanted.map(Math.abs));
      found.forEach((value, at) => {
        expect(Math.abs(value - wanted[at]!), `taper ${k}`).toBeLessThan(1e-6 * peak);
      });
    });
  });

  it.each([16, 17, 250])("of %d samples are orthonormal, even and odd in turn", (length) => {
    const found = slepianTapers(length, 3, 5).tapers;
    found.forEach((one, j) => {
      found.forEach((other, k) => {
        const product = one.reduce((sum, value, t) => sum + value * other[t]!, 0);
        expect(product).toBeCloseTo(j === k ? 1 : 0, 10);
      });
      const mirrored = Float64Array.from(one).reverse();
      one.forEach((value, t) => {
        expect(value).toBeCloseTo((j % 2 === 0 ? 1 : -1) * mirrored[t]!, 10);
      });
    });
  });

  it("are refused where there are none", () => {
    expect(() => slepianTapers(8, 4, 7)).toThrow(SpectrumError);
    expect(() => slepianTapers(100, 4, 101)).toThrow(SpectrumError);
  });
});

describe("multitaper spectrum", () => {
  it("is the reference's, with uniform and with adaptive weights", () => {
    const signal = referenceSignal();
    expect(signal.reduce((sum, count) => sum + count, 0)).toBe(reference.spikeCount);
    const uniform = multitaperSpectrum(signal, { samplingRateHz, weights: "uniform" });
    expectClose(every20th(uniform.density), reference.uniformWeightsPsdEvery20th, 1e-6);
    const adaptive = multitaperSpectrum(signal, { samplingRateHz });
    expectClose(every20th(adaptive.density), reference.adaptivePsdEvery20th, 1e-3);
    expect(every20th(adaptive.frequenciesHz)[300]).toBeCloseTo(
      reference.frequencyHzEvery20th[300]!,
      10,
    );
  });

  it.each([256, 255, 300])(
    "of %d samples of a sine has its variance at its frequency",
    (length) => {
      const frequencyHz = (samplingRateHz * 40) / length;
      const signal = Float64Array.from({ length }, (_, t) =>
        Math.sin((2 * Math.PI * frequencyHz * t) / samplingRateHz),
      );
      const { density, frequenciesHz } = multitaperSpectrum(signal, {
        samplingRateHz,
        weights: "uniform",
      });
      const binHz = samplingRateHz / length;
      const near = density.filter((_, f) => Math.abs(frequenciesHz[f]! - frequencyHz) < 8 * binHz);
      expect(near.reduce((sum, value) => sum + value * binHz, 0)).toBeCloseTo(0.5, 2);
    },
  );

  it("of white noise is flat at 2 σ² Δt", () => {
    const random = randomNumbers(1);
    const signal = Float64Array.from({ length: 4096 }, () => random() - 0.5);
    const { density } = multitaperSpectrum(signal, { samplingRateHz });
    const inner = density.slice(8, -8);
    const mean = inner.reduce((sum, value) => sum + value, 0) / inner.length;
    const wanted = 2 / 12 / samplingRateHz;
    expect(Math.abs(mean / wanted - 1)).toBeLessThan(0.05);
  });

  it("of a constant signal is zero, whatever its mean", () => {
    const { density } = multitaperSpectrum(new Float64Array(64).fill(5), { samplingRateHz });
    expect([...density].every((value) => value === 0)).toBe(true);
  });

  it("is refused for a signal of another length", () => {
    const estimator = new MultitaperEstimator(64, { samplingRateHz });
    expect(() => estimator.density(new Float64Array(63))).toThrow("expected 64");
  });
});

describe("the jackknife's limits", () => {
  const signal = referenceSignal();
  const variances = referenceValues<JackknifeReference>("jackknife.json");

  it.each([
    ["uniform", variances.uniformLogVariance, 1e-8],
    ["adaptive", variances.adaptiveLogVariance, 5e-3],
  ] as const)("are the reference's with %s weights", (weights, wanted, relative) => {
    const { density, lower, upper } = multitaperSpectrum(signal, { samplingRateHz, weights });
    const width = studentT(0.95, taperCount - 1);
    const found = wanted.map((_, k) => {
      const f = 20 * (k + 1);
      expect(density[f]! / lower[f]!).toBeCloseTo(upper[f]! / density[f]!, 9);
      return (Math.log(upper[f]! / density[f]!) / width) ** 2;
    });
    expectClose(found, wanted, relative);
  });

  it.each([0, 0.9])("hold the spectrum of noise of correlation %d nearly 95 times in 100", (a) => {
    const next = normalNumbers(12);
    let [held, all] = [0, 0];
    for (let repeat = 0; repeat < 20; repeat++) {
      let value = next() / Math.sqrt(1 - a ** 2);
      const noise = Float64Array.from({ length: 1024 }, () => (value = a * value + next()));
      const { frequenciesHz, lower, upper } = multitaperSpectrum(noise, { samplingRateHz });
      for (let f = 8; f < 505; f++) {
        const angle = (2 * Math.PI * frequenciesHz[f]!) / samplingRateHz;
        const density = 2 / samplingRateHz / (1 + a ** 2 - 2 * a * Math.cos(angle));
        held += lower[f]! <= density && density <= upper[f]! ? 1 : 0;
        all++;
      }
    }
    // Some 20 · 1024 / 16 independent values: a standard error of 0.6 %.
    expect(held / all).toBeGreaterThan(0.91);
    expect(held / all).toBeLessThan(0.97);
  });

  it("are 0 where there is no power", () => {
    const { lower, upper } = multitaperSpectrum(new Float64Array(64).fill(5), { samplingRateHz });
    expect([...lower, ...upper].every((value) => value === 0)).toBe(true);
  });
});

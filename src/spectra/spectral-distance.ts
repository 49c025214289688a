import type { Spectrum } from "./multitaper-spectrum.ts";

/** Distances of two spectra; NaN when they have no frequency in common. */
export interface SpectralDistance {
  /** √(Σ (A − B)² / (½ Σ (A² + B²))): 0 for equal spectra, √2 for ones that do not overlap. */
  readonly relativeDifference: number;
  /** √(mean of (10 log₁₀ B / A)²), dB; infinite where one vanishes and the other does not. */
  readonly logSpectralDb: number;
}

/** The distances of two spectra at the same frequencies, above 0 and up to `mostHz`. */
export function spectralDistance(a: Spectrum, b: Spectrum, mostHz = Infinity): SpectralDistance {
  let [count, differences, squares, logs] = [0, 0, 0, 0];
  a.frequenciesHz.forEach((frequencyHz, f) => {
    // The mean is not part of the fluctuation.
    if (frequencyHz === 0 || frequencyHz > mostHz) return;
    const [one, other] = [a.density[f]!, b.density[f]!];
    count++;
    differences += (one - other) ** 2;
    squares += (one ** 2 + other ** 2) / 2;
    logs += one === other ? 0 : (10 * Math.log10(other / one)) ** 2;
  });
  const ratio = differences === 0 && count > 0 ? 0 : differences / squares;
  return { relativeDifference: Math.sqrt(ratio), logSpectralDb: Math.sqrt(logs / count) };
}

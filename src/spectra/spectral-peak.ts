import type { Spectrum } from "./multitaper-spectrum.ts";

/** Below, spectra tell how a rate drifts, not how it oscillates. */
export const LEAST_FREQUENCY_HZ = 1;

/** Peak of a spectrum at 1 Hz or above; NaN if there is no power. */
export interface SpectralPeak {
  readonly peakHz: number;
  /** Density at the peak relative to the total power, 1/Hz. */
  readonly peakPower: number;
}

/** Peak of a spectrum at 1 Hz or above. */
export function spectralPeak({ frequenciesHz, density }: Spectrum): SpectralPeak {
  const spacingHz = frequenciesHz.length > 1 ? frequenciesHz[1]! : Number.NaN;
  const total = spacingHz * density.reduce((sum, power) => sum + power, 0);
  let peak = -1;
  frequenciesHz.forEach((frequencyHz, f) => {
    if (frequencyHz < LEAST_FREQUENCY_HZ) return;
    if (peak < 0 || density[f]! > density[peak]!) peak = f;
  });
  const isThere = peak >= 0 && total > 0;
  return {
    peakHz: isThere ? frequenciesHz[peak]! : Number.NaN,
    peakPower: isThere ? density[peak]! / total : Number.NaN,
  };
}

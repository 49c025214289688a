/** Combination of the spectra with each taper. @inline */
export type TaperWeights = "adaptive" | "uniform";

/**
 * Combines the spectra that one frequency has with each taper: Σ d_k² S_k / Σ d_k². Uniform weights
 * are d_k² = λ_k, the tapers' concentrations; adaptive ones d_k = √λ_k S / (λ_k S + (1 − λ_k) σ² Δt)
 * (Thomson 1982, Proc IEEE 70:1055), S being the result.
 *
 * @param values S_k, the best concentrated taper's first.
 * @param noise σ² Δt; without any there is nothing to keep out, and weights are uniform.
 */
export function combinedSpectrum(
  values: Float64Array,
  concentrations: Float64Array,
  noise: number,
  weights: TaperWeights,
): number {
  if (weights === "uniform" || noise === 0) {
    return concentratedMean(values, concentrations, values.length);
  }
  return adaptiveMean(values, concentrations, noise);
}

/** The iteration ends at this relative change; it gains some digits each time. */
const TOLERANCE = 1e-8;
const MOST_ITERATIONS = 200;

/** As in tapers.ts, which serves several frequencies at a time. */
function adaptiveMean(values: Float64Array, concentrations: Float64Array, noise: number): number {
  // The two best concentrated tapers leak least.
  let density = concentratedMean(values, concentrations, 2);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    let [sum, total] = [0, 0];
    for (let k = 0; k < values.length; k++) {
      const part = concentrations[k]!;
      const weight = part * (density / (part * density + (1 - part) * noise)) ** 2;
      sum += weight * values[k]!;
      total += weight;
    }
    const next = total > 0 ? sum / total : 0;
    const isSettled = !(Math.abs(next - density) > TOLERANCE * next);
    density = next;
    if (isSettled) break;
  }
  return density;
}

/** Mean of the first values, weighted by concentration. */
function concentratedMean(
  values: Float64Array,
  concentrations: Float64Array,
  count: number,
): number {
  let [sum, total] = [0, 0];
  for (let k = 0; k < Math.min(count, values.length); k++) {
    sum += concentrations[k]! * values[k]!;
    total += concentrations[k]!;
  }
  return total > 0 ? sum / total : 0;
}

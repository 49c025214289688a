import { studentT } from "../analysis/statistics/student-t.ts";

/** Confidence limits at each frequency, in the unit of the spectrum. */
export interface SpectrumBand {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The jackknife's confidence limits of a spectrum, from estimates that each leave one of K tapers
 * out: S exp(± t σ), where t is Student's with K − 1 degrees of freedom and
 *
 *   σ² = (K − 1)² / (K (K − ½)) Σ_k (ln S₋ₖ − mean)².
 *
 * The logarithm's distribution is nearer to normal than the spectrum's (Thomson & Chave 1991, in
 * Haykin: Advances in Spectrum Analysis and Array Processing, vol. 1); the factor is Thomson's
 * (2007, IEEE Signal Process Mag 24(4):20, eq. 18), a little below the usual (K − 1) / K.
 *
 * @param density S, at every frequency.
 * @param withoutOne per taper left out, the density of the others.
 * @param level of confidence, at each frequency by itself.
 * @returns limits 0 where the density is, and 0 to infinity where it vanishes without one taper.
 */
export function jackknifeBand(
  density: Float64Array,
  withoutOne: readonly Float64Array[],
  level = 0.95,
): SpectrumBand {
  const count = withoutOne.length;
  const factor = (count - 1) ** 2 / (count * (count - 0.5));
  const width = studentT(level, count - 1);
  const logarithms = new Float64Array(count);
  const ratios = density.map((value, f) => {
    if (value === 0) return 1;
    withoutOne.forEach((estimate, k) => {
      logarithms[k] = Math.log(estimate[f]!);
    });
    if (logarithms.includes(-Infinity)) return Infinity;
    return Math.exp(width * Math.sqrt(factor * squaresAboutMean(logarithms)));
  });
  return {
    lower: density.map((value, f) => value / ratios[f]!),
    upper: density.map((value, f) => value * ratios[f]!),
  };
}

function squaresAboutMean(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

import type { MeanSpectrum } from "./segmented-spectrum.ts";
import { LEAST_FREQUENCY_HZ } from "./spectral-peak.ts";

/** Peak of a spectrum, tested against the background at neighbouring frequencies. */
export interface PeakTest {
  /** Frequency of the peak; NaN if no power at 1 Hz or above exceeds the background significantly. */
  readonly peakHz: number;
  /** Highest excess of power over its background at 1 Hz or above, dB; NaN if there is no power. */
  readonly excessDb: number;
  /** Frequency of that excess. */
  readonly excessHz: number;
  /** Its P value, corrected for the number of frequencies. */
  readonly pValue: number;
}

/** Largest distance of neighbouring frequencies, Hz. */
const NEIGHBOURHOOD_HZ = 10;

/** Tapers of a segment: each contributes an independent estimate. */
const TAPERS = 7;

/** The time-bandwidth product 4 gives a resolution of 8 / duration. */
const RESOLUTION = 8;

const SIGNIFICANCE = 0.05;

/**
 * Peak of a spectrum at 1 Hz or above that most exceeds its background, the median power within
 * ±10 Hz, on both sides equally far; a slope is no peak.
 *
 * The mean of K tapers and n segments of a smooth spectrum follows a Gamma distribution of shape K n.
 * The peak is significant if its probability under this distribution times the number of frequencies
 * is below 0.05 (robust background as of Mann & Lees 1996, Clim Change 33:409).
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 4 s"));
 * const cells = analysis.cellsOf(run.manifest.populations);
 * const spectrum = new analysis.SegmentedSpectrum(cells, { startMs: 0, endMs: 4000 });
 * for (const spikes of run.spikeBlocks()) spectrum.add(spikes);
 * console.log(analysis.peakTest(spectrum.result()).peakHz);
 * ```
 */
export function peakTest(
  spectrum: Pick<MeanSpectrum, "frequenciesHz" | "density" | "segmentCount" | "segmentS">,
): PeakTest {
  const { frequenciesHz, density, segmentCount, segmentS } = spectrum;
  const shape = TAPERS * segmentCount;
  const candidates = [...frequenciesHz.keys()].flatMap((f) => {
    const reach = neighbours(frequenciesHz, f, RESOLUTION / segmentS);
    return reach === 0 ? [] : [{ f, background: median(density, f, reach) / gammaMedian(shape) }];
  });
  let best = { f: -1, background: Number.NaN };
  let highest = 0;
  for (const candidate of candidates) {
    const excess = density[candidate.f]! / candidate.background;
    if (excess > highest && excess < Infinity) [best, highest] = [candidate, excess];
  }
  if (best.f < 0) {
    return { peakHz: Number.NaN, excessDb: Number.NaN, excessHz: Number.NaN, pValue: Number.NaN };
  }
  const pValue = Math.min(1, candidates.length * gammaTail(shape, shape * highest));
  const excessHz = frequenciesHz[best.f]!;
  return {
    peakHz: pValue < SIGNIFICANCE ? excessHz : Number.NaN,
    excessDb: 10 * Math.log10(highest),
    excessHz,
    pValue,
  };
}

/** Number of frequencies on either side that make up the background; 0 where these are too few. */
function neighbours(frequenciesHz: Float64Array, f: number, resolutionHz: number): number {
  const spacingHz = frequenciesHz[1]!;
  const lowestHz = resolutionHz / 2;
  const roomHz = Math.min(frequenciesHz[f]! - lowestHz, frequenciesHz.at(-1)! - frequenciesHz[f]!);
  if (frequenciesHz[f]! < LEAST_FREQUENCY_HZ || roomHz < resolutionHz) return 0;
  return Math.floor(Math.min(NEIGHBOURHOOD_HZ, roomHz) / spacingHz);
}

function median(density: Float64Array, f: number, reach: number): number {
  const sorted = density.slice(f - reach, f + reach + 1).sort();
  return sorted[reach]!;
}

/** Median of the Gamma distribution over its mean, to 1e-4 from the shape 7 on. */
const gammaMedian = (shape: number): number => 1 - 1 / (3 * shape) + 8 / (405 * shape ** 2);

/** P(X > x) of a Gamma distribution of whole shape and scale 1: e^−x Σ_k<shape x^k / k!. */
function gammaTail(shape: number, x: number): number {
  let logarithm = -x;
  let sum = 0;
  for (let k = 0; k < shape; k++) {
    if (k > 0) logarithm += Math.log(x / k);
    sum += Math.exp(logarithm);
  }
  return Math.min(1, sum);
}

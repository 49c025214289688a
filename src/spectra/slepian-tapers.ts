import type { SuccessiveMemory } from "../webassembly/loading.ts";
import { FourierTransform } from "./fourier-transform.ts";
import { POINT } from "./plain-passes.ts";
import { smoothFrom } from "./power-transform.ts";
import { leadingEigenvectors } from "./tridiagonal-eigenvectors.ts";

/** Discrete prolate spheroidal sequences, the best concentrated first. */
export interface SlepianTapers {
  /** Each with Σ v² = 1; even ones have a positive sum, odd ones begin positive. */
  readonly tapers: readonly Float64Array[];
  /** Of each taper, the part of its energy at |f| < W = timeBandwidth / length, 0 … 1. */
  readonly concentrations: Float64Array;
}

/** Thrown when tapers or spectra are asked for that do not exist. */
export class SpectrumError extends Error {
  override readonly name = "SpectrumError";
}

/**
 * The Slepian tapers of a length: eigenvectors of the tridiagonal matrix with the diagonal
 * ((n − 1 − 2t) / 2)² cos 2πW and t (n − t) / 2 beside it (Slepian 1978, Bell Syst Tech J 57:1371).
 *
 * @param length samples, n.
 * @param timeBandwidth n W, W being the half-bandwidth in cycles per sample.
 * @param memory for a transform on the way, which leaves it.
 * @throws {SpectrumError} unless 0 < timeBandwidth < length / 2 and 1 ≤ count ≤ length.
 */
export function slepianTapers(
  length: number,
  timeBandwidth = 4,
  count = 7,
  memory?: SuccessiveMemory,
): SlepianTapers {
  if (!(timeBandwidth > 0 && timeBandwidth < length / 2 && count >= 1 && count <= length)) {
    throw new SpectrumError(
      `${count} tapers of ${length} samples with a time–half-bandwidth product of ${timeBandwidth} do not exist; expected more than ${2 * timeBandwidth} samples, and at least as many samples as tapers.`,
    );
  }
  const halfBandwidth = timeBandwidth / length;
  const cosine = Math.cos(2 * Math.PI * halfBandwidth);
  const diagonal = Float64Array.from(
    { length },
    (_, t) => ((length - 1 - 2 * t) / 2) ** 2 * cosine,
  );
  const offDiagonal = Float64Array.from(
    { length: length - 1 },
    (_, t) => ((t + 1) * (length - 1 - t)) / 2,
  );
  const tapers = leadingEigenvectors({ diagonal, offDiagonal }, count).map(withUsualSign);
  return { tapers, concentrations: concentrationsOf(tapers, halfBandwidth, memory) };
}

function withUsualSign(taper: Float64Array, order: number): Float64Array {
  const isEven = order % 2 === 0;
  const sign = isEven ? taper.reduce((sum, value) => sum + value, 0) : firstClearValue(taper);
  return sign < 0 ? taper.map((value) => -value) : taper;
}

/** The first value that is not near the rounding errors of the edges. */
function firstClearValue(taper: Float64Array): number {
  const largest = taper.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return taper.find((value) => Math.abs(value) > 1e-3 * largest)!;
}

/** Σ over lags of each taper's autocorrelation times sin(2πW lag) / (π lag). */
function concentrationsOf(
  tapers: readonly Float64Array[],
  halfBandwidth: number,
  memory?: SuccessiveMemory,
): Float64Array {
  const length = tapers[0]!.length;
  const transform = new FourierTransform(smoothFrom(2 * length), true, 0, memory);
  const { points } = transform;
  const size = points.length / POINT;
  const kernel = new Float64Array(length);
  for (let lag = 1; lag < length; lag++) {
    kernel[lag] = Math.sin(2 * Math.PI * halfBandwidth * lag) / (Math.PI * lag);
  }
  const powers = new Float64Array(size);
  return Float64Array.from(tapers, (taper) => {
    points.fill(0);
    for (let t = 0; t < length; t++) points[POINT * t] = taper[t]!;
    const values = transform.transform();
    for (let k = 0; k < size; k++) {
      powers[k] = values[POINT * k]! ** 2 + values[POINT * k + 2]! ** 2;
    }
    points.fill(0);
    for (let k = 0; k < size; k++) points[POINT * k] = powers[k]! / size;
    // Powers are even: their transform is that back.
    const autocorrelation = transform.transform();
    let concentration = 2 * halfBandwidth * autocorrelation[0]!;
    for (let lag = 1; lag < length; lag++) {
      concentration += 2 * kernel[lag]! * autocorrelation[POINT * lag]!;
    }
    return concentration;
  });
}

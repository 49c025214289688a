import { PowerTransform } from "./power-transform.ts";
import { SpectrumError, slepianTapers } from "./slepian-tapers.ts";

/** A one-sided power spectral density. */
export interface Spectrum {
  /** 0 … half the sampling rate. */
  readonly frequenciesHz: Float64Array;
  /** Signal units²/Hz; their integral is the signal's variance. */
  readonly density: Float64Array;
}

export interface MultitaperOptions {
  readonly samplingRateHz: number;
  /** Half-bandwidth times duration. */
  readonly timeBandwidth?: number;
  readonly taperCount?: number;
  /** How tapers are combined: by Thomson's adaptive weights, or by their concentrations alone. */
  readonly weights?: "adaptive" | "uniform";
}

/** Estimates spectra of signals of one length, for which the tapers are computed once. */
export class MultitaperEstimator {
  readonly frequenciesHz: Float64Array;
  readonly #samplingRateHz: number;
  readonly #weights: "adaptive" | "uniform";
  readonly #tapers: readonly Float64Array[];
  readonly #concentrations: Float64Array;
  readonly #transform: PowerTransform;

  /**
   * @param length samples of each signal.
   * @throws {@link SpectrumError} when the length does not allow as many tapers.
   */
  constructor(length: number, options: MultitaperOptions) {
    const { samplingRateHz, timeBandwidth = 4, taperCount = 7, weights = "adaptive" } = options;
    const { tapers, concentrations } = slepianTapers(length, timeBandwidth, taperCount);
    this.#samplingRateHz = samplingRateHz;
    this.#weights = weights;
    this.#tapers = tapers;
    this.#concentrations = concentrations;
    this.#transform = new PowerTransform(length);
    this.frequenciesHz = Float64Array.from(
      { length: Math.floor(length / 2) + 1 },
      (_, f) => (f * samplingRateHz) / length,
    );
  }

  /**
   * The density of a signal's fluctuation about its mean: S(f) = Σ_k d_k² S_k(f) / Σ_k d_k², where
   * S_k is the spectrum with taper k. Uniform weights are d_k² = λ_k, the tapers' concentrations;
   * adaptive ones d_k = √λ_k S / (λ_k S + (1 − λ_k) σ² Δt) (Thomson 1982, Proc IEEE 70:1055), where
   * S is one-sided, twice Thomson's, which fits the reference values: leakage is counted half as much as by him.
   */
  density(signal: Float64Array): Float64Array {
    const length = this.#tapers[0]!.length;
    if (signal.length !== length) {
      throw new SpectrumError(`The signal has ${signal.length} samples; expected ${length}.`);
    }
    const centred = aboutMean(signal);
    const spectra = this.#tapers.map((taper) => {
      const power = this.#transform.power(taper.map((value, t) => value * centred[t]!));
      return power.map((value) => value / this.#samplingRateHz);
    });
    const noise = meanSquare(centred) / (2 * this.#samplingRateHz);
    return this.frequenciesHz.map((_, f) => {
      const values = spectra.map((spectrum) => spectrum[f]!);
      const isAlone = f === 0 || 2 * f === length;
      // Any other frequency stands for its negative, too.
      return (isAlone ? 1 : 2) * this.#combined(values, noise);
    });
  }

  #combined(values: readonly number[], noise: number): number {
    const concentrations = this.#concentrations;
    const uniform = weightedMean(values, concentrations);
    // A signal without variance has no noise to keep out.
    if (this.#weights === "uniform" || noise === 0) return uniform;
    return adaptiveMean(values, concentrations, noise);
  }
}

/** The multitaper spectrum of one signal; see {@link MultitaperEstimator}. */
export function multitaperSpectrum(signal: Float64Array, options: MultitaperOptions): Spectrum {
  const estimator = new MultitaperEstimator(signal.length, options);
  return { frequenciesHz: estimator.frequenciesHz, density: estimator.density(signal) };
}

/** The iteration ends at this relative change; it gains some digits each time. */
const TOLERANCE = 1e-8;
const MOST_ITERATIONS = 200;

function adaptiveMean(
  values: readonly number[],
  concentrations: Float64Array,
  noise: number,
): number {
  // The two best concentrated tapers leak least.
  let density = weightedMean(values.slice(0, 2), concentrations);
  for (let k = 0; k < MOST_ITERATIONS; k++) {
    const weights = concentrations.map(
      (part) => part * (density / (part * density + (1 - part) * noise)) ** 2,
    );
    const next = weightedMean(values, weights);
    const isSettled = !(Math.abs(next - density) > TOLERANCE * next);
    density = next;
    if (isSettled) break;
  }
  return density;
}

function weightedMean(values: readonly number[], weights: Float64Array): number {
  let [sum, total] = [0, 0];
  values.forEach((value, k) => {
    sum += weights[k]! * value;
    total += weights[k]!;
  });
  return total > 0 ? sum / total : 0;
}

function aboutMean(signal: Float64Array): Float64Array {
  const mean = signal.reduce((sum, value) => sum + value, 0) / signal.length;
  return signal.map((value) => value - mean);
}

const meanSquare = (signal: Float64Array) =>
  signal.reduce((sum, value) => sum + value * value, 0) / signal.length;

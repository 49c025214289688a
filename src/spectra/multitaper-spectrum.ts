import { SuccessiveMemory } from "../webassembly/loading.ts";
import { compiledTapers } from "./compiled-tapers.ts";
import { jackknifeBand, type SpectrumBand } from "./jackknife-band.ts";
import { PowerTransform } from "./power-transform.ts";
import { SpectrumError, slepianTapers } from "./slepian-tapers.ts";
import { combinedSpectrum, type TaperWeights } from "./taper-weights.ts";

/** One-sided power spectral density. */
export interface Spectrum {
  /** Frequencies from 0 to half the sampling rate. */
  readonly frequenciesHz: Float64Array;
  /** Density, signal units²/Hz; its integral is the variance of the signal. */
  readonly density: Float64Array;
}

/** A density with what it is without each of the tapers, from which the jackknife tells its error. */
export interface TaperedDensity {
  readonly density: Float64Array;
  /** Per taper left out, the density from the others. */
  readonly withoutOne: readonly Float64Array[];
}

/** Options of `multitaperSpectrum`. */
export interface MultitaperOptions {
  readonly samplingRateHz: number;
  /** Time–half-bandwidth product; 4 by default. */
  readonly timeBandwidth?: number;
  readonly taperCount?: number;
  /** Weights of the tapers: Thomson's adaptive ones (default), or their concentrations alone. */
  readonly weights?: TaperWeights;
}

/** Estimates spectra of signals of one length, for which the tapers are computed once. */
export class MultitaperEstimator {
  readonly frequenciesHz: Float64Array;
  readonly #samplingRateHz: number;
  readonly #weights: TaperWeights;
  readonly #length: number;
  readonly #concentrations: Float64Array;
  readonly #transform: PowerTransform;
  /** Used again and again, by the taper that each is without. */
  readonly #densities: Float64Array[] = [];

  /**
   * @param length samples of each signal.
   * @throws {SpectrumError} when the length does not allow as many tapers.
   */
  constructor(length: number, options: MultitaperOptions) {
    const { samplingRateHz, timeBandwidth = 4, taperCount = 7, weights = "adaptive" } = options;
    const memory = new SuccessiveMemory();
    const { tapers, concentrations } = slepianTapers(length, timeBandwidth, taperCount, memory);
    this.#samplingRateHz = samplingRateHz;
    this.#weights = weights;
    this.#length = length;
    this.#concentrations = concentrations;
    this.#transform = new PowerTransform(tapers, true, memory);
    this.frequenciesHz = Float64Array.from(
      { length: Math.floor(length / 2) + 1 },
      (_, f) => (f * samplingRateHz) / length,
    );
  }

  /**
   * The density of a signal's fluctuation about its mean: S(f) = Σ_k d_k² S_k(f) / Σ_k d_k², where
   * S_k is the spectrum with taper k. Uniform weights are d_k² = λ_k, the tapers' concentrations;
   * adaptive ones d_k = √λ_k S / (λ_k S + (1 − λ_k) σ² Δt) (Thomson 1982, Proc IEEE 70:1055), where
   * S is one-sided, twice Thomson's, which fits the reference values: leakage is counted half as
   * much as by him. It is valid until the next call.
   */
  density(signal: Float64Array): Float64Array {
    const [density] = this.#combined(this.#eigenspectra(signal), [this.#concentrations.length]);
    return density!;
  }

  /**
   * The density, and that without each taper in turn, its weights found anew; valid until the next
   * call.
   */
  taperedDensity(signal: Float64Array): TaperedDensity {
    const outs = [this.#concentrations.length, ...this.#concentrations.keys()];
    const [density, ...withoutOne] = this.#combined(this.#eigenspectra(signal), outs);
    return { density: density!, withoutOne };
  }

  #eigenspectra(signal: Float64Array): Eigenspectra {
    const length = this.#length;
    if (signal.length !== length) {
      throw new SpectrumError(`The signal has ${signal.length} samples; expected ${length}.`);
    }
    const centred = aboutMean(signal, this.#transform.signal);
    return {
      powers: this.#transform.powers(this.#samplingRateHz),
      noise: meanSquare(centred) / (2 * this.#samplingRateHz),
    };
  }

  /** Densities without each of these tapers; all are used without one that is none. */
  #combined({ powers, noise }: Eigenspectra, outs: readonly number[]): Float64Array[] {
    const isCompiled = this.#weights === "adaptive" && noise > 0;
    const compiled = isCompiled ? compiledTapers(powers.length) : undefined;
    const densities = outs.map(
      (out) => (this.#densities[out] ??= new Float64Array(this.frequenciesHz.length)),
    );
    if (compiled) compiled.combine(powers, this.#concentrations, noise, outs, densities);
    else for (const out of outs) this.#combinePlainly(powers, noise, out);
    // Any frequency but the first and a whole signal's last stands for its negative, too.
    const end = this.#length % 2 === 0 ? this.#length / 2 : this.frequenciesHz.length;
    for (const density of densities) {
      for (let f = 1; f < end; f++) density[f]! *= 2;
    }
    return densities;
  }

  #combinePlainly(powers: readonly Float64Array[], noise: number, out: number): void {
    const density = this.#densities[out]!;
    const tapers = [...powers.keys()].filter((k) => k !== out);
    const concentrations = Float64Array.from(tapers, (k) => this.#concentrations[k]!);
    const values = new Float64Array(tapers.length);
    for (let f = 0; f < density.length; f++) {
      for (let k = 0; k < tapers.length; k++) values[k] = powers[tapers[k]!]![f]!;
      density[f] = combinedSpectrum(values, concentrations, noise, this.#weights);
    }
  }
}

/** A signal's two-sided spectra with each taper. */
interface Eigenspectra {
  readonly powers: readonly Float64Array[];
  /** σ² Δt / 2, that of half the frequencies. */
  readonly noise: number;
}

/**
 * Multitaper spectrum of a signal about its mean, S(f) = Σ_k d_k² S_k(f) / Σ_k d_k², where S_k is
 * the spectrum with the kth Slepian taper and d_k its weight (Thomson 1982, Proc IEEE 70:1055), with
 * 95 % confidence limits of the jackknife over tapers (Thomson 2007, IEEE Signal Process Mag 24(4):20).
 *
 * @param signal samples at equal intervals
 * @throws {SpectrumError} if the signal is too short for the tapers
 * @example
 * ```ts
 * import { analysis } from "isocortex";
 *
 * const signal = Float64Array.from({ length: 1000 }, (_, k) => Math.sin((2 * Math.PI * 8 * k) / 200));
 * const { frequenciesHz, density } = analysis.multitaperSpectrum(signal, { samplingRateHz: 200 });
 * console.log(frequenciesHz[density.indexOf(Math.max(...density))]); // about 8 Hz
 * ```
 */
export function multitaperSpectrum(
  signal: Float64Array,
  options: MultitaperOptions,
): Spectrum & SpectrumBand {
  const estimator = new MultitaperEstimator(signal.length, options);
  const { density, withoutOne } = estimator.taperedDensity(signal);
  const { frequenciesHz } = estimator;
  return { frequenciesHz, density, ...jackknifeBand(density, withoutOne) };
}

/** Mean of a signal. */
export function meanOf(signal: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < signal.length; t++) sum += signal[t]!;
  return sum / signal.length;
}

/** A signal less its mean, put into an array. */
export function aboutMean(
  signal: Float64Array,
  centred: Float64Array = new Float64Array(signal.length),
): Float64Array {
  const mean = meanOf(signal);
  for (let t = 0; t < signal.length; t++) centred[t] = signal[t]! - mean;
  return centred;
}

function meanSquare(signal: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < signal.length; t++) sum += signal[t]! * signal[t]!;
  return sum / signal.length;
}

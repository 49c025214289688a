import FFT from "fft.js";
import { type Bluestein, compiledTransform, type TransformNeeds } from "./compiled-transform.ts";

/**
 * Power of the discrete Fourier transform of real signals of one length:
 * P_f = |Σ_t x_t exp(−2πi f t / n)|², for f = 0 … ⌊n / 2⌋.
 *
 * Lengths other than powers of two are transformed by Bluestein's chirp convolution (1970, IEEE
 * Trans Audio Electroacoust 18:451), without changing the frequencies by padding.
 */
export class PowerTransform {
  readonly #transform: Pick<PlainTransform, "powers">;

  /** @param length samples of a signal, at least 2. */
  constructor(length: number) {
    const parts = transformParts(length);
    this.#transform = compiledTransform(parts) ?? new PlainTransform(parts);
  }

  /** The powers of a signal of the transform's length with each of some tapers; two take as long as one. */
  powers(signal: Float64Array, tapers: readonly Float64Array[]): Float64Array[] {
    const pairs = tapers.flatMap((_, k) => (k % 2 === 0 ? [tapers.slice(k, k + 2)] : []));
    return pairs.flatMap((pair) => this.#transform.powers(signal, pair));
  }
}

/** Tables that transforms of signals of one length share. */
interface TransformParts extends TransformNeeds {
  readonly fft: FFT;
}

export function transformParts(length: number): TransformParts {
  const isPowerOfTwo = (length & (length - 1)) === 0;
  const size = isPowerOfTwo ? length : powerOfTwoFrom(2 * length - 1);
  const fft = new FFT(size);
  if (isPowerOfTwo) return { length, size, fft };
  const chirp = chirpOf(length);
  const filter = new Float64Array(2 * size);
  fft.transform(filter, conjugateOnCircle(chirp, size));
  return { length, size, fft, bluestein: { chirp, filter } };
}

/** The transform without WebAssembly. */
export class PlainTransform {
  readonly #parts: TransformParts;
  readonly #input: Float64Array;
  readonly #output: Float64Array;

  constructor(parts: TransformParts) {
    this.#parts = parts;
    this.#input = new Float64Array(2 * parts.size);
    this.#output = new Float64Array(2 * parts.size);
  }

  powers(signal: Float64Array, tapers: readonly Float64Array[]): Float64Array[] {
    return tapers.map((taper) => this.#power(signal.map((value, t) => taper[t]! * value)));
  }

  #power(signal: Float64Array): Float64Array {
    const { length, bluestein } = this.#parts;
    const output = bluestein ? this.#convolved(signal, bluestein) : this.#direct(signal);
    const power = new Float64Array(Math.floor(length / 2) + 1);
    for (let f = 0; f < power.length; f++) power[f] = output[2 * f]! ** 2 + output[2 * f + 1]! ** 2;
    return power;
  }

  #direct(signal: Float64Array): Float64Array {
    const [input, output] = [this.#input, this.#output];
    for (let t = 0; t < signal.length; t++) input[2 * t] = signal[t]!;
    this.#parts.fft.transform(output, input);
    return output;
  }

  /** The transform but for a factor of modulus 1. */
  #convolved(signal: Float64Array, { chirp, filter }: Bluestein): Float64Array {
    const [input, output] = [this.#input, this.#output];
    input.fill(0);
    for (let t = 0; t < signal.length; t++) {
      input[2 * t] = signal[t]! * chirp[2 * t]!;
      input[2 * t + 1] = signal[t]! * chirp[2 * t + 1]!;
    }
    this.#parts.fft.transform(output, input);
    for (let k = 0; k < output.length; k += 2) {
      const [re, im] = [output[k]!, output[k + 1]!];
      input[k] = re * filter[k]! - im * filter[k + 1]!;
      input[k + 1] = re * filter[k + 1]! + im * filter[k]!;
    }
    this.#parts.fft.inverseTransform(output, input);
    return output;
  }
}

function chirpOf(length: number): Float64Array {
  const chirp = new Float64Array(2 * length);
  for (let t = 0; t < length; t++) {
    // The phase repeats every 2n; reduced, t² does not cost it any digits.
    const angle = (Math.PI * ((t * t) % (2 * length))) / length;
    chirp[2 * t] = Math.cos(angle);
    chirp[2 * t + 1] = -Math.sin(angle);
  }
  return chirp;
}

/** The chirp's conjugate at times 0 … n − 1 and, from the array's end, −1 … 1 − n. */
function conjugateOnCircle(chirp: Float64Array, size: number): Float64Array {
  const circle = new Float64Array(2 * size);
  for (let t = 0; t < chirp.length / 2; t++) {
    for (const at of [t, (size - t) % size]) {
      circle[2 * at] = chirp[2 * t]!;
      circle[2 * at + 1] = -chirp[2 * t + 1]!;
    }
  }
  return circle;
}

/** The smallest power of two that is not below a count. */
export const powerOfTwoFrom = (count: number): number => 2 ** Math.ceil(Math.log2(count));

import { FourierTransform, isSmooth, LARGEST_FACTOR } from "./fourier-transform.ts";
import { POINT } from "./plain-passes.ts";

/** Signals in a transform: the real and the imaginary parts of two complex ones. */
const SIGNALS = 4;

/**
 * Power of the discrete Fourier transform of real signals of one length:
 * P_f = |Σ_t x_t exp(−2πi f t / n)|², for f = 0 … ⌊n / 2⌋.
 *
 * Lengths with a large prime factor are transformed by Bluestein's chirp convolution (1970, IEEE
 * Trans Audio Electroacoust 18:451), without changing the frequencies by padding.
 */
export class PowerTransform {
  readonly #length: number;
  /** In the place of tapers that are missing. */
  readonly #none: Float64Array;
  readonly #transform: Pick<FourierTransform, "points" | "transform">;

  /** @param length samples of a signal, at least 2. */
  constructor(length: number, isCompiled = true) {
    this.#length = length;
    this.#none = new Float64Array(length);
    this.#transform = isSmooth(length, LARGEST_FACTOR)
      ? new FourierTransform(length, isCompiled)
      : new ChirpTransform(length, isCompiled);
  }

  /** The powers of a signal of the transform's length with each of some tapers; four take as long as one. */
  powers(signal: Float64Array, tapers: readonly Float64Array[]): Float64Array[] {
    const powers: Float64Array[] = [];
    for (let k = 0; k < tapers.length; k += SIGNALS) {
      powers.push(...this.#powers(signal, tapers.slice(k, k + SIGNALS)));
    }
    return powers;
  }

  #powers(signal: Float64Array, tapers: readonly Float64Array[]): Float64Array[] {
    const { points } = this.#transform;
    const length = this.#length;
    // Two signals are the parts of one complex signal.
    const [a, b, c, d] = Array.from({ length: SIGNALS }, (_, k) => tapers[k] ?? this.#none);
    for (let t = 0, at = 0; t < length; t++, at += POINT) {
      const value = signal[t]!;
      points[at] = a![t]! * value;
      points[at + 1] = c![t]! * value;
      points[at + 2] = b![t]! * value;
      points[at + 3] = d![t]! * value;
    }
    const values = this.#transform.transform();
    return partPowers(values, length).slice(0, tapers.length);
  }
}

/**
 * Powers of the real and imaginary parts of two complex signals with the transforms Z:
 * |Z_f + Z*_(n−f)|² / 4 and |Z_f − Z*_(n−f)|² / 4.
 */
function partPowers(values: Float64Array, length: number): Float64Array[] {
  const count = Math.floor(length / 2) + 1;
  const powers = Array.from({ length: SIGNALS }, () => new Float64Array(count));
  for (let lane = 0; lane < 2; lane++) {
    const [ofReal, ofImaginary] = [powers[2 * lane]!, powers[2 * lane + 1]!];
    for (let f = 0, at = lane, other = lane; f < count; f++) {
      const [re, im] = [values[at]!, values[at + 2]!];
      const [otherRe, otherIm] = [values[other]!, values[other + 2]!];
      ofReal[f] = squaredModulus(re + otherRe, im - otherIm) / 4;
      ofImaginary[f] = squaredModulus(re - otherRe, im + otherIm) / 4;
      at += POINT;
      other = POINT * length + 2 * lane - at;
    }
  }
  return powers;
}

const squaredModulus = (re: number, im: number): number => re * re + im * im;

/** Fourier transform of two complex signals of any length, as a convolution with exp(πi t² / n). */
class ChirpTransform {
  readonly points: Float64Array;
  readonly #length: number;
  readonly #transform: FourierTransform;
  /** exp(−πi t² / n), and the transform of its conjugate. */
  readonly #chirp: Float64Array;
  readonly #filter: Float64Array;

  constructor(length: number, isCompiled: boolean) {
    this.#length = length;
    this.points = new Float64Array(POINT * length);
    const size = smoothFrom(2 * length - 1);
    this.#transform = new FourierTransform(size, isCompiled);
    this.#chirp = chirpOf(length);
    this.#filter = filterOf(this.#chirp, this.#transform);
  }

  transform(): Float64Array {
    const { points } = this.#transform;
    const chirp = this.#chirp;
    points.fill(0);
    multiply(this.points, chirp, points);
    const products = this.#transform.transform().slice();
    // The transform back is that of the numbers with their parts exchanged.
    multiply(products, this.#filter, points);
    exchangeParts(points);
    const convolved = this.#transform.transform();
    exchangeParts(convolved);
    multiply(convolved.subarray(0, POINT * this.#length), chirp, this.points);
    const size = points.length / POINT;
    for (let k = 0; k < this.points.length; k++) this.points[k]! /= size;
    return this.points;
  }
}

/** Multiplies points by as many factors. */
function multiply(points: Float64Array, factors: Float64Array, products: Float64Array): void {
  for (let t = 0; t < points.length / POINT; t++) {
    const [factorRe, factorIm] = [factors[2 * t]!, factors[2 * t + 1]!];
    for (let at = POINT * t; at < POINT * t + 2; at++) {
      const [re, im] = [points[at]!, points[at + 2]!];
      products[at] = re * factorRe - im * factorIm;
      products[at + 2] = re * factorIm + im * factorRe;
    }
  }
}

function exchangeParts(points: Float64Array): void {
  for (let at = 0; at < points.length; at += POINT) {
    for (const lane of [at, at + 1]) {
      [points[lane], points[lane + 2]] = [points[lane + 2]!, points[lane]!];
    }
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

/** Transform of the chirp's conjugate at times 0 … n − 1 and, from the circle's end, −1 … 1 − n. */
function filterOf(chirp: Float64Array, transform: FourierTransform): Float64Array {
  const { points } = transform;
  const size = points.length / POINT;
  points.fill(0);
  for (let t = 0; t < chirp.length / 2; t++) {
    for (const at of [t, (size - t) % size]) {
      points[POINT * at] = chirp[2 * t]!;
      points[POINT * at + 2] = -chirp[2 * t + 1]!;
    }
  }
  const values = transform.transform();
  return Float64Array.from({ length: 2 * size }, (_, k) => values[POINT * (k >> 1) + 2 * (k & 1)]!);
}

/** The smallest number without prime factors above 5 that is not below a count. */
export function smoothFrom(count: number): number {
  let size = count;
  while (!isSmooth(size, 5)) size++;
  return size;
}

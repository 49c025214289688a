import type { SuccessiveMemory } from "../webassembly/loading.ts";
import {
  FourierTransform,
  isSmooth,
  LARGEST_FACTOR,
  type TransformKernel,
} from "./fourier-transform.ts";
import { POINT, plainPowers, plainTaper } from "./plain-passes.ts";

/** Signals in a transform: the real and the imaginary parts of two complex ones. */
const SIGNALS = 4;

/** Transform of two complex signals of any length, and what is kept with it. */
interface SignalTransform {
  readonly points: Float64Array;
  readonly room: Float64Array;
  readonly kernel: TransformKernel | undefined;
  transform(): Float64Array;
}

/**
 * Power of the discrete Fourier transform of tapered real signals of one length:
 * P_f = |Σ_t h_t x_t exp(−2πi f t / n)|², for f = 0 … ⌊n / 2⌋.
 *
 * Lengths with a large prime factor are transformed by Bluestein's chirp convolution (1970, IEEE
 * Trans Audio Electroacoust 18:451), without changing the frequencies by padding.
 */
export class PowerTransform {
  readonly #transform: SignalTransform;
  /** Signal to be transformed. */
  readonly signal: Float64Array;
  /** Four at a time, as points; those that are missing are 0. */
  readonly #tapers: readonly Float64Array[];
  /** Of as many tapers, one after the other. */
  readonly #powers: readonly Float64Array[];
  readonly #byTaper: readonly Float64Array[];

  /**
   * @param tapers h, at least one; all of at least 2 samples
   * @param memory left by a transform that is not used any more
   */
  constructor(tapers: readonly Float64Array[], isCompiled = true, memory?: SuccessiveMemory) {
    const length = tapers[0]!.length;
    const frequencies = Math.floor(length / 2) + 1;
    const transforms = Math.ceil(tapers.length / SIGNALS);
    const room = length + transforms * (POINT * length + SIGNALS * frequencies);
    this.#transform = isSmooth(length, LARGEST_FACTOR)
      ? new FourierTransform(length, isCompiled, room, memory)
      : new ChirpTransform(length, isCompiled, room, memory);
    let from = 0;
    const take = (count: number) => {
      from += count;
      return this.#transform.room.subarray(from - count, from);
    };
    this.signal = take(length);
    this.#tapers = Array.from({ length: transforms }, () => take(POINT * length));
    this.#powers = Array.from({ length: transforms }, () => take(SIGNALS * frequencies));
    for (const [k, taper] of tapers.entries()) {
      const points = this.#tapers[Math.floor(k / SIGNALS)]!;
      const lane = laneOf(k % SIGNALS);
      for (let t = 0; t < length; t++) points[POINT * t + lane] = taper[t]!;
    }
    this.#byTaper = Array.from(tapers, (_, k) => {
      const at = (k % SIGNALS) * frequencies;
      return this.#powers[Math.floor(k / SIGNALS)]!.subarray(at, at + frequencies);
    });
  }

  /**
   * The powers of the signal with each taper, valid until the next call.
   *
   * @param unit what they are divided by
   */
  powers(unit = 1): readonly Float64Array[] {
    const { points, kernel } = this.#transform;
    for (const [k, tapers] of this.#tapers.entries()) {
      const powers = this.#powers[k]!;
      if (kernel) {
        const [size, from] = [this.signal.length, this.signal.byteOffset];
        kernel.taper(size, from, tapers.byteOffset, points.byteOffset);
        kernel.powers(size, this.#transform.transform().byteOffset, unit, powers.byteOffset);
      } else {
        plainTaper(this.signal, tapers, points);
        plainPowers(this.#transform.transform(), unit, powers);
      }
    }
    return this.#byTaper;
  }
}

/** Place in a point: the real parts of both complex signals come first. */
const laneOf = (signal: number): number => (signal >> 1) + 2 * (signal & 1);

/** Fourier transform of two complex signals of any length, as a convolution with exp(πi t² / n). */
class ChirpTransform implements SignalTransform {
  readonly points: Float64Array;
  readonly room: Float64Array;
  readonly kernel: TransformKernel | undefined;
  readonly #length: number;
  readonly #transform: FourierTransform;
  /** exp(−πi t² / n), and the transform of its conjugate. */
  readonly #chirp: Float64Array;
  readonly #filter: Float64Array;

  constructor(length: number, isCompiled: boolean, room: number, memory?: SuccessiveMemory) {
    this.#length = length;
    const size = smoothFrom(2 * length - 1);
    this.#transform = new FourierTransform(size, isCompiled, POINT * length + room, memory);
    this.kernel = this.#transform.kernel;
    this.points = this.#transform.room.subarray(0, POINT * length);
    this.room = this.#transform.room.subarray(POINT * length);
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

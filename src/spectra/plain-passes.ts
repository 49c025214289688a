/** A pass of a Fourier transform of two complex signals: see transforms.ts. */
export interface TransformPass {
  readonly radix: number;
  readonly size: number;
  /** Product of the factors of the passes before. */
  readonly stride: number;
}

/** Doubles of a point: the real parts of the two signals, then the imaginary ones. */
export const POINT = 4;

/** The pass without WebAssembly, to the same bits. */
export function plainPass(
  { radix, size, stride }: TransformPass,
  input: Float64Array,
  output: Float64Array,
  table: Float64Array,
): void {
  const [re, im] = [new Float64Array(radix), new Float64Array(radix)];
  const [outRe, outIm] = [new Float64Array(radix), new Float64Array(radix)];
  const root = size / radix;
  const butterfly = radix === 2 ? two : radix === 4 ? four : odd;
  for (let p = 0; p < root / stride; p++) {
    for (let q = 0; q < stride; q++) {
      for (let lane = 0; lane < 2; lane++) {
        for (let j = 0; j < radix; j++) {
          const at = POINT * (q + stride * p + root * j) + lane;
          re[j] = input[at]!;
          im[j] = input[at + 2]!;
        }
        butterfly(re, im, outRe, outIm, table, root);
        for (let k = 0; k < radix; k++) {
          const at = POINT * (q + stride * (radix * p + k)) + lane;
          const [real, imaginary] = [outRe[k]!, outIm[k]!];
          const factor = 2 * p * stride * k;
          const [factorReal, factorImaginary] = [table[factor]!, table[factor + 1]!];
          output[at] = k === 0 ? real : real * factorReal - imaginary * factorImaginary;
          output[at + 2] = k === 0 ? imaginary : real * factorImaginary + imaginary * factorReal;
        }
      }
    }
  }
}

function two(re: Float64Array, im: Float64Array, outRe: Float64Array, outIm: Float64Array): void {
  [outRe[0], outIm[0]] = [re[0]! + re[1]!, im[0]! + im[1]!];
  [outRe[1], outIm[1]] = [re[0]! - re[1]!, im[0]! - im[1]!];
}

function four(re: Float64Array, im: Float64Array, outRe: Float64Array, outIm: Float64Array): void {
  const [sumRe, sumIm] = [re[0]! + re[2]!, im[0]! + im[2]!];
  const [differenceRe, differenceIm] = [re[0]! - re[2]!, im[0]! - im[2]!];
  const [otherRe, otherIm] = [re[1]! + re[3]!, im[1]! + im[3]!];
  const [turnedRe, turnedIm] = [re[1]! - re[3]!, im[1]! - im[3]!];
  [outRe[0], outIm[0]] = [sumRe + otherRe, sumIm + otherIm];
  [outRe[1], outIm[1]] = [differenceRe + turnedIm, differenceIm - turnedRe];
  [outRe[2], outIm[2]] = [sumRe - otherRe, sumIm - otherIm];
  [outRe[3], outIm[3]] = [differenceRe - turnedIm, differenceIm + turnedRe];
}

/** Of pairs of points, sums times the roots' real parts, and differences times the imaginary ones. */
function odd(
  re: Float64Array,
  im: Float64Array,
  outRe: Float64Array,
  outIm: Float64Array,
  table: Float64Array,
  root: number,
): void {
  const points = re.length;
  const half = points >> 1;
  let [sumRe, sumIm] = [re[0]!, im[0]!];
  for (let j = 1; j <= half; j++) {
    sumRe += re[j]! + re[points - j]!;
    sumIm += im[j]! + im[points - j]!;
  }
  [outRe[0], outIm[0]] = [sumRe, sumIm];
  for (let k = 1; k <= half; k++) {
    let [meanRe, meanIm, apartRe, apartIm] = [re[0]!, im[0]!, 0, 0];
    for (let j = 1; j <= half; j++) {
      const at = 2 * root * ((j * k) % points);
      const [rootRe, rootIm] = [table[at]!, table[at + 1]!];
      meanRe += rootRe * (re[j]! + re[points - j]!);
      meanIm += rootRe * (im[j]! + im[points - j]!);
      apartRe += rootIm * (re[j]! - re[points - j]!);
      apartIm += rootIm * (im[j]! - im[points - j]!);
    }
    [outRe[k], outIm[k]] = [meanRe - apartIm, meanIm + apartRe];
    [outRe[points - k], outIm[points - k]] = [meanRe + apartIm, meanIm - apartRe];
  }
}

/** Products of a signal and four tapers, without WebAssembly. */
export function plainTaper(signal: Float64Array, tapers: Float64Array, points: Float64Array): void {
  for (let at = 0; at < points.length; at++) {
    points[at] = tapers[at]! * signal[Math.floor(at / POINT)]!;
  }
}

/**
 * Powers of the real and imaginary parts of two complex signals with the transforms Z, without
 * WebAssembly: |Z_f + Z*_(n−f)|² / 4 and |Z_f − Z*_(n−f)|² / 4, in a unit.
 */
export function plainPowers(points: Float64Array, unit: number, powers: Float64Array): void {
  const frequencies = powers.length / 4;
  for (let lane = 0; lane < 2; lane++) {
    const [ofReal, ofImaginary] = [2 * lane, 2 * lane + 1].map((signal) =>
      powers.subarray(signal * frequencies, (signal + 1) * frequencies),
    ) as [Float64Array, Float64Array];
    for (let f = 0; f < frequencies; f++) {
      const at = POINT * f + lane;
      const other = f === 0 ? lane : points.length - POINT * f + lane;
      const [re, im] = [points[at]!, points[at + 2]!];
      const [otherRe, otherIm] = [points[other]!, points[other + 2]!];
      ofReal[f] = squaredModulus(re + otherRe, im - otherIm) / 4 / unit;
      ofImaginary[f] = squaredModulus(re - otherRe, im + otherIm) / 4 / unit;
    }
  }
}

const squaredModulus = (re: number, im: number): number => re * re + im * im;

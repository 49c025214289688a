import { fixedLogarithmOfTwo, fixedRootsOfTwo, splitAtDouble, splitAtGrid } from "./fixed-point.ts";

/*
 * exp(x) = 2^(k/128) · exp(r), k = round(128 x / ln 2), |r| ≤ ln 2 / 256.
 * With k = 128 n + j: 2^n and 2^(j/128) come from tables, exp(r) − 1 from its Taylor polynomial,
 * whose first omitted term, r⁶/720, is below 2^−60.
 */
const stepsPerOctave = 128;

// 34 bits: k·stepHigh is exact for all k in use, and so is x − k·stepHigh.
const logarithmOfTwo = splitAtGrid(fixedLogarithmOfTwo, 34);
export const stepHigh = logarithmOfTwo.high / stepsPerOctave;
export const stepLow = logarithmOfTwo.low / stepsPerOctave;
export const stepsPerUnit = stepsPerOctave / (logarithmOfTwo.high + logarithmOfTwo.low);

/** 1.5 · 2⁵²: adding it rounds a number below 2³¹ to a whole one, which the sum's low bits hold. */
export const shiftToWhole = 6_755_399_441_055_744;

/** 2^(j/128) as pairs [high, low], j = 0 … 127. */
export const rootsOfTwo = new Float64Array(2 * stepsPerOctave);
fixedRootsOfTwo(stepsPerOctave).forEach((fixed, j) => {
  const { high, low } = splitAtDouble(fixed);
  rootsOfTwo[2 * j] = high;
  rootsOfTwo[2 * j + 1] = low;
});

const smallestExponent = -1022;
const largestExponent = 1023;

/** 2^n of all normal doubles, at n − smallestExponent. */
const powersOfTwo = new Float64Array(largestExponent - smallestExponent + 1);
powersOfTwo[-smallestExponent] = 1;
for (let n = 1; n <= largestExponent; n++) {
  powersOfTwo[n - smallestExponent] = 2 * powersOfTwo[n - 1 - smallestExponent]!;
}
for (let n = -1; n >= smallestExponent; n--) {
  powersOfTwo[n - smallestExponent] = powersOfTwo[n + 1 - smallestExponent]! / 2;
}

/**
 * The exponential function exp(x), the same to the bit on every machine.
 *
 * The error is below 1 ulp for every double, subnormal results included; exp(−∞) = 0,
 * exp(∞) = ∞, exp(NaN) = NaN.
 */
export function exponential(x: number): number {
  return x > -708 && x < 709 ? moderateExponential(x) : extremeExponential(x);
}

/** exp(x) for −708 < x < 709. */
export function moderateExponential(x: number): number {
  const k = x * stepsPerUnit + shiftToWhole - shiftToWhole;
  return significand(x, k) * powersOfTwo[(k >> 7) - smallestExponent]!;
}

/** exp(x)·2^−⌊k/128⌋, which lies around [1, 2). */
function significand(x: number, k: number): number {
  const r = x - k * stepHigh - k * stepLow;
  const square = r * r;
  const growth = r + square * (1 / 2 + r * (1 / 6) + square * (1 / 24 + r * (1 / 120)));
  const j = (k & (stepsPerOctave - 1)) << 1;
  const root = rootsOfTwo[j]!;
  return root + (rootsOfTwo[j + 1]! + root * growth);
}

/** exp where the result, or 2^n, is no normal double: scales in two steps, the first one exact. */
function extremeExponential(x: number): number {
  if (x >= 710) return Infinity;
  if (x <= -746) return 0;
  if (Number.isNaN(x)) return x;
  const k = Math.floor(x * stepsPerUnit + 0.5);
  const secondExponent = x > 0 ? 1 : -100;
  const firstExponent = (k >> 7) - secondExponent;
  return (
    significand(x, k) *
    powersOfTwo[firstExponent - smallestExponent]! *
    powersOfTwo[secondExponent - smallestExponent]!
  );
}

/** Limit below which a short polynomial suffices for exp(−x): x⁴/24 is below 2⁻⁵⁷. */
export const shortLimit = 1e-4;

/**
 * The decay factor exp(−x) for x ≥ 0, fastest below {@link shortLimit}.
 *
 * The error is below 1 ulp.
 */
export function shortDecay(x: number): number {
  return x < shortLimit ? shortestDecay(x) : exponential(-x);
}

/** exp(−x) for 0 ≤ x < {@link shortLimit}. */
export function shortestDecay(x: number): number {
  return 1 - x * (1 - x * (1 / 2 - x * (1 / 6)));
}

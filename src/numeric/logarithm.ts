import {
  intervalCount,
  logarithmOfTwoHigh,
  logarithmOfTwoLow,
  octaveLogarithmHigh,
  octaveLogarithmLow,
  reciprocalLogarithmHigh,
  reciprocalLogarithmLow,
  scaledReciprocal,
} from "./logarithm-table.ts";

/**
 * −ln(n·2^−32), the exponential deviate of mean 1 that belongs to a random word.
 *
 * The error is below 1 ulp, also where n is near 2^32 and the result near 0; n = 0 gives ∞.
 * There is no branch, not even for n = 0: one more than doubles the time in a loop of draws.
 * Apart from the table look-ups, only operations that WebAssembly SIMD has lane by lane are used,
 * so that a vectorised form can return the same bits.
 *
 * @param n a word of 32 bits, signed or unsigned
 */
export function negativeLogFraction(n: number): number {
  const leadingZeros = Math.clz32(n);
  const significand = (n << leadingZeros) >>> 0;
  const interval = (significand >>> 23) & (intervalCount - 1);
  const r = significand * scaledReciprocal[interval]! - 1;
  const square = r * r;
  const curvature = 1 / 2 - r * (1 / 3) + square * (1 / 4 - r * (1 / 5) + square * (1 / 6));
  const high = octaveLogarithmHigh[leadingZeros]! + reciprocalLogarithmHigh[interval]!;
  const low = octaveLogarithmLow[leadingZeros]! + reciprocalLogarithmLow[interval]!;
  return high + (low + (square * curvature - r));
}

const smallestNormal = 2.2250738585072014e-308;
const bits = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm ln(x), the same to the bit on every machine.
 *
 * The error is below 1 ulp for every double; ln(0) = −∞, ln(∞) = ∞, ln of NaN or of a negative
 * number = NaN.
 */
export function logarithm(x: number): number {
  if (!(x > 0 && x < Infinity)) return logarithmOfExtreme(x);
  if (x < smallestNormal) return logarithmOfNormal(x * 0x40000000000000, 54);
  return logarithmOfNormal(x, 0);
}

/** ln(x·2^−shift) of a normal x > 0. */
function logarithmOfNormal(x: number, shift: number): number {
  bits.setFloat64(0, x);
  const upper = bits.getInt32(0);
  // x = 2^exponent · f with f in [1/2, 1), f's upper 21 and lower 32 bits taken apart.
  const exponent = (upper >> 20) - 1022 - shift;
  const interval = (upper >> 12) & (intervalCount - 1);
  const reciprocal = scaledReciprocal[interval]!;
  const rHigh = ((upper & 0xfffff) | 0x100000) * 0x800 * reciprocal - 1;
  const rLow = bits.getUint32(4) * (1 / 0x200000) * reciprocal;
  const r = rHigh + rLow;
  const rest = rHigh - r + rLow;
  const square = r * r;
  const curvature =
    1 / 2 -
    r * (1 / 3) +
    square * (1 / 4 - r * (1 / 5) + square * (1 / 6 - r * (1 / 7) + square * (1 / 8)));
  const high = exponent * logarithmOfTwoHigh - reciprocalLogarithmHigh[interval]!;
  const low = exponent * logarithmOfTwoLow - reciprocalLogarithmLow[interval]!;
  const sum = high + r;
  const lost = high - sum + r;
  return sum + (lost + (low + (rest - square * curvature)));
}

function logarithmOfExtreme(x: number): number {
  if (x === 0) return -Infinity;
  return x > 0 ? x : NaN;
}

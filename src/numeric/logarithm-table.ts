import { fixedLogarithm, fixedLogarithmOfTwo, splitAtGrid } from "./fixed-point.ts";

/*
 * A number f in [1/2, 1) falls into one of 256 equal intervals. Each has a short reciprocal c ≈ 1/f
 * with f·c − 1 = r exact and |r| < 2^−9 (2^−8 in the first), so that ln f = ln(1 + r) − ln c.
 * At both ends c is a power of two: there ln f + 0 and ln f + ln 2 need no term but ln(1 + r),
 * and keep their relative accuracy however small they are.
 */
export const intervalCount = 256;

/** c·2^−32 per interval (17 significant bits): times an integer of 32 bits, this is exact. */
export const scaledReciprocal = new Float64Array(intervalCount);

/** ln c per interval, a multiple of 2^−42. */
export const reciprocalLogarithmHigh = new Float64Array(intervalCount);

/** ln c − reciprocalLogarithmHigh per interval. */
export const reciprocalLogarithmLow = new Float64Array(intervalCount);

// 42 bits: n·high is exact for every exponent n of a double, and so are sums with ln c.
const gridBits = 42;
const logarithmOfTwo = splitAtGrid(fixedLogarithmOfTwo, gridBits);

/** ln 2, the part that is a multiple of 2^−42. */
export const logarithmOfTwoHigh = logarithmOfTwo.high;

/** ln 2 − logarithmOfTwoHigh. */
export const logarithmOfTwoLow = logarithmOfTwo.low;

/** z·ln 2 for z = 0 … 32 leading zeros of a word, high parts; a word of 32 zeros gives ∞. */
export const octaveLogarithmHigh = Float64Array.from({ length: 33 }, (_, z) =>
  z < 32 ? z * logarithmOfTwoHigh : Infinity,
);

/** z·ln 2 for z = 0 … 32, low parts. */
export const octaveLogarithmLow = Float64Array.from(
  { length: 33 },
  (_, z) => z * logarithmOfTwoLow,
);

/** c·2^16, an integer: 1/f at the middle of the interval, rounded; a power of two at both ends. */
function integerReciprocal(interval: number): number {
  if (interval === 0) return 0x20000;
  if (interval === intervalCount - 1) return 0x10000;
  return Math.floor(0x4000000 / (2 * interval + 513) + 0.5);
}

let logarithm = 0n;
for (let interval = intervalCount - 1; interval >= 0; interval--) {
  const reciprocal = integerReciprocal(interval);
  const next = integerReciprocal(Math.min(interval + 1, intervalCount - 1));
  logarithm += fixedLogarithm(reciprocal, next);
  const { high, low } = splitAtGrid(logarithm, gridBits);
  scaledReciprocal[interval] = reciprocal / 0x1000000000000;
  reciprocalLogarithmHigh[interval] = high;
  reciprocalLogarithmLow[interval] = low;
}
// The sum of many steps differs from ln 2 in its last bits, but must cancel against it exactly.
reciprocalLogarithmHigh[0] = logarithmOfTwoHigh;
reciprocalLogarithmLow[0] = logarithmOfTwoLow;

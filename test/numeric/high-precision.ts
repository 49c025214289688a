/**
 * exp and ln to about 200 bits, by other methods than the program's, and the error of a double
 * against them.
 */

/** The number significand·2^exponent. */
export interface BigFloat {
  readonly significand: bigint;
  readonly exponent: number;
}

const fractionBits = 256;
const one = 1n << BigInt(fractionBits);

const logarithmOfTwo = (() => {
  let sum = 0n;
  for (let n = 1n; n <= BigInt(fractionBits); n++) sum += one / (n << n);
  return sum;
})();

/** A finite double, exactly. */
export function exactly(x: number): BigFloat {
  const word = new BigUint64Array(Float64Array.of(x).buffer)[0]!;
  const biased = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n);
  return { significand: x < 0 ? -magnitude : magnitude, exponent: Math.max(biased, 1) - 1075 };
}

function shift(value: bigint, bits: number): bigint {
  return bits >= 0 ? value << BigInt(bits) : value >> BigInt(-bits);
}

function toFixed(x: number): bigint {
  const { significand, exponent } = exactly(x);
  return shift(significand, exponent + fractionBits);
}

function fixedExponential(x: bigint): bigint {
  let sum = 0n;
  let term = one;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term;
    term = ((term * x) >> BigInt(fractionBits)) / n;
  }
  return sum;
}

/** exp(x) of a finite double. */
export function trueExponential(x: number): BigFloat {
  const fixed = toFixed(x);
  const remainder = ((fixed % logarithmOfTwo) + logarithmOfTwo) % logarithmOfTwo;
  const octaves = Number((fixed - remainder) / logarithmOfTwo);
  return { significand: fixedExponential(remainder), exponent: octaves - fractionBits };
}

/** ln(x) of a finite double x > 0: Halley's iteration on the exponential, twice. */
export function trueLogarithm(x: number): BigFloat {
  const { significand, exponent } = exactly(x);
  let octaves = exponent + bitLength(significand);
  if (shift(significand, 2 + exponent - octaves) < 3n) octaves -= 1;
  const fixed = shift(significand, fractionBits + exponent - octaves);
  let logarithm = toFixed(Math.log(Number(fixed) / Number(one)));
  for (let iteration = 0; iteration < 2; iteration++) {
    const approximation = fixedExponential(logarithm);
    logarithm += (2n * (fixed - approximation) * one) / (fixed + approximation);
  }
  return {
    significand: logarithm + BigInt(octaves) * logarithmOfTwo,
    exponent: -fractionBits,
  };
}

/** −ln(n·2^−32) of an integer 0 < n < 2³². */
export function trueNegativeLogFraction(n: number): BigFloat {
  const { significand } = trueLogarithm(n);
  return { significand: 32n * logarithmOfTwo - significand, exponent: -fractionBits };
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

/** |result − truth| in units of the last place of a double near truth. */
export function errorInUlp(result: number, truth: BigFloat): number {
  if (!Number.isFinite(result)) return Infinity;
  const guardBits = 60;
  const magnitude = truth.significand < 0n ? -truth.significand : truth.significand;
  const ulpExponent = Math.max(truth.exponent + bitLength(magnitude) - 53, -1074);
  const unit = ulpExponent - guardBits;
  const exact = exactly(result);
  const difference =
    shift(exact.significand, exact.exponent - unit) -
    shift(truth.significand, truth.exponent - unit);
  return Math.abs(Number(difference)) / 2 ** guardBits;
}

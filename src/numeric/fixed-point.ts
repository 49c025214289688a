/**
 * Fixed-point numbers held in integers, from which the tables of exp and log are computed.
 *
 * Integer arithmetic is exact on every machine, so the tables are the same to the bit everywhere.
 * A number v is held as ⌊v·2^128⌋; only numbers ≥ 0 occur.
 */

const fractionBits = 128n;
const one = 1n << fractionBits;

/** A number as the unevaluated sum of two doubles. */
export interface DoublePair {
  readonly high: number;
  readonly low: number;
}

function multiply(a: bigint, b: bigint): bigint {
  return (a * b) >> fractionBits;
}

/** ln(a/b) for integers a ≥ b > 0, as fixed point: 2·artanh((a − b)/(a + b)). */
export function fixedLogarithm(a: number, b: number): bigint {
  const ratio = (BigInt(a - b) << fractionBits) / BigInt(a + b);
  const square = multiply(ratio, ratio);
  let sum = 0n;
  let power = ratio;
  for (let exponent = 1n; power > 0n; exponent += 2n) {
    sum += power / exponent;
    power = multiply(power, square);
  }
  return 2n * sum;
}

/** ln 2 as fixed point. */
export const fixedLogarithmOfTwo: bigint = fixedLogarithm(2, 1);

/** The powers 2^(k/count), k = 0 … count − 1, as fixed point. */
export function fixedRootsOfTwo(count: number): bigint[] {
  const exponent = fixedLogarithmOfTwo / BigInt(count);
  let root = 0n;
  let term = one;
  for (let n = 1n; term > 0n; n += 1n) {
    root += term;
    term = multiply(term, exponent) / n;
  }
  const powers = [one];
  while (powers.length < count) powers.push(multiply(powers[powers.length - 1]!, root));
  return powers;
}

/** Splits a fixed-point number into its nearest double and the double nearest to the rest. */
export function splitAtDouble(fixed: bigint): DoublePair {
  return pair(fixed, BigInt(Number(fixed)));
}

/** Splits a fixed-point number into its nearest multiple of 2^−gridBits and the rest. */
export function splitAtGrid(fixed: bigint, gridBits: number): DoublePair {
  const dropped = fractionBits - BigInt(gridBits);
  const half = 1n << (dropped - 1n);
  return pair(fixed, ((fixed + half) >> dropped) << dropped);
}

function pair(fixed: bigint, high: bigint): DoublePair {
  // Both conversions round to nearest, and the divisor is a power of two.
  return { high: Number(high) / Number(one), low: Number(fixed - high) / Number(one) };
}

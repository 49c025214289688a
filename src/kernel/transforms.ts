import { type f64, f64x2, type i32, load, type u32, usize, v128 } from "../rules/prelude.ts";

/*
 * Fourier transforms of two signals at a time, the lanes of a vector, a module of its own: radix 4,
 * decimation in time. Each sum and product is that of spectra/power-transform.ts without it, in the
 * same order within each lane; only the order of those that do not depend on each other differs, so
 * that large transforms stay in the cache.
 *
 * A point is 32 bytes: the two real parts, then the two imaginary ones. A factor of the table, of the
 * chirp or of the filter is 16 bytes: its real and its imaginary part.
 */

/** Points of a part that fits into the cache, or half as many. */
const PART_POINTS: usize = 8192;

/** Points that are next to each other in several parts, served at once. */
const NEIGHBOURS: usize = 16;

/** Four points a quarter apart, from their sums and differences. @inline */
function combine(
  ar: v128,
  ai: v128,
  br: v128,
  bi: v128,
  cr: v128,
  ci: v128,
  dr: v128,
  di: v128,
  to: usize,
  quarter: usize,
  inverse: i32,
): void {
  const sumReal = f64x2.add(ar, cr);
  const sumImaginary = f64x2.add(ai, ci);
  const differenceReal = f64x2.sub(ar, cr);
  const differenceImaginary = f64x2.sub(ai, ci);
  const otherReal = f64x2.add(br, dr);
  const otherImaginary = f64x2.add(bi, di);
  const turnedReal = inverse ? f64x2.sub(dr, br) : f64x2.sub(br, dr);
  const turnedImaginary = inverse ? f64x2.sub(di, bi) : f64x2.sub(bi, di);
  v128.store(to, f64x2.add(sumReal, otherReal));
  v128.store(to, f64x2.add(sumImaginary, otherImaginary), 16);
  v128.store(to + quarter, f64x2.add(differenceReal, turnedImaginary));
  v128.store(to + quarter, f64x2.sub(differenceImaginary, turnedReal), 16);
  v128.store(to + 2 * quarter, f64x2.sub(sumReal, otherReal));
  v128.store(to + 2 * quarter, f64x2.sub(sumImaginary, otherImaginary), 16);
  v128.store(to + 3 * quarter, f64x2.sub(differenceReal, turnedImaginary));
  v128.store(to + 3 * quarter, f64x2.add(differenceImaginary, turnedReal), 16);
}

/** Real part of a product, or of that with the factor's conjugate. @inline */
function realPart(
  real: v128,
  imaginary: v128,
  factorReal: v128,
  factorImaginary: v128,
  inverse: i32,
): v128 {
  const one = f64x2.mul(real, factorReal);
  const other = f64x2.mul(imaginary, factorImaginary);
  return inverse ? f64x2.add(one, other) : f64x2.sub(one, other);
}

/** Imaginary part of the same. @inline */
function imaginaryPart(
  real: v128,
  imaginary: v128,
  factorReal: v128,
  factorImaginary: v128,
  inverse: i32,
): v128 {
  const one = f64x2.mul(real, factorImaginary);
  const other = f64x2.mul(imaginary, factorReal);
  return inverse ? f64x2.sub(other, one) : f64x2.add(one, other);
}

/** A number in both lanes. @inline */
function twice(address: usize): v128 {
  return v128.load64_splat(address);
}

/** Joins four transforms, a quarter apart, from one point on: `step` is from one factor to the next. @inline */
function join(
  from: usize,
  until: usize,
  quarter: usize,
  table: usize,
  firstFactor: usize,
  step: usize,
  inverse: i32,
): void {
  let factor = firstFactor;
  for (let at = from; at < until; at += 32) {
    const b = at + quarter;
    const c = b + quarter;
    const d = c + quarter;
    const bReal = v128.load(b);
    const bImaginary = v128.load(b, 16);
    const bFactor = twice(table + factor);
    const bFactorImaginary = twice(table + factor + 8);
    const cReal = v128.load(c);
    const cImaginary = v128.load(c, 16);
    const cFactor = twice(table + 2 * factor);
    const cFactorImaginary = twice(table + 2 * factor + 8);
    const dReal = v128.load(d);
    const dImaginary = v128.load(d, 16);
    const dFactor = twice(table + 3 * factor);
    const dFactorImaginary = twice(table + 3 * factor + 8);
    combine(
      v128.load(at),
      v128.load(at, 16),
      realPart(bReal, bImaginary, bFactor, bFactorImaginary, inverse),
      imaginaryPart(bReal, bImaginary, bFactor, bFactorImaginary, inverse),
      realPart(cReal, cImaginary, cFactor, cFactorImaginary, inverse),
      imaginaryPart(cReal, cImaginary, cFactor, cFactorImaginary, inverse),
      realPart(dReal, dImaginary, dFactor, dFactorImaginary, inverse),
      imaginaryPart(dReal, dImaginary, dFactor, dFactorImaginary, inverse),
      at,
      quarter,
      inverse,
    );
    factor += step;
  }
}

/** Address of a point of the input, or of one that is 0, beyond its end. @inline */
function pointAt(input: usize, index: usize, length: usize, zero: usize): usize {
  return index < length ? input + (index << 5) : zero;
}

/**
 * Transforms every `stride`-th point of the input from one on, into a part of the output.
 *
 * @param reversal numbers of the smallest transforms, by place, with their digits to base 4 in reverse
 * @inline
 */
function transformPart(
  first: usize,
  stride: usize,
  points: usize,
  isOdd: i32,
  input: usize,
  length: usize,
  zero: usize,
  output: usize,
  reversal: usize,
  table: usize,
  inverse: i32,
): void {
  const leaf: usize = isOdd ? 2 : 4;
  const apart = stride * (points / leaf);
  for (let t: usize = 0; t < points / leaf; t++) {
    const index = first + stride * usize(load<u32>(reversal + (t << 2)));
    const a = pointAt(input, index, length, zero);
    const b = pointAt(input, index + apart, length, zero);
    const to = output + ((t * leaf) << 5);
    if (isOdd) {
      const real = v128.load(b);
      const imaginary = v128.load(b, 16);
      v128.store(to, f64x2.add(v128.load(a), real));
      v128.store(to, f64x2.add(v128.load(a, 16), imaginary), 16);
      v128.store(to, f64x2.sub(v128.load(a), real), 32);
      v128.store(to, f64x2.sub(v128.load(a, 16), imaginary), 48);
    } else {
      const c = pointAt(input, index + 2 * apart, length, zero);
      const d = pointAt(input, index + 3 * apart, length, zero);
      combine(
        v128.load(a),
        v128.load(a, 16),
        v128.load(b),
        v128.load(b, 16),
        v128.load(c),
        v128.load(c, 16),
        v128.load(d),
        v128.load(d, 16),
        to,
        32,
        inverse,
      );
    }
  }
  for (let span: usize = 4 * leaf; span <= points; span <<= 2) {
    const step = (stride * (points / span)) << 4;
    const quarter = span << 3;
    for (let at: usize = 0; at < points; at += span) {
      const from = output + (at << 5);
      join(from, from + quarter, quarter, table, 0, step, inverse);
    }
  }
}

/** A number's digits to base 4 in reverse, of numbers below a power of four. */
function reversed(number: usize, below: usize): usize {
  let left = number;
  let result: usize = 0;
  for (let digit: usize = 1; digit < below; digit <<= 2) {
    result = (result << 2) | (left & 3);
    left >>= 2;
  }
  return result;
}

/** @inline */
function transformAll(
  size: usize,
  input: usize,
  length: usize,
  zero: usize,
  output: usize,
  reversal: usize,
  table: usize,
  inverse: i32,
): void {
  let parts: usize = 1;
  while (size / parts > PART_POINTS) parts <<= 2;
  const points = size / parts;
  let power: i32 = 0;
  while (usize(1) << usize(power) < points) power++;
  for (let first: usize = 0; first < parts; first++) {
    const place = output + ((reversed(first, parts) * points) << 5);
    const isOdd = power & 1;
    transformPart(
      first,
      parts,
      points,
      isOdd,
      input,
      length,
      zero,
      place,
      reversal,
      table,
      inverse,
    );
  }
  if (parts === 1) return;
  // Points at the same place in all parts depend on each other, and on no others.
  for (let k: usize = 0; k < points; k += NEIGHBOURS) {
    for (let span: usize = 4 * points; span <= size; span <<= 2) {
      const step = (size / span) << 4;
      const quarter = span << 3;
      for (let at: usize = 0; at < size; at += span) {
        for (let inside = k; inside < span >> 2; inside += points) {
          const from = output + ((at + inside) << 5);
          join(from, from + (NEIGHBOURS << 5), quarter, table, inside * step, step, inverse);
        }
      }
    }
  }
}

/**
 * Transform of a pair of signals.
 *
 * @param length points of the input; those that follow are 0
 * @param zero a point that is 0
 * @param reversal see `transformPart`
 * @param table exp(−2πi k / size) for 0 ≤ k < size
 */
export function transform(
  size: usize,
  input: usize,
  length: usize,
  zero: usize,
  output: usize,
  reversal: usize,
  table: usize,
): void {
  transformAll(size, input, length, zero, output, reversal, table, 0);
}

/** The same with conjugate factors. */
export function transformBack(
  size: usize,
  input: usize,
  zero: usize,
  output: usize,
  reversal: usize,
  table: usize,
): void {
  transformAll(size, input, size, zero, output, reversal, table, 1);
}

/** Points of two signals, whose values alternate, times a chirp. */
export function chirp(signals: usize, factors: usize, length: usize, points: usize): void {
  for (let t: usize = 0; t < length; t++) {
    const values = v128.load(signals + (t << 4));
    const factor = factors + (t << 4);
    v128.store(points + (t << 5), f64x2.mul(values, twice(factor)));
    v128.store(points + (t << 5), f64x2.mul(values, twice(factor + 8)), 16);
  }
}

/** Points of two signals, whose values alternate. */
export function spread(signals: usize, length: usize, points: usize): void {
  for (let t: usize = 0; t < length; t++) {
    v128.store(points + (t << 5), v128.load(signals + (t << 4)));
    v128.store(points + (t << 5), f64x2.splat(0), 16);
  }
}

/** Multiplies points by those of a filter. */
export function multiply(points: usize, filter: usize, count: usize, products: usize): void {
  for (let k: usize = 0; k < count; k++) {
    const at = points + (k << 5);
    const factor = filter + (k << 4);
    const real = v128.load(at);
    const imaginary = v128.load(at, 16);
    const factorReal = twice(factor);
    const factorImaginary = twice(factor + 8);
    v128.store(products + (k << 5), realPart(real, imaginary, factorReal, factorImaginary, 0));
    v128.store(
      products + (k << 5),
      imaginaryPart(real, imaginary, factorReal, factorImaginary, 0),
      16,
    );
  }
}

/** Squared moduli of points divided by a power of two; those of both signals alternate. */
export function powers(points: usize, count: usize, factor: f64, results: usize): void {
  const scale = f64x2.splat(factor);
  for (let k: usize = 0; k < count; k++) {
    const real = f64x2.mul(v128.load(points + (k << 5)), scale);
    const imaginary = f64x2.mul(v128.load(points + (k << 5), 16), scale);
    v128.store(
      results + (k << 4),
      f64x2.add(f64x2.mul(real, real), f64x2.mul(imaginary, imaginary)),
    );
  }
}

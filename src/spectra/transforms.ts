import { type f64, f64x2, type i32, usize, v128 } from "../rules/prelude.ts";

/*
 * Power of four tapered signals at a time, a module of its own. Their Fourier transforms are those of
 * two complex signals, the lanes of a vector: Stockham's algorithm for any factor of the number of
 * points (decimation in frequency, in natural order). Each sum, product and quotient is that of
 * plain-passes.ts, in the same order within each lane.
 *
 * A point is 32 bytes: the two real parts, then the two imaginary ones. A factor of the table is 16
 * bytes: its real and its imaginary part.
 */

/** A number in both lanes. @inline */
function twice(address: usize): v128 {
  return v128.load64_splat(address);
}

/** Stores a point times a factor. @inline */
function put(
  to: usize,
  real: v128,
  imaginary: v128,
  factorReal: v128,
  factorImaginary: v128,
): void {
  v128.store(to, f64x2.sub(f64x2.mul(real, factorReal), f64x2.mul(imaginary, factorImaginary)));
  v128.store(to, f64x2.add(f64x2.mul(real, factorImaginary), f64x2.mul(imaginary, factorReal)), 16);
}

/** @inline */
function putFirst(to: usize, real: v128, imaginary: v128): void {
  v128.store(to, real);
  v128.store(to, imaginary, 16);
}

/** Points that are `apart` from each other, of transforms of two points, one after the other. @inline */
function two(input: usize, apart: usize, output: usize, step: usize, factor: usize): void {
  const factorReal = twice(factor);
  const factorImaginary = twice(factor + 8);
  for (let q: usize = 0; q < step; q += 32) {
    const from = input + q;
    const to = output + q;
    const real = v128.load(from);
    const imaginary = v128.load(from, 16);
    const otherReal = v128.load(from + apart);
    const otherImaginary = v128.load(from + apart, 16);
    putFirst(to, f64x2.add(real, otherReal), f64x2.add(imaginary, otherImaginary));
    put(
      to + step,
      f64x2.sub(real, otherReal),
      f64x2.sub(imaginary, otherImaginary),
      factorReal,
      factorImaginary,
    );
  }
}

/** The same of four. @inline */
function four(
  input: usize,
  apart: usize,
  output: usize,
  step: usize,
  table: usize,
  factor: usize,
): void {
  const oneReal = twice(table + factor);
  const oneImaginary = twice(table + factor + 8);
  const twoReal = twice(table + 2 * factor);
  const twoImaginary = twice(table + 2 * factor + 8);
  const threeReal = twice(table + 3 * factor);
  const threeImaginary = twice(table + 3 * factor + 8);
  for (let q: usize = 0; q < step; q += 32) {
    const from = input + q;
    const to = output + q;
    const b = from + apart;
    const c = b + apart;
    const d = c + apart;
    const sumReal = f64x2.add(v128.load(from), v128.load(c));
    const sumImaginary = f64x2.add(v128.load(from, 16), v128.load(c, 16));
    const differenceReal = f64x2.sub(v128.load(from), v128.load(c));
    const differenceImaginary = f64x2.sub(v128.load(from, 16), v128.load(c, 16));
    const otherReal = f64x2.add(v128.load(b), v128.load(d));
    const otherImaginary = f64x2.add(v128.load(b, 16), v128.load(d, 16));
    const turnedReal = f64x2.sub(v128.load(b), v128.load(d));
    const turnedImaginary = f64x2.sub(v128.load(b, 16), v128.load(d, 16));
    putFirst(to, f64x2.add(sumReal, otherReal), f64x2.add(sumImaginary, otherImaginary));
    put(
      to + step,
      f64x2.add(differenceReal, turnedImaginary),
      f64x2.sub(differenceImaginary, turnedReal),
      oneReal,
      oneImaginary,
    );
    put(
      to + 2 * step,
      f64x2.sub(sumReal, otherReal),
      f64x2.sub(sumImaginary, otherImaginary),
      twoReal,
      twoImaginary,
    );
    put(
      to + 3 * step,
      f64x2.sub(differenceReal, turnedImaginary),
      f64x2.add(differenceImaginary, turnedReal),
      threeReal,
      threeImaginary,
    );
  }
}

/** The same of five; `root` is from one fifth root of 1 to the next. @inline */
function five(
  input: usize,
  apart: usize,
  output: usize,
  step: usize,
  table: usize,
  factor: usize,
  root: usize,
): void {
  const firstReal = twice(table + root);
  const firstImaginary = twice(table + root + 8);
  const secondReal = twice(table + 2 * root);
  const secondImaginary = twice(table + 2 * root + 8);
  const oneReal = twice(table + factor);
  const oneImaginary = twice(table + factor + 8);
  const twoReal = twice(table + 2 * factor);
  const twoImaginary = twice(table + 2 * factor + 8);
  const threeReal = twice(table + 3 * factor);
  const threeImaginary = twice(table + 3 * factor + 8);
  const fourReal = twice(table + 4 * factor);
  const fourImaginary = twice(table + 4 * factor + 8);
  for (let q: usize = 0; q < step; q += 32) {
    const from = input + q;
    const to = output + q;
    const b = from + apart;
    const c = b + apart;
    const d = c + apart;
    const e = d + apart;
    const real = v128.load(from);
    const imaginary = v128.load(from, 16);
    const outerReal = f64x2.add(v128.load(b), v128.load(e));
    const outerImaginary = f64x2.add(v128.load(b, 16), v128.load(e, 16));
    const innerReal = f64x2.add(v128.load(c), v128.load(d));
    const innerImaginary = f64x2.add(v128.load(c, 16), v128.load(d, 16));
    const outerApartReal = f64x2.sub(v128.load(b), v128.load(e));
    const outerApartImaginary = f64x2.sub(v128.load(b, 16), v128.load(e, 16));
    const innerApartReal = f64x2.sub(v128.load(c), v128.load(d));
    const innerApartImaginary = f64x2.sub(v128.load(c, 16), v128.load(d, 16));
    putFirst(
      to,
      f64x2.add(f64x2.add(real, outerReal), innerReal),
      f64x2.add(f64x2.add(imaginary, outerImaginary), innerImaginary),
    );
    putPair(
      f64x2.add(f64x2.add(real, f64x2.mul(firstReal, outerReal)), f64x2.mul(secondReal, innerReal)),
      f64x2.add(
        f64x2.add(imaginary, f64x2.mul(firstReal, outerImaginary)),
        f64x2.mul(secondReal, innerImaginary),
      ),
      f64x2.add(
        f64x2.mul(firstImaginary, outerApartReal),
        f64x2.mul(secondImaginary, innerApartReal),
      ),
      f64x2.add(
        f64x2.mul(firstImaginary, outerApartImaginary),
        f64x2.mul(secondImaginary, innerApartImaginary),
      ),
      to + step,
      oneReal,
      oneImaginary,
      to + 4 * step,
      fourReal,
      fourImaginary,
    );
    putPair(
      f64x2.add(f64x2.add(real, f64x2.mul(secondReal, outerReal)), f64x2.mul(firstReal, innerReal)),
      f64x2.add(
        f64x2.add(imaginary, f64x2.mul(secondReal, outerImaginary)),
        f64x2.mul(firstReal, innerImaginary),
      ),
      f64x2.sub(
        f64x2.mul(secondImaginary, outerApartReal),
        f64x2.mul(firstImaginary, innerApartReal),
      ),
      f64x2.sub(
        f64x2.mul(secondImaginary, outerApartImaginary),
        f64x2.mul(firstImaginary, innerApartImaginary),
      ),
      to + 2 * step,
      twoReal,
      twoImaginary,
      to + 3 * step,
      threeReal,
      threeImaginary,
    );
  }
}

/** Stores m + i e and m − i e, times their factors. @inline */
function putPair(
  real: v128,
  imaginary: v128,
  apartReal: v128,
  apartImaginary: v128,
  to: usize,
  factorReal: v128,
  factorImaginary: v128,
  otherTo: usize,
  otherReal: v128,
  otherImaginary: v128,
): void {
  put(
    to,
    f64x2.sub(real, apartImaginary),
    f64x2.add(imaginary, apartReal),
    factorReal,
    factorImaginary,
  );
  put(
    otherTo,
    f64x2.add(real, apartImaginary),
    f64x2.sub(imaginary, apartReal),
    otherReal,
    otherImaginary,
  );
}

/** The same of any odd number of points; sums and differences of pairs are kept in `pairs`. */
function odd(
  points: usize,
  from: usize,
  apart: usize,
  to: usize,
  step: usize,
  table: usize,
  factor: usize,
  root: usize,
  pairs: usize,
): void {
  const half = points >> 1;
  const real = v128.load(from);
  const imaginary = v128.load(from, 16);
  let sumReal = real;
  let sumImaginary = imaginary;
  for (let j: usize = 1; j <= half; j++) {
    const one = from + j * apart;
    const other = from + (points - j) * apart;
    const pair = pairs + (j << 6);
    const bothReal = f64x2.add(v128.load(one), v128.load(other));
    const bothImaginary = f64x2.add(v128.load(one, 16), v128.load(other, 16));
    v128.store(pair, bothReal);
    v128.store(pair, bothImaginary, 16);
    v128.store(pair, f64x2.sub(v128.load(one), v128.load(other)), 32);
    v128.store(pair, f64x2.sub(v128.load(one, 16), v128.load(other, 16)), 48);
    sumReal = f64x2.add(sumReal, bothReal);
    sumImaginary = f64x2.add(sumImaginary, bothImaginary);
  }
  putFirst(to, sumReal, sumImaginary);
  for (let k: usize = 1; k <= half; k++) {
    let meanReal = real;
    let meanImaginary = imaginary;
    let apartReal = f64x2.splat(0);
    let apartImaginary = apartReal;
    let power: usize = 0;
    for (let j: usize = 1; j <= half; j++) {
      power += k;
      if (power >= points) power -= points;
      const pair = pairs + (j << 6);
      const rootReal = twice(table + power * root);
      const rootImaginary = twice(table + power * root + 8);
      meanReal = f64x2.add(meanReal, f64x2.mul(rootReal, v128.load(pair)));
      meanImaginary = f64x2.add(meanImaginary, f64x2.mul(rootReal, v128.load(pair, 16)));
      apartReal = f64x2.add(apartReal, f64x2.mul(rootImaginary, v128.load(pair, 32)));
      apartImaginary = f64x2.add(apartImaginary, f64x2.mul(rootImaginary, v128.load(pair, 48)));
    }
    const last = points - k;
    putPair(
      meanReal,
      meanImaginary,
      apartReal,
      apartImaginary,
      to + k * step,
      twice(table + k * factor),
      twice(table + k * factor + 8),
      to + last * step,
      twice(table + last * factor),
      twice(table + last * factor + 8),
    );
  }
}

/**
 * One pass: transforms of `radix` points each, from the input to the output.
 *
 * @param stride product of the factors of the passes before
 * @param table exp(−2πi k / size) for 0 ≤ k < size
 * @param pairs room for 64 bytes for each pair of an odd number of points, and as many more
 */
export function pass(
  radix: i32,
  size: usize,
  stride: usize,
  input: usize,
  output: usize,
  table: usize,
  pairs: usize,
): void {
  const points = usize(radix);
  const apart = (size / points) << 5;
  const root = (size / points) << 4;
  const step = stride << 5;
  const count = size / points / stride;
  for (let p: usize = 0; p < count; p++) {
    const factor = (p * stride) << 4;
    const from = input + p * step;
    const to = output + p * points * step;
    if (radix === 4) four(from, apart, to, step, table, factor);
    else if (radix === 5) five(from, apart, to, step, table, factor, root);
    else if (radix === 2) two(from, apart, to, step, table + factor);
    else {
      for (let q: usize = 0; q < step; q += 32) {
        odd(points, from + q, apart, to + q, step, table, factor, root, pairs);
      }
    }
  }
}

/** Products of a signal and four tapers, which lie like the points, as points. */
export function taper(size: usize, signal: usize, tapers: usize, points: usize): void {
  for (let t: usize = 0; t < size; t++) {
    const value = twice(signal + (t << 3));
    const at = t << 5;
    v128.store(points + at, f64x2.mul(v128.load(tapers + at), value));
    v128.store(points + at, f64x2.mul(v128.load(tapers + at, 16), value), 16);
  }
}

/** A squared modulus over 4, in a unit. @inline */
function quarterOf(real: v128, imaginary: v128, unit: v128): v128 {
  const square = f64x2.add(f64x2.mul(real, real), f64x2.mul(imaginary, imaginary));
  return f64x2.div(f64x2.div(square, f64x2.splat(4)), unit);
}

/**
 * Powers of the four signals of transformed points, one array after the other: that of the real part
 * of the first complex signal, of its imaginary part, and of those of the second.
 */
export function powers(size: usize, points: usize, unit: f64, output: usize): void {
  const units = f64x2.splat(unit);
  const bytes: usize = ((size >> 1) + 1) << 3;
  let to = output;
  let from = points;
  let other = points;
  for (const end = output + bytes; to < end; to += 8) {
    const real = v128.load(from);
    const imaginary = v128.load(from, 16);
    const otherReal = v128.load(other);
    const otherImaginary = v128.load(other, 16);
    const ofReal = quarterOf(
      f64x2.add(real, otherReal),
      f64x2.sub(imaginary, otherImaginary),
      units,
    );
    const ofImaginary = quarterOf(
      f64x2.sub(real, otherReal),
      f64x2.add(imaginary, otherImaginary),
      units,
    );
    v128.store64_lane(to, ofReal, 0);
    v128.store64_lane(to + bytes, ofImaginary, 0);
    v128.store64_lane(to + 2 * bytes, ofReal, 1);
    v128.store64_lane(to + 3 * bytes, ofImaginary, 1);
    from += 32;
    other = points + points + (size << 5) - from;
  }
}

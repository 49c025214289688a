import {
  clz,
  f64,
  f64x2,
  floor,
  i32,
  i32x4,
  i64,
  i64x2,
  load,
  reinterpret,
  rotl,
  u32,
  usize,
  v128,
} from "../rules/prelude.ts";
import * as scalar from "../rules/scalar-constants.ts";
import {
  exponentialRoot,
  exponentialStepHigh,
  exponentialStepLow,
  exponentialStepsPerUnit,
  interpolation,
  logarithmTable,
  octaveTable,
} from "./memory.ts";
import {
  exponents,
  fifth,
  firstKey,
  fractionMask,
  half,
  intervalMask,
  log2High,
  log2Low,
  lowHalves,
  mixKey1,
  mixKey2,
  one,
  quarter,
  sixth,
  third,
  twoTo52,
} from "./vector-constants.ts";

/*
 * The functions of src/numeric and src/random that the kernel needs, operation by operation, so
 * that they return the same bits.
 */

const STEP_COUNT: f64 = 5000;

/** See random/mcell-ran4.ts. @inline */
export function mcellRan4(high: i32, low: i32): i32 {
  const first = high ^ i32(0xbaa96887);
  const second = low ^ mix(first, i32(0x4b0f3b58)) ^ i32(0x1e17d32c);
  return high ^ mix(second, i32(0xe874f0c3));
}

/** @inline */
function mix(word: i32, key: i32): i32 {
  const v = word >>> 16;
  const w = word & 0xffff;
  return (rotl(~((v - w) * (v + w)), 16) ^ key) + v * w;
}

/** See numeric/logarithm.ts; the tables are interleaved by interval and by octave. @inline */
export function negativeLogFraction(n: i32): f64 {
  const leadingZeros = clz(n);
  const significand = u32(n << leadingZeros);
  const entry = logarithmTable + (((usize(significand) >> 23) & 255) << 5);
  const octave = octaveTable + (usize(leadingZeros) << 4);
  // The table holds c/2, see the vector form.
  const r = f64(significand) * (1.0 / 2147483648) * load<f64>(entry) - 1;
  const square = r * r;
  const curvature =
    1.0 / 2 - r * (1.0 / 3) + square * (1.0 / 4 - r * (1.0 / 5) + square * (1.0 / 6));
  const high = load<f64>(octave) + load<f64>(entry, 8);
  const low = load<f64>(octave, 8) + load<f64>(entry, 16);
  return high + (low + (square * curvature - r));
}

/** Lower indices prepared for `mcellRan4x4`, the same for all draws of a stream. @inline */
export function preparedLow(low: i32): v128 {
  return i32x4.splat(low ^ i32(0x1e17d32c));
}

/** `mcellRan4` of four pairs of indices at once; `low` comes from `preparedLow`. @inline */
export function mcellRan4x4(high: v128, low: v128): v128 {
  const second = v128.xor(low, mixx4(v128.xor(high, firstKey()), mixKey1()));
  return v128.xor(high, mixx4(second, mixKey2()));
}

/** See `mix`; `key` is the complement of the key there. @inline */
function mixx4(word: v128, key: v128): v128 {
  const v = i32x4.shr_u(word, 16);
  const w = v128.and(word, lowHalves());
  const u = i32x4.mul(i32x4.sub(v, w), i32x4.add(v, w));
  const rotated = v128.or(i32x4.shl(u, 16), i32x4.shr_u(u, 16));
  return i32x4.add(v128.xor(rotated, key), i32x4.mul(v, w));
}

/** `negativeLogFraction` of the two lower lanes of `words`, none of them 0. @inline */
export function negativeLogFractionx2(words: v128): v128 {
  // A word as a double is 2^exponent · f, f in [1, 2): f's leading bits name the interval, and
  // f · c/2 is significand · c·2^−32 to the bit.
  const value = f64x2.convert_low_i32x4_u(words);
  const offsets = v128.and(i64x2.shr_u(value, 44 - 5), intervalMask());
  const entry0 = logarithmTable + usize(i32x4.extract_lane(offsets, 0));
  const entry1 = logarithmTable + usize(i32x4.extract_lane(offsets, 2));
  const row0 = v128.load(entry0);
  const row1 = v128.load(entry1);
  const fraction = v128.or(v128.and(value, fractionMask()), one());
  const r = f64x2.sub(f64x2.mul(fraction, i64x2.shuffle(row0, row1, 0, 2)), one());
  const square = f64x2.mul(r, r);
  const cubic = f64x2.add(f64x2.sub(quarter(), f64x2.mul(r, fifth())), f64x2.mul(square, sixth()));
  const curvature = f64x2.add(f64x2.sub(half(), f64x2.mul(r, third())), f64x2.mul(square, cubic));
  // 31 − exponent leading zeros, as doubles.
  const exponent = i64x2.shr_u(value, 52);
  const octave = f64x2.convert_low_i32x4_s(
    i32x4.sub(exponents(), i32x4.shuffle(exponent, exponent, 0, 2, 0, 2)),
  );
  const high = f64x2.add(f64x2.mul(octave, log2High()), i64x2.shuffle(row0, row1, 1, 3));
  const lowTerms = i64x2.shuffle(v128.load(entry0, 16), v128.load(entry1, 16), 0, 2);
  const low = f64x2.add(f64x2.mul(octave, log2Low()), lowTerms);
  return f64x2.add(high, f64x2.add(low, f64x2.sub(f64x2.mul(square, curvature), r)));
}

/** See numeric/exponential.ts. */
export function exponential(x: f64): f64 {
  return x > -708 && x < 709 ? moderateExponential(x) : extremeExponential(x);
}

/** `exponential` of an argument between −708 and 709. @inline */
export function moderateExponential(x: f64): f64 {
  const shifted = x * exponentialStepsPerUnit + scalar.shiftToWhole;
  const k = i32(reinterpret<i64>(shifted));
  return significand(x, shifted - scalar.shiftToWhole, k) * powerOfTwo(k >> 7);
}

/** @inline */
function significand(x: f64, steps: f64, k: i32): f64 {
  const r = x - steps * exponentialStepHigh - steps * exponentialStepLow;
  const square = r * r;
  const growth =
    r +
    square *
      (scalar.half +
        r * scalar.sixth +
        square * (scalar.twentyFourth + r * scalar.hundredTwentieth));
  const roots = exponentialRoot + (usize(k & 127) << 4);
  const root = load<f64>(roots);
  return root + (load<f64>(roots, 8) + root * growth);
}

/** 2^n for −1022 ≤ n ≤ 1023. @inline */
function powerOfTwo(n: i32): f64 {
  return reinterpret<f64>(i64(n + 1023) << 52);
}

function extremeExponential(x: f64): f64 {
  if (x >= 710) return Infinity;
  if (x <= -746) return 0;
  if (!(x < 710)) return x;
  const k = i32(floor(x * exponentialStepsPerUnit + 0.5));
  const secondExponent = x > 0 ? 1 : -100;
  const firstExponent = (k >> 7) - secondExponent;
  return significand(x, f64(k), k) * powerOfTwo(firstExponent) * powerOfTwo(secondExponent);
}

/** See numeric/exponential.ts. @inline */
export function shortDecay(x: f64): f64 {
  return x < scalar.shortLimit ? shortestDecay(x) : exponential(-x);
}

/** `shortDecay` of an argument below its limit. @inline */
export function shortestDecay(x: f64): f64 {
  return scalar.one - x * (scalar.one - x * (scalar.half - x * scalar.sixth));
}

/** E(−steps · h) of two lanes. @inline */
export function decayFactorx2(steps: v128): v128 {
  const position = f64x2.pmax(f64x2.splat(0), f64x2.sub(f64x2.splat(STEP_COUNT), steps));
  const i = i32x4.trunc_sat_f64x2_s_zero(position);
  const entry0 = v128.load(interpolation + (usize(i32x4.extract_lane(i, 0)) << 4));
  const entry1 = v128.load(interpolation + (usize(i32x4.extract_lane(i, 1)) << 4));
  const rest = f64x2.sub(position, f64x2.convert_low_i32x4_s(i));
  return f64x2.add(
    i64x2.shuffle(entry0, entry1, 0, 2),
    f64x2.mul(rest, i64x2.shuffle(entry0, entry1, 1, 3)),
  );
}

/** E(−steps · h), see `decayFactor` in interpolated-exponential.ts. @inline */
export function decayFactor(steps: f64): f64 {
  const position = STEP_COUNT - steps;
  if (position <= 0) return load<f64>(interpolation);
  const i = i32(position);
  const entry = interpolation + (usize(i) << 4);
  return load<f64>(entry) + (position - f64(i)) * load<f64>(entry, 8);
}

/** Two whole numbers from 0 to 2³¹ − 1 as integers, in lanes 0 and 2: the low bits of their sum with 2⁵². @inline */
export function wholeNumbers(values: v128): v128 {
  return f64x2.add(values, twoTo52());
}

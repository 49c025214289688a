import { type f64, f64x2, i32, i32x4, i64x2, type usize, v128 } from "../rules/prelude.ts";
import { NEGLIGIBLE_MV } from "../rules/receptors.ts";
import { vectorConstants } from "./memory.ts";

/*
 * Constants of vector code, kept in memory: the compiler would otherwise build each anew, in three
 * instructions, wherever it is used.
 */

const ONE: usize = 0;
const HALF: usize = 16;
const THIRD: usize = 32;
const QUARTER: usize = 48;
const FIFTH: usize = 64;
const SIXTH: usize = 80;
const WHOLE: usize = 96;
const NEGLIGIBLE: usize = 112;
const FRACTION_MASK: usize = 128;
const INTERVAL_MASK: usize = 144;
const EXPONENTS: usize = 160;
const LOW_HALVES: usize = 176;
const FIRST_KEY: usize = 192;
const MIX_KEY_1: usize = 208;
const MIX_KEY_2: usize = 224;
const LOG_2_HIGH: usize = 240;
const LOG_2_LOW: usize = 256;
const ROW_SHIFT: usize = 272;

/** Fills them in; called once, when the kernel is made. */
export function fillVectorConstants(log2High: f64, log2Low: f64): void {
  put(ONE, f64x2.splat(1));
  put(HALF, f64x2.splat(1.0 / 2));
  put(THIRD, f64x2.splat(1.0 / 3));
  put(QUARTER, f64x2.splat(1.0 / 4));
  put(FIFTH, f64x2.splat(1.0 / 5));
  put(SIXTH, f64x2.splat(1.0 / 6));
  put(WHOLE, f64x2.splat(4503599627370496));
  put(NEGLIGIBLE, f64x2.splat(NEGLIGIBLE_MV));
  put(FRACTION_MASK, i64x2.splat(0x000fffffffffffff));
  put(INTERVAL_MASK, i64x2.splat(255 << 5));
  put(EXPONENTS, i32x4.splat(1054));
  put(LOW_HALVES, i32x4.splat(0xffff));
  put(FIRST_KEY, i32x4.splat(i32(0xbaa96887)));
  // Of the keys that a complement is xored with, the complements.
  put(MIX_KEY_1, i32x4.splat(~i32(0x4b0f3b58)));
  put(MIX_KEY_2, i32x4.splat(~i32(0xe874f0c3)));
  put(LOG_2_HIGH, f64x2.splat(log2High));
  put(ROW_SHIFT, f64x2.splat(6755399441055744));
  put(LOG_2_LOW, f64x2.splat(log2Low));
}

function put(place: usize, value: v128): void {
  v128.store(vectorConstants + place, value);
}

/** @inline */
export function one(): v128 {
  return v128.load(vectorConstants + ONE);
}

/** @inline */
export function half(): v128 {
  return v128.load(vectorConstants + HALF);
}

/** @inline */
export function third(): v128 {
  return v128.load(vectorConstants + THIRD);
}

/** @inline */
export function quarter(): v128 {
  return v128.load(vectorConstants + QUARTER);
}

/** @inline */
export function fifth(): v128 {
  return v128.load(vectorConstants + FIFTH);
}

/** @inline */
export function sixth(): v128 {
  return v128.load(vectorConstants + SIXTH);
}

/** @inline */
export function twoTo52(): v128 {
  return v128.load(vectorConstants + WHOLE);
}

/** @inline */
export function negligible(): v128 {
  return v128.load(vectorConstants + NEGLIGIBLE);
}

/** @inline */
export function fractionMask(): v128 {
  return v128.load(vectorConstants + FRACTION_MASK);
}

/** @inline */
export function intervalMask(): v128 {
  return v128.load(vectorConstants + INTERVAL_MASK);
}

/** @inline */
export function exponents(): v128 {
  return v128.load(vectorConstants + EXPONENTS);
}

/** @inline */
export function lowHalves(): v128 {
  return v128.load(vectorConstants + LOW_HALVES);
}

/** @inline */
export function firstKey(): v128 {
  return v128.load(vectorConstants + FIRST_KEY);
}

/** @inline */
export function mixKey1(): v128 {
  return v128.load(vectorConstants + MIX_KEY_1);
}

/** @inline */
export function mixKey2(): v128 {
  return v128.load(vectorConstants + MIX_KEY_2);
}

/** @inline */
export function log2High(): v128 {
  return v128.load(vectorConstants + LOG_2_HIGH);
}

/** @inline */
export function log2Low(): v128 {
  return v128.load(vectorConstants + LOG_2_LOW);
}

/** @inline */
export function rowShift(): v128 {
  return v128.load(vectorConstants + ROW_SHIFT);
}

import {
  type bool,
  type f64,
  f64x2,
  type i32,
  i32x4,
  i64x2,
  load,
  usize,
  v128,
} from "../rules/prelude.ts";
import { mcellRan4x4, preparedLow } from "./numeric.ts";
import { fillVectorConstants } from "./vector-constants.ts";
import {
  DRAWS,
  OFFSET,
  PLACE_FACTORS,
  POINTS,
  SCALES,
  SLOT,
  SLOTS,
  STEP_FACTORS,
  SUMS,
} from "./walk-memory.ts";

/*
 * Random walks of the electrodes' trains, a module of its own: each step is a draw, times a factor
 * of the walk, times a factor of the place. The walks of cells that follow one another read the same
 * draws, one place apart: two of them are the lanes of a vector, and share a slot. Sums are in the
 * order of the steps: four slots are served at a time, so as not to wait for each addition.
 */

const SLOT_BYTES: usize = SLOT * 8;

/** Prepares the memory. */
export function begin(): void {
  fillVectorConstants(0, 0);
}

/** Draws so many numbers, a multiple of four, of a stream from an index on. */
export function draw(high: i32, low: i32, count: i32): void {
  const unit = f64x2.splat(1.0 / 4294967296);
  const lows = preparedLow(low);
  let highs = i32x4.add(i32x4.splat(high), i32x4(0, 1, 2, 3));
  const end = DRAWS + (usize(count) << 3);
  for (let at = DRAWS; at < end; at += 32) {
    const words = mcellRan4x4(highs, lows);
    const upper = i64x2.shuffle(words, words, 1, 1);
    v128.store(at, f64x2.mul(f64x2.convert_low_i32x4_u(words), unit));
    v128.store(at, f64x2.mul(f64x2.convert_low_i32x4_u(upper), unit), 16);
    highs = i32x4.add(highs, i32x4.splat(4));
  }
}

/** Steps of the two walks of a slot, of which the first one's draw is at an address. @inline */
function steps(at: usize, factors: v128, varies: bool, placeFactor: v128): v128 {
  const drawn = f64x2.mul(v128.load(at), factors);
  return varies ? f64x2.mul(drawn, placeFactor) : drawn;
}

/** @inline */
function firstDraw(slot: usize): usize {
  return DRAWS + (usize(load<i32>(slot, OFFSET * 8)) << 3);
}

/** Goes so many steps of the walks of a group of slots, from this one on, and keeps the sums. */
export function walk(first: i32, count: i32): void {
  goOn(first, count, false);
}

/** The same with the factors of the places. */
export function walkByPlace(first: i32, count: i32): void {
  goOn(first, count, true);
}

/** @inline */
function goOn(first: i32, count: i32, varies: bool): void {
  const a = SLOTS + usize(first) * SLOT_BYTES;
  const b = a + SLOT_BYTES;
  const c = b + SLOT_BYTES;
  const d = c + SLOT_BYTES;
  const drawsA = firstDraw(a);
  const drawsB = firstDraw(b);
  const drawsC = firstDraw(c);
  const drawsD = firstDraw(d);
  const factorsA = v128.load(a, STEP_FACTORS * 8);
  const factorsB = v128.load(b, STEP_FACTORS * 8);
  const factorsC = v128.load(c, STEP_FACTORS * 8);
  const factorsD = v128.load(d, STEP_FACTORS * 8);
  const scaleA = v128.load(a, SCALES * 8);
  const scaleB = v128.load(b, SCALES * 8);
  const scaleC = v128.load(c, SCALES * 8);
  const scaleD = v128.load(d, SCALES * 8);
  let sumsA = v128.load(a, SUMS * 8);
  let sumsB = v128.load(b, SUMS * 8);
  let sumsC = v128.load(c, SUMS * 8);
  let sumsD = v128.load(d, SUMS * 8);
  const end = usize(count) << 3;
  for (let k: usize = 0; k < end; k += 8) {
    const placeFactor = f64x2.splat(varies ? load<f64>(PLACE_FACTORS + k) : 1);
    const at = POINTS + (k << 3);
    sumsA = f64x2.add(sumsA, f64x2.mul(steps(drawsA + k, factorsA, varies, placeFactor), scaleA));
    v128.store(at, sumsA);
    sumsB = f64x2.add(sumsB, f64x2.mul(steps(drawsB + k, factorsB, varies, placeFactor), scaleB));
    v128.store(at, sumsB, 16);
    sumsC = f64x2.add(sumsC, f64x2.mul(steps(drawsC + k, factorsC, varies, placeFactor), scaleC));
    v128.store(at, sumsC, 32);
    sumsD = f64x2.add(sumsD, f64x2.mul(steps(drawsD + k, factorsD, varies, placeFactor), scaleD));
    v128.store(at, sumsD, 48);
  }
  v128.store(a, sumsA, SUMS * 8);
  v128.store(b, sumsB, SUMS * 8);
  v128.store(c, sumsC, SUMS * 8);
  v128.store(d, sumsD, SUMS * 8);
}

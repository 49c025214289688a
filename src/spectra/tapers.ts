import {
  type f64,
  f64x2,
  type i32,
  i64x2,
  load,
  store,
  u32,
  usize,
  v128,
} from "../rules/prelude.ts";
import { ACTIVE, CHUNK, CONCENTRATIONS, LEAKS, PENDING, POWERS, RESULTS } from "./taper-memory.ts";

/*
 * Thomson's adaptive weights of tapers, a module of its own: at each frequency an iteration of its
 * own, two frequencies at a time, as the lanes of a vector. All vectors take a step before any takes
 * the next, so that they do not wait for each other; those that have ended take no more, and a lane
 * that has ended keeps its value. The operations are those of `adaptiveMean`
 * (taper-weights.ts), in the same order.
 */

const CHUNK_BYTES: usize = usize(CHUNK) << 3;

/** The iteration ends at this relative change, or after so many steps. */
const TOLERANCE: f64 = 1e-8;
const MOST_ITERATIONS: i32 = 200;

/** @inline */
function concentrationOf(taper: usize): v128 {
  return f64x2.splat(load<f64>(CONCENTRATIONS + (taper << 3)));
}

/** @inline */
function leakOf(taper: usize): v128 {
  return f64x2.splat(load<f64>(LEAKS + (taper << 3)));
}

/** @inline */
function placeOf(taper: usize): usize {
  return POWERS + taper * CHUNK_BYTES;
}

/** Weight of a taper where the density is so much. @inline */
function weightOf(part: v128, leak: v128, density: v128): v128 {
  const share = f64x2.div(density, f64x2.add(f64x2.mul(part, density), leak));
  return f64x2.mul(part, f64x2.mul(share, share));
}

/** The mean, or 0 without any weight. @inline */
function meanOf(sum: v128, total: v128): v128 {
  return v128.and(f64x2.div(sum, total), f64x2.gt(total, f64x2.splat(0)));
}

/** Lanes that go on from one value to the next. @inline */
function movesOn(density: v128, next: v128): v128 {
  const change = f64x2.abs(f64x2.sub(next, density));
  return f64x2.gt(change, f64x2.mul(f64x2.splat(TOLERANCE), next));
}

/** The mean from which an iteration begins: the two best concentrated tapers leak least. @inline */
function firstMean(all: usize, omitted: usize, at: usize): v128 {
  const first: usize = omitted === 0 ? 1 : 0;
  const second: usize = omitted === first + 1 ? first + 2 : first + 1;
  let total = concentrationOf(first);
  let sum = f64x2.mul(total, v128.load(placeOf(first) + at));
  if (second < all) {
    const part = concentrationOf(second);
    sum = f64x2.add(sum, f64x2.mul(part, v128.load(placeOf(second) + at)));
    total = f64x2.add(total, part);
  }
  return meanOf(sum, total);
}

/** The mean with the weights of a density. @inline */
function nextMean(all: usize, omitted: usize, at: usize, density: v128): v128 {
  let sum = f64x2.splat(0);
  let total = sum;
  for (let k: usize = 0; k < all; k++) {
    if (k === omitted) continue;
    const weight = weightOf(concentrationOf(k), leakOf(k), density);
    sum = f64x2.add(sum, f64x2.mul(weight, v128.load(placeOf(k) + at)));
    total = f64x2.add(total, weight);
  }
  return meanOf(sum, total);
}

/** Means over so many tapers, but for one of them if that is one, at so many frequencies. */
export function combine(tapers: i32, out: i32, count: i32): void {
  const omitted = usize(out);
  const all = usize(tapers);
  const end = usize(count) << 3;
  let pending = PENDING;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(RESULTS + at, firstMean(all, omitted, at));
    v128.store(ACTIVE + at, i64x2.splat(-1));
    store<u32>(pending, u32(at));
    pending += 4;
  }
  for (let iteration: i32 = 0; iteration < MOST_ITERATIONS && pending > PENDING; iteration++) {
    const last = pending;
    pending = PENDING;
    for (let from: usize = PENDING; from < last; from += 4) {
      const at = usize(load<u32>(from));
      const density = v128.load(RESULTS + at);
      const next = nextMean(all, omitted, at, density);
      const active = v128.load(ACTIVE + at);
      const goOn = v128.and(active, movesOn(density, next));
      v128.store(RESULTS + at, v128.bitselect(next, density, active));
      v128.store(ACTIVE + at, goOn);
      // Which go on cannot be foretold: the next takes the place of one that does not.
      store<u32>(pending, u32(at));
      pending += usize(v128.any_true(goOn)) << 2;
    }
  }
}

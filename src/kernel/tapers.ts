import { type f64, f64x2, type i32, i64x2, load, usize, v128 } from "../rules/prelude.ts";
import { CHUNK, CONCENTRATIONS, LEAKS, POWERS, RESULTS } from "./taper-memory.ts";

/*
 * Thomson's adaptive weights of tapers, a module of its own: at each frequency an iteration of its
 * own, four frequencies at a time, as the lanes of two vectors that do not wait for each other. A
 * lane whose iteration has ended keeps its value. The operations are those of `adaptiveMean`
 * (analysis/taper-weights.ts), in the same order.
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

/** Means over so many tapers, but for one of them if that is one, at so many frequencies. */
export function combine(tapers: i32, out: i32, count: i32): void {
  const omitted = usize(out);
  const all = usize(tapers);
  const first: usize = omitted === 0 ? 1 : 0;
  const second: usize = omitted === first + 1 ? first + 2 : first + 1;
  const end = usize(count) << 3;
  for (let at: usize = 0; at < end; at += 32) {
    // The two best concentrated tapers leak least.
    const best = concentrationOf(first);
    let sumA = f64x2.mul(best, v128.load(placeOf(first) + at));
    let sumB = f64x2.mul(best, v128.load(placeOf(first) + at, 16));
    let totalA = best;
    if (second < all) {
      const part = concentrationOf(second);
      sumA = f64x2.add(sumA, f64x2.mul(part, v128.load(placeOf(second) + at)));
      sumB = f64x2.add(sumB, f64x2.mul(part, v128.load(placeOf(second) + at, 16)));
      totalA = f64x2.add(totalA, part);
    }
    let totalB = totalA;
    let densityA = meanOf(sumA, totalA);
    let densityB = meanOf(sumB, totalB);
    let activeA = i64x2.splat(-1);
    let activeB = activeA;
    for (let iteration: i32 = 0; iteration < MOST_ITERATIONS; iteration++) {
      sumA = f64x2.splat(0);
      sumB = sumA;
      totalA = sumA;
      totalB = sumA;
      for (let k: usize = 0; k < all; k++) {
        if (k === omitted) continue;
        const part = concentrationOf(k);
        const leak = leakOf(k);
        const weightA = weightOf(part, leak, densityA);
        const weightB = weightOf(part, leak, densityB);
        sumA = f64x2.add(sumA, f64x2.mul(weightA, v128.load(placeOf(k) + at)));
        sumB = f64x2.add(sumB, f64x2.mul(weightB, v128.load(placeOf(k) + at, 16)));
        totalA = f64x2.add(totalA, weightA);
        totalB = f64x2.add(totalB, weightB);
      }
      const nextA = meanOf(sumA, totalA);
      const nextB = meanOf(sumB, totalB);
      const onA = v128.and(activeA, movesOn(densityA, nextA));
      const onB = v128.and(activeB, movesOn(densityB, nextB));
      densityA = v128.bitselect(nextA, densityA, activeA);
      densityB = v128.bitselect(nextB, densityB, activeB);
      activeA = onA;
      activeB = onB;
      if (!v128.any_true(v128.or(activeA, activeB))) break;
    }
    v128.store(RESULTS + at, densityA);
    v128.store(RESULTS + at, densityB, 16);
  }
}

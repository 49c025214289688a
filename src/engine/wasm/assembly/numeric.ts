import {
  exponentialRoot,
  exponentialStepHigh,
  exponentialStepLow,
  exponentialStepsPerUnit,
 f64At, interpolation, logarithmTable, octaveTable } from "./memory";

/*
 * The functions of src/numeric and src/random that the kernel needs, operation by operation, so
 * that they return the same bits.
 */

const STEP_COUNT: f64 = 5000;

/** See `mcellRan4`. */
// @ts-ignore: decorator
@inline
export function mcellRan4(high: i32, low: i32): i32 {
  const first = high ^ <i32>0xbaa96887;
  const second = low ^ mix(first, <i32>0x4b0f3b58) ^ <i32>0x1e17d32c;
  return high ^ mix(second, <i32>0xe874f0c3);
}

// @ts-ignore: decorator
@inline
function mix(word: i32, key: i32): i32 {
  const v = word >>> 16;
  const w = word & 0xffff;
  return (rotl(~((v - w) * (v + w)), 16) ^ key) + v * w;
}

/** See `negativeLogFraction`; the tables are interleaved by interval and by octave. */
// @ts-ignore: decorator
@inline
export function negativeLogFraction(n: i32): f64 {
  const leadingZeros = clz(n);
  const significand = <u32>(n << leadingZeros);
  const entry = logarithmTable + (((<usize>significand >> 23) & 255) << 5);
  const octave = octaveTable + (<usize>leadingZeros << 4);
  const r = <f64>significand * load<f64>(entry) - 1;
  const square = r * r;
  const curvature =
    1.0 / 2 - r * (1.0 / 3) + square * (1.0 / 4 - r * (1.0 / 5) + square * (1.0 / 6));
  const high = load<f64>(octave) + load<f64>(entry, 8);
  const low = load<f64>(octave, 8) + load<f64>(entry, 16);
  return high + (low + (square * curvature - r));
}

/** See `exponential`. */
export function exponential(x: f64): f64 {
  if (!(x > -708 && x < 709)) return extremeExponential(x);
  const k = <i32>floor(x * exponentialStepsPerUnit + 0.5);
  return significand(x, k) * powerOfTwo(k >> 7);
}

function significand(x: f64, k: i32): f64 {
  const r = x - <f64>k * exponentialStepHigh - <f64>k * exponentialStepLow;
  const square = r * r;
  const growth = r + square * (1.0 / 2 + r * (1.0 / 6) + square * (1.0 / 24 + r * (1.0 / 120)));
  const j = (k & 127) << 1;
  const root = f64At(exponentialRoot, j);
  return root + (f64At(exponentialRoot, j + 1) + root * growth);
}

/** 2^n for −1022 ≤ n ≤ 1023. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: i32): f64 {
  return reinterpret<f64>(<i64>(n + 1023) << 52);
}

function extremeExponential(x: f64): f64 {
  if (x >= 710) return Infinity;
  if (x <= -746) return 0;
  if (isNaN(x)) return x;
  const k = <i32>floor(x * exponentialStepsPerUnit + 0.5);
  const secondExponent = x > 0 ? 1 : -100;
  const firstExponent = (k >> 7) - secondExponent;
  return significand(x, k) * powerOfTwo(firstExponent) * powerOfTwo(secondExponent);
}

/** See `shortDecay`. */
// @ts-ignore: decorator
@inline
export function shortDecay(x: f64): f64 {
  if (x < 1e-3) return 1 - x * (1 - x * (1.0 / 2 - x * (1.0 / 6 - x * (1.0 / 24))));
  return exponential(-x);
}

/** E(−steps · h), see `decayFactor` in membrane.ts. */
// @ts-ignore: decorator
@inline
export function decayFactor(steps: f64): f64 {
  const position = STEP_COUNT - steps;
  if (position <= 0) return load<f64>(interpolation);
  const i = <i32>position;
  const entry = interpolation + (<usize>i << 4);
  return load<f64>(entry) + (position - <f64>i) * load<f64>(entry, 8);
}

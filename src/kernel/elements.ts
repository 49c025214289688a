import { type f64, i32, load, store, type u8, type u32, usize } from "../rules/prelude.ts";

/* Elements of arrays, which are addresses here. */

/** Element i of an array of doubles, 32-bit words or bytes. @inline */
export function f64At(array: usize, i: i32): f64 {
  return load<f64>(array + (usize(i) << 3));
}

/** @inline */
export function setF64(array: usize, i: i32, value: f64): void {
  store<f64>(array + (usize(i) << 3), value);
}

/** @inline */
export function i32At(array: usize, i: i32): i32 {
  return load<i32>(array + (usize(i) << 2));
}

/** @inline */
export function setI32(array: usize, i: i32, value: i32): void {
  store<i32>(array + (usize(i) << 2), value);
}

/** @inline */
export function u8At(array: usize, i: i32): i32 {
  return i32(load<u8>(array + usize(i)));
}

/** @inline */
export function u32At(array: usize, i: i32): u32 {
  return load<u32>(array + (usize(i) << 2));
}

/** @inline */
export function setU32(array: usize, i: i32, value: u32): void {
  store<u32>(array + (usize(i) << 2), value);
}

/*
 * AssemblyScript's types and built-in functions, for TypeScript.
 *
 * The kernel and the rules are written in what the two languages have in common. The kernel's build
 * leaves imports of this file out, as AssemblyScript has all of it; here, numbers are doubles, and
 * what a rule can use returns the compiled kernel's bits, so that rules run and are tested as
 * TypeScript. What reaches into the kernel's memory is declared only.
 */

export type f64 = number;
export type i32 = number;
export type u8 = number;
export type u32 = number;
export type i64 = number;
export type usize = number;
export type bool = boolean;

type Castable = number | boolean;

export const f64 = (value: Castable): f64 => Number(value);
export const i32 = (value: Castable): i32 => Number(value) | 0;
export const u32 = (value: Castable): u32 => Number(value) >>> 0;
export const usize = u32;
export type u64 = number;
export declare const u64: (value: Castable) => u64;
export declare const i64: (value: Castable) => i64;

/** Arrays or, in the kernel, their addresses. */
export type f64s = Float64Array | usize;
export type u32s = Uint32Array | usize;
export type i32s = Int32Array | usize;

export const f64At = (array: f64s, index: i32): f64 => (array as Float64Array)[index]!;
export const u32At = (array: u32s, index: i32): u32 => (array as Uint32Array)[index]!;
export const i32At = (array: i32s, index: i32): i32 => (array as Int32Array)[index]!;

export function setF64(array: f64s, index: i32, value: f64): void {
  (array as Float64Array)[index] = value;
}

export function setU32(array: u32s, index: i32, value: u32): void {
  (array as Uint32Array)[index] = value;
}

export const max = Math.max;
export const min = Math.min;
export const floor = Math.floor;
export const clz = Math.clz32;
export declare function rotl(word: i32, count: i32): i32;
export declare function reinterpret<T extends number>(value: number): T;
export declare function unreachable(): never;

/** Reads and writes the kernel's memory. */
export declare function load<T extends number>(address: usize, offset?: usize): T;
export declare function store<T extends number>(address: usize, value: T, offset?: usize): void;

/** A vector of 128 bits: two doubles, or integers. */
export type v128 = DataView;

function vector(first: bigint, second: bigint): v128 {
  const bits = new DataView(new ArrayBuffer(16));
  bits.setBigUint64(0, first, true);
  bits.setBigUint64(8, second, true);
  return bits;
}

function doubles(first: f64, second: f64): v128 {
  const bits = new DataView(new ArrayBuffer(16));
  bits.setFloat64(0, first, true);
  bits.setFloat64(8, second, true);
  return bits;
}

const lane = (a: v128, index: i32): f64 => a.getFloat64(8 * index, true);
const bitsOf = (a: v128, index: i32): bigint => a.getBigUint64(8 * index, true);

type Lanewise = (a: v128, b: v128) => v128;

const eachLane =
  (operation: (a: f64, b: f64) => f64): Lanewise =>
  (a, b) =>
    doubles(operation(lane(a, 0), lane(b, 0)), operation(lane(a, 1), lane(b, 1)));

const comparison = (holds: (a: f64, b: f64) => bool): Lanewise => {
  const mask = (a: f64, b: f64) => (holds(a, b) ? 0xffff_ffff_ffff_ffffn : 0n);
  return (a, b) => vector(mask(lane(a, 0), lane(b, 0)), mask(lane(a, 1), lane(b, 1)));
};

/** Vectors of two doubles, as far as rules use them; what follows is declared only. */
export const f64x2 = Object.assign(doubles, {
  splat: (value: f64) => doubles(value, value),
  extract_lane: lane,
  replace_lane: (a: v128, index: i32, value: f64) =>
    index === 0 ? doubles(value, lane(a, 1)) : doubles(lane(a, 0), value),
  add: eachLane((a, b) => a + b),
  sub: eachLane((a, b) => a - b),
  mul: eachLane((a, b) => a * b),
  pmax: eachLane((a, b) => (a < b ? b : a)),
  gt: comparison((a, b) => a > b),
  lt: comparison((a, b) => a < b),
} as VectorOperations);

interface VectorOperations {
  splat(value: f64): v128;
  extract_lane(a: v128, index: i32): f64;
  replace_lane(a: v128, index: i32, value: f64): v128;
  readonly add: Lanewise;
  readonly sub: Lanewise;
  readonly mul: Lanewise;
  readonly pmax: Lanewise;
  readonly gt: Lanewise;
  readonly lt: Lanewise;
  readonly div: Lanewise;
  abs(a: v128): v128;
  floor(a: v128): v128;
  convert_low_i32x4_s(a: v128): v128;
  convert_low_i32x4_u(a: v128): v128;
}

const bitwise =
  (operation: (a: bigint, b: bigint) => bigint): Lanewise =>
  (a, b) =>
    vector(operation(bitsOf(a, 0), bitsOf(b, 0)), operation(bitsOf(a, 1), bitsOf(b, 1)));

export const v128 = {
  and: bitwise((a, b) => a & b),
  or: bitwise((a, b) => a | b),
  xor: bitwise((a, b) => a ^ b),
} as {
  readonly and: Lanewise;
  readonly or: Lanewise;
  readonly xor: Lanewise;
  bitselect(a: v128, b: v128, mask: v128): v128;
  any_true(a: v128): bool;
  load(address: usize, offset?: usize): v128;
  load64_splat(address: usize, offset?: usize): v128;
  store(address: usize, value: v128, offset?: usize): void;
  store64_lane(address: usize, value: v128, index: i32): void;
};

export declare const i8x16: {
  shuffle(a: v128, b: v128, ...lanes: readonly i32[]): v128;
};

export declare const i32x4: {
  (a: i32, b: i32, c: i32, d: i32): v128;
  splat(value: i32): v128;
  extract_lane(a: v128, index: i32): i32;
  shuffle(a: v128, b: v128, ...lanes: readonly i32[]): v128;
  add: Lanewise;
  sub: Lanewise;
  mul: Lanewise;
  eq: Lanewise;
  shl(a: v128, count: i32): v128;
  shr_u(a: v128, count: i32): v128;
  trunc_sat_f64x2_s_zero(a: v128): v128;
};

export declare const i64x2: {
  splat(value: i64): v128;
  shuffle(a: v128, b: v128, ...lanes: readonly i32[]): v128;
  shr_u(a: v128, count: i32): v128;
};

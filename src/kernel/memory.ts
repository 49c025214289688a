import { type bool, type f64, i32, reinterpret, u64, usize } from "../rules/prelude.ts";
import { event, served } from "./addresses.ts";
import { u8At } from "./elements.ts";

export * from "./addresses.ts";
export * from "./elements.ts";

/*
 * The engine's memory as the kernel sees it: the addresses of all arrays, each under its own name,
 * and the settings of settings.ts, which the host passes by name.
 */

/** 128 / ln 2, and ln 2 / 128 in two parts, from exponential.ts. */
export declare const exponentialStepsPerUnit: f64;
export declare const exponentialStepHigh: f64;
export declare const exponentialStepLow: f64;

/** ln 2 in two parts, from logarithm-table.ts. */
export declare const logarithmOfTwoHigh: f64;
export declare const logarithmOfTwoLow: f64;

export declare const cells: i32;
export declare const blockWindows: i32;
export declare const windowCapacity: i32;
export declare const windowMs: f64;
export declare const windowsPerMs: f64;
export declare const decayRows: f64;
export declare const decayRowsPerMs: f64;

export declare const expansionMv: f64;
export declare const expandingAmpaMv: f64;
export declare const expandingGabaMv: f64;
export declare const magnesium: f64;
export declare const sensorTimeConstantMs: f64;
export declare const sensorDecayPerMs: f64;
export declare const beta: f64;
export declare const gamma: f64;
/** Bounds of the scale factor and its integral, if `limits` is not 0. */
export declare const limits: i32;
export declare const scaleFactorMinimum: f64;
export declare const scaleFactorMaximum: f64;
export declare const integralLimit: f64;
/** 1 if homeostasis senses arrivals, as in the 2014 model; and then, if it scales I cells. */
export declare const sensesArrivals: i32;
export declare const scalesInhibition: i32;
/** Target rates in kHz; negative for each cell's own mean rate. */
export declare const targetRateE: f64;
export declare const targetRateI: f64;
/** Number of rules, and which are on, as bits by their numbers; see model/rules.ts. */
export declare const ruleCount: i32;
export declare const plasticityRules: i32;
export declare const thresholdRules: i32;
export declare const depressionRules: i32;
export declare const plasticityStartMs: f64;
export declare const plasticityEndMs: f64;
export declare const incrementEE: f64;
export declare const maximumEE: f64;
export declare const incrementEI: f64;
export declare const maximumEI: f64;

/** Bits of an external event's word below its cell, and windows at the start that have no such words. */
export declare const cellShift: i32;
export declare const earlyWindows: f64;

/** Number of synapses between columns. */
export declare const columnSynapses: i32;

/** Number of engines for one network, and 1 if each serves whole columns; see part.ts. */
export declare const parts: i32;
export declare const wholeColumns: i32;

/** Bytes of an external event that has been drawn: a word, see engine/drawn-events.ts. */
export const EVENT: usize = 8;

/** Bits that all times of a window have in common. @inline */
export function timeBitsOf(window: f64): u64 {
  return reinterpret<u64>(window * windowMs);
}

/** Bits of a word that are the time's. @inline */
export function timeMask(): u64 {
  return (u64(1) << u64(cellShift)) - 4;
}

/** Word of an event without its time. @inline */
export function targetBitsOf(target: i32): u64 {
  return (u64(target >> 2) << u64(cellShift)) | u64((target & 3) ^ 2);
}

/** @inline */
export function eventOf(targetBits: u64, timeMs: f64, mask: u64): u64 {
  return targetBits | ((reinterpret<u64>(timeMs) << 2) & mask);
}

/** @inline */
export function eventMs(word: u64, timeBits: u64, mask: u64): f64 {
  return reinterpret<f64>(timeBits | ((word & mask) >> 2));
}

/** Four times the cell, which stands above so many bits and two. @inline */
export function eventQuadruple(word: u64, shift: i32): i32 {
  return i32(word >> u64(shift)) & -4;
}

/** @inline */
export function eventReceptor(word: u64): i32 {
  return (i32(word) & 3) ^ 2;
}

/** @inline */
export function eventTarget(word: u64): i32 {
  return eventQuadruple(word, cellShift - 2) | eventReceptor(word);
}

/** @inline */
export function eventAt(place: i32): usize {
  return event + (usize(place) << 3);
}

/** True if this engine serves a cell. @inline */
export function serves(index: i32): bool {
  return parts === 1 || u8At(served, index) !== 0;
}

/** True if a cell is in a column that another engine serves. @inline */
export function isForeign(index: i32): bool {
  return wholeColumns !== 0 && u8At(served, index) === 0;
}

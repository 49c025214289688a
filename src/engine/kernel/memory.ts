import {
  CELL_AT,
  CLASS_CONSTANT_AT,
  DECAY_TABLE_AT,
  EXPONENTIAL_ROOT_AT,
  EXTERNAL_WEIGHT_AT,
  INTERPOLATION_AT,
  INTERVAL_AT,
  INVERSE_REVERSAL_AT,
  LOGARITHM_TABLE_AT,
  OCTAVE_TABLE_AT,
  RECEPTOR_MASK_AT,
  REVERSAL_AT,
  STATE_AT,
  STEPS_PER_MS_AT,
  VECTOR_CONSTANTS_AT,
  WORK_AT,
} from "../table-places.ts";
import { type bool, type f64, i32, load, store, type u8, usize } from "./prelude.ts";

/*
 * The engine's memory as the kernel sees it: the address of every array of engine-memory.ts, under
 * the array's own name, and the settings of settings.ts. Tables have fixed addresses; the host passes the others by name.
 */

export const classConstant: usize = CLASS_CONSTANT_AT;
export const externalWeightMv: usize = EXTERNAL_WEIGHT_AT;
export const receptorMask: usize = RECEPTOR_MASK_AT;
export const inverseReversal: usize = INVERSE_REVERSAL_AT;
export const reversalMv: usize = REVERSAL_AT;
export const stepsPerMs: usize = STEPS_PER_MS_AT;
export const work: usize = WORK_AT;
export const exponentialRoot: usize = EXPONENTIAL_ROOT_AT;
export const octaveTable: usize = OCTAVE_TABLE_AT;
export const logarithmTable: usize = LOGARITHM_TABLE_AT;
export const decayTable: usize = DECAY_TABLE_AT;
export const interpolation: usize = INTERPOLATION_AT;
export const vectorConstants: usize = VECTOR_CONSTANTS_AT;
export const intervalMs: usize = INTERVAL_AT;
export const control: usize = STATE_AT;
export const cell: usize = CELL_AT;

export declare const lastSpikeMs: usize;
export declare const blockCount: usize;
export declare const plasticGain: usize;
export declare const streamNextMs: usize;
export declare const streamRemaining: usize;
export declare const streamHigh: usize;
export declare const streamLow: usize;
export declare const chainTimeMs: usize;
export declare const chainOrder: usize;
export declare const chainSynapse: usize;
export declare const chainCell: usize;
export declare const active: usize;
export declare const silenced: usize;
export declare const firstSynapse: usize;
export declare const postsynaptic: usize;
export declare const delayMs: usize;
export declare const fastWeightMv: usize;
export declare const slowWeightMv: usize;
export declare const fastReceptor: usize;
export declare const firstIncoming: usize;
export declare const incomingSynapse: usize;
export declare const incomingCell: usize;
export declare const excitatory: usize;
export declare const scaled: usize;
export declare const served: usize;
export declare const trainingTimeMs: usize;
export declare const trainingCell: usize;
export declare const streamMeanMs: usize;
export declare const streamNumber: usize;
export declare const cellClass: usize;
export declare const cellsByClass: usize;
export declare const classCells: usize;
export declare const event: usize;
export declare const classEnd: usize;
export declare const windowCursor: usize;
export declare const quietUntilMs: usize;
export declare const pendingHead: usize;
export declare const dueMs: usize;
export declare const waitingCell: usize;
export declare const pendingMs: usize;
export declare const pendingOrder: usize;
export declare const pendingCell: usize;
export declare const pendingWhat: usize;
export declare const pendingLink: usize;
export declare const latestSpike: usize;
export declare const spikeMs: usize;
export declare const spikeOrder: usize;
export declare const spikeCell: usize;
export declare const spikeWhat: usize;
export declare const spikeBefore: usize;
export declare const spikeRank: usize;
export declare const presynaptic: usize;
export declare const overtakable: usize;
export declare const outputTimeMs: usize;
export declare const outputCell: usize;

/** 128 / ln 2, and ln 2 / 128 in two parts, from exponential.ts. */
export declare const exponentialStepsPerUnit: f64;
export declare const exponentialStepHigh: f64;
export declare const exponentialStepLow: f64;

/** ln 2 in two parts, from logarithm-table.ts. */
export declare const logarithmOfTwoHigh: f64;
export declare const logarithmOfTwoLow: f64;

export declare const cells: i32;
export declare const trainingInputs: i32;
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
export declare const trainingWeightMv: f64;
export declare const plasticityStartMs: f64;
export declare const plasticityEndMs: f64;
export declare const incrementEE: f64;
export declare const maximumEE: f64;
export declare const incrementEI: f64;
export declare const maximumEI: f64;

/** How many engines serve the network together; see part.ts. */
export declare const parts: i32;

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

/** Doubles per external event: its time, and its target in the lower word of the second. */
export const EVENT: i32 = 2;

/** Time and target of the external event at an address. @inline */
export function eventMsAt(address: usize): f64 {
  return load<f64>(address);
}

/** @inline */
export function eventTargetAt(address: usize): i32 {
  return load<i32>(address, 8);
}

/** @inline */
export function setEvent(address: usize, timeMs: f64, target: i32): void {
  store<f64>(address, timeMs);
  store<i32>(address, target, 8);
}

/** @inline */
export function eventAt(place: i32): usize {
  return event + (usize(place) << 3);
}

/** Whether this engine serves a cell. @inline */
export function serves(index: i32): bool {
  return parts === 1 || u8At(served, index) !== 0;
}

/*
 * The engine's memory as the kernel sees it: the address of every array of engine-memory.ts, under
 * the array's own name, and the settings of settings.ts. The host passes them all by name.
 */

export declare const control: usize;
export declare const cell: usize;
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
export declare const alive: usize;
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
export declare const classOffset: usize;
export declare const classConstant: usize;
export declare const inverseReversal: usize;
export declare const reversalMv: usize;
export declare const interpolation: usize;
export declare const stepsPerMs: usize;
export declare const trainingTimeMs: usize;
export declare const trainingCell: usize;
export declare const externalMv: usize;
export declare const streamTarget: usize;
export declare const streamMeanMs: usize;
export declare const work: usize;
export declare const slotHead: usize;
export declare const streamLink: usize;
export declare const slotTimeMs: usize;
export declare const slotTarget: usize;
export declare const waitingStream: usize;
export declare const waitingMs: usize;
export declare const followingMs: usize;
export declare const subslot: usize;
export declare const outputTimeMs: usize;
export declare const outputCell: usize;
export declare const exponentialRoot: usize;
export declare const logarithmTable: usize;
export declare const octaveTable: usize;

/** 128 / ln 2, and ln 2 / 128 in two parts, from exponential.ts. */
export declare const exponentialStepsPerUnit: f64;
export declare const exponentialStepHigh: f64;
export declare const exponentialStepLow: f64;

/** ln 2 in two parts, from logarithm-table.ts. */
export declare const logarithmOfTwoHigh: f64;
export declare const logarithmOfTwoLow: f64;

export declare const cells: i32;
export declare const trainingInputs: i32;

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

/** Element i of an array of doubles, 32-bit words or bytes. */
// @ts-ignore: decorator
@inline
export function f64At(array: usize, i: i32): f64 {
  return load<f64>(array + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
export function setF64(array: usize, i: i32, value: f64): void {
  store<f64>(array + (<usize>i << 3), value);
}

// @ts-ignore: decorator
@inline
export function i32At(array: usize, i: i32): i32 {
  return load<i32>(array + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
export function setI32(array: usize, i: i32, value: i32): void {
  store<i32>(array + (<usize>i << 2), value);
}

// @ts-ignore: decorator
@inline
export function u8At(array: usize, i: i32): i32 {
  return <i32>load<u8>(array + <usize>i);
}

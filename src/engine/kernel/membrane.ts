import {
  AHP,
  AHP_STEPS_PER_MS,
  AMPA,
  BASE_THRESHOLD,
  BLOCK_LEVEL,
  GABA_PROXIMAL,
  RECOVERED_AT,
  REFRACTORY_UNTIL,
  REST,
  SETTLED_THRESHOLD,
  SPIKE_THRESHOLD,
  THRESHOLD,
  THRESHOLD_STEPS_PER_MS,
  UPDATED_AT,
} from "../cell-record";
import {
  decayRows,
  decayRowsPerMs,
  inverseReversal,
  magnesium,
  reversalMv,
  stepsPerMs,
} from "./memory";
import { decayFactor, decayFactorx2, moderateExponential } from "./numeric";
import * as scalar from "./scalar-constants";
import { half, negligible, rowShift } from "./vector-constants";

/**
 * An input to a cell: everything decays to now, then the weights [AMPA, NMDA] and [GABA proximal,
 * distal] are added; see `decayToNow` and `addInput`. Returns the deviation from rest that this
 * leaves. Of a cell's record, nothing is stored before it is final and as wide as it is read.
 *
 * @param slow whether there is an NMDA weight
 */
// @ts-ignore: decorator
@inline
export function receiveInput(
  record: usize,
  constants: usize,
  rows: usize,
  now: f64,
  excitatoryMv: v128,
  inhibitoryMv: v128,
  slow: bool,
): f64 {
  const elapsedMs = now - load<f64>(record, UPDATED_AT * 8);
  const position = elapsedMs * decayRowsPerMs;
  // Factors of [AMPA, NMDA], and of [GABA proximal, afterhyperpolarization].
  let factors: v128;
  let others: v128;
  if (position < decayRows) {
    const positions = f64x2.splat(position);
    const shifted = shiftedRow(positions);
    const row = rowOf(rows, shifted);
    const rest = restOf(positions, shifted);
    factors = factorsAt(row, rest);
    others = otherFactorsAt(row, rest);
  } else {
    const elapsed = f64x2.splat(elapsedMs);
    factors = longDecays(elapsed, stepsPerMs);
    others = longDecays(elapsed, constants + (AHP_STEPS_PER_MS * 8 - 8));
  }
  let excitation = decayedExcitation(record, factors);
  let inhibition = decayedInhibition(record, factors, others);
  const ahp = decayedAhp(record, others);
  v128.store(record, f64x2.replace_lane(ahp, 1, now), AHP * 8);
  if (load<f64>(record, THRESHOLD * 8) > load<f64>(constants, SETTLED_THRESHOLD * 8)) {
    decayThreshold(record, constants, now);
  }
  const ahpMv = f64x2.extract_lane(ahp, 0);
  const restMv = load<f64>(constants, REST * 8);
  const vmMv = bounded(restMv, sum(excitation, inhibition) - ahpMv);
  let weights = excitatoryMv;
  if (slow) weights = f64x2.mul(weights, f64x2(1, magnesiumBlock(restMv, vmMv)));
  const excitatorySlopes = f64x2.mul(weights, v128.load(inverseReversal));
  const inhibitorySlopes = f64x2.mul(inhibitoryMv, v128.load(inverseReversal, 16));
  excitation = addedx2(excitation, weights, excitatorySlopes, vmMv, 0);
  inhibition = addedx2(inhibition, inhibitoryMv, inhibitorySlopes, vmMv, 16);
  v128.store(record, excitation, AMPA * 8);
  v128.store(record, inhibition, GABA_PROXIMAL * 8);
  return sum(excitation, inhibition) - ahpMv;
}

/** The row of a position in the table, from its low bits, and as a number. */
// @ts-ignore: decorator
@inline
export function shiftedRow(positions: v128): v128 {
  return f64x2.add(f64x2.sub(positions, half()), rowShift());
}

/** Where a position's row stands, and how far beyond its beginning the position is. */
// @ts-ignore: decorator
@inline
export function rowOf(rows: usize, shifted: v128): usize {
  return rows + (<usize>i32x4.extract_lane(shifted, 0) << 6);
}

// @ts-ignore: decorator
@inline
export function restOf(positions: v128, shifted: v128): v128 {
  return f64x2.sub(positions, f64x2.sub(shifted, rowShift()));
}

/** Decay factors of [AMPA, NMDA], which distal GABA-A shares the first of. */
// @ts-ignore: decorator
@inline
export function factorsAt(row: usize, rest: v128): v128 {
  return f64x2.add(v128.load(row), f64x2.mul(rest, v128.load(row, 32)));
}

/** Decay factors of [proximal GABA-A, afterhyperpolarization]. */
// @ts-ignore: decorator
@inline
export function otherFactorsAt(row: usize, rest: v128): v128 {
  return f64x2.add(v128.load(row, 16), f64x2.mul(rest, v128.load(row, 48)));
}

// @ts-ignore: decorator
@inline
export function decayedExcitation(record: usize, factors: v128): v128 {
  return decayedx2(v128.load(record, AMPA * 8), factors);
}

// @ts-ignore: decorator
@inline
export function decayedInhibition(record: usize, factors: v128, others: v128): v128 {
  return decayedx2(v128.load(record, GABA_PROXIMAL * 8), i64x2.shuffle(others, factors, 0, 2));
}

/** The afterhyperpolarization, and beside it what is none. */
// @ts-ignore: decorator
@inline
export function decayedAhp(record: usize, others: v128): v128 {
  return decayedx2(v128.load(record, AHP * 8), i64x2.shuffle(others, others, 1, 1));
}

function longDecays(elapsed: v128, stepsPerMs: usize): v128 {
  return decayFactorx2(f64x2.mul(elapsed, v128.load(stepsPerMs)));
}

// @ts-ignore: decorator
@inline
function decayedx2(deviationsMv: v128, factors: v128): v128 {
  const lasting = f64x2.gt(deviationsMv, negligible());
  return v128.and(f64x2.mul(deviationsMv, factors), lasting);
}

/** (AMPA − proximal GABA) + (NMDA − distal GABA). */
// @ts-ignore: decorator
@inline
export function sum(excitation: v128, inhibition: v128): f64 {
  const net = f64x2.sub(excitation, inhibition);
  return f64x2.extract_lane(net, 0) + f64x2.extract_lane(net, 1);
}

// @ts-ignore: decorator
@inline
export function bounded(restMv: f64, deviationMv: f64): f64 {
  return deviationMv < restMv ? restMv : deviationMv > -restMv ? -restMv : deviationMv;
}

/**
 * See `added`: weights, and weights times 1/E, are added to two receptors; `pair` is the place of
 * the two in their tables, in bytes.
 */
// @ts-ignore: decorator
@inline
export function addedx2(
  deviationsMv: v128,
  weightsMv: v128,
  slopes: v128,
  vmMv: f64,
  pair: usize,
): v128 {
  const changes = f64x2.sub(weightsMv, f64x2.mul(f64x2.splat(vmMv), slopes));
  const receptive = f64x2.lt(deviationsMv, v128.load(reversalMv + pair));
  const sums = f64x2.add(deviationsMv, v128.and(changes, receptive));
  return f64x2.pmax(f64x2.splat(0), sums);
}

/** See `decayToNow`. */
export function decayToNow(record: usize, constants: usize, rows: usize, now: f64): void {
  const none = f64x2.splat(0);
  receiveInput(record, constants, rows, now, none, none, false);
}

function decayThreshold(record: usize, constants: usize, now: f64): void {
  if (load<f64>(record, REFRACTORY_UNTIL * 8) < Infinity) return;
  const base = load<f64>(constants, BASE_THRESHOLD * 8);
  const elapsedMs = now - load<f64>(record, RECOVERED_AT * 8);
  const factor = decayFactor(elapsedMs * load<f64>(constants, THRESHOLD_STEPS_PER_MS * 8));
  const rise = load<f64>(constants, SPIKE_THRESHOLD * 8) - base;
  store<f64>(record, base + rise * factor, THRESHOLD * 8);
}

/** See `magnesiumBlock`. */
// @ts-ignore: decorator
@inline
export function magnesiumBlock(restMv: f64, vmMv: f64): f64 {
  // Vm is bounded, so that the argument is far from where exp needs more care.
  const relief = moderateExponential(scalar.magnesiumSlopePerMv * -(restMv + vmMv)) * magnesium;
  return scalar.one / (scalar.one + relief);
}

export const SILENT: i32 = 0;
export const FIRING: i32 = 1;
export const BLOCKED: i32 = 2;

/** See `outcome`. */
// @ts-ignore: decorator
@inline
export function outcome(record: usize, constants: usize, deviationMv: f64): i32 {
  const potentialMv = deviationMv + load<f64>(constants, REST * 8);
  if (potentialMv <= load<f64>(record, THRESHOLD * 8)) return SILENT;
  if (load<f64>(record, REFRACTORY_UNTIL * 8) < Infinity) return SILENT;
  return potentialMv > load<f64>(constants, BLOCK_LEVEL * 8) ? BLOCKED : FIRING;
}

import {
  type bool,
  type f64,
  f64x2,
  type i32,
  i32x4,
  i64x2,
  load,
  store,
  usize,
  v128,
} from "../rules/prelude.ts";
import { added, bounded, decayed, deviation, magnesiumBlock } from "../rules/receptors.ts";
import { outcome, recoveringThreshold } from "../rules/spiking.ts";
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
} from "./cell-record.ts";
import {
  decayRows,
  decayRowsPerMs,
  inverseReversal,
  magnesium,
  reversalMv,
  stepsPerMs,
} from "./memory.ts";
import { decayFactor, decayFactorx2 } from "./numeric.ts";
import { half, negligible, rowShift } from "./vector-constants.ts";

/**
 * An input to a cell: everything decays to now, then the weights [AMPA, NMDA] and [GABA proximal,
 * distal] are added (rules/receptors.ts). Returns the deviation from rest that this
 * leaves. Of a cell's record, nothing is stored before it is final and as wide as it is read.
 *
 * @param slow whether there is an NMDA weight
 *
 * @inline
 */
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
  if (isRaised(record, constants)) lowerThreshold(record, constants, now);
  const ahpMv = f64x2.extract_lane(ahp, 0);
  const restMv = load<f64>(constants, REST * 8);
  const vmMv = bounded(deviation(excitation, inhibition, ahpMv), restMv);
  let weights = excitatoryMv;
  if (slow) weights = f64x2.mul(weights, f64x2(1, magnesiumBlock(restMv + vmMv, magnesium)));
  const excitatorySlopes = f64x2.mul(weights, v128.load(inverseReversal));
  const inhibitorySlopes = f64x2.mul(inhibitoryMv, v128.load(inverseReversal, 16));
  excitation = added(excitation, weights, excitatorySlopes, vmMv, v128.load(reversalMv));
  inhibition = added(inhibition, inhibitoryMv, inhibitorySlopes, vmMv, v128.load(reversalMv, 16));
  v128.store(record, excitation, AMPA * 8);
  v128.store(record, inhibition, GABA_PROXIMAL * 8);
  return deviation(excitation, inhibition, ahpMv);
}

/** The row of a position in the table, from its low bits, and as a number. @inline */
export function shiftedRow(positions: v128): v128 {
  return f64x2.add(f64x2.sub(positions, half()), rowShift());
}

/** Address of a position's row, and the position relative to the row's beginning. @inline */
export function rowOf(rows: usize, shifted: v128): usize {
  return rows + (usize(i32x4.extract_lane(shifted, 0)) << 6);
}

/** @inline */
export function restOf(positions: v128, shifted: v128): v128 {
  return f64x2.sub(positions, f64x2.sub(shifted, rowShift()));
}

/** Decay factors of [AMPA, NMDA], which distal GABA-A shares the first of. @inline */
export function factorsAt(row: usize, rest: v128): v128 {
  return f64x2.add(v128.load(row), f64x2.mul(rest, v128.load(row, 32)));
}

/** Decay factors of [proximal GABA-A, afterhyperpolarization]. @inline */
export function otherFactorsAt(row: usize, rest: v128): v128 {
  return f64x2.add(v128.load(row, 16), f64x2.mul(rest, v128.load(row, 48)));
}

/** @inline */
export function decayedExcitation(record: usize, factors: v128): v128 {
  return decayed(v128.load(record, AMPA * 8), factors, negligible());
}

/** @inline */
export function decayedInhibition(record: usize, factors: v128, others: v128): v128 {
  return decayed(
    v128.load(record, GABA_PROXIMAL * 8),
    i64x2.shuffle(others, factors, 0, 2),
    negligible(),
  );
}

/** The afterhyperpolarization, and beside it what is none. @inline */
export function decayedAhp(record: usize, others: v128): v128 {
  return decayed(v128.load(record, AHP * 8), i64x2.shuffle(others, others, 1, 1), negligible());
}

function longDecays(elapsed: v128, stepsPerMs: usize): v128 {
  return decayFactorx2(f64x2.mul(elapsed, v128.load(stepsPerMs)));
}

/** Brings a cell's deviations and threshold to the present. */
export function decayToNow(record: usize, constants: usize, rows: usize, now: f64): void {
  const none = f64x2.splat(0);
  receiveInput(record, constants, rows, now, none, none, false);
}

/** True if a spike has raised a cell's threshold, which had not settled again when last computed. @inline */
export function isRaised(record: usize, constants: usize): bool {
  return load<f64>(record, THRESHOLD * 8) > load<f64>(constants, SETTLED_THRESHOLD * 8);
}

/** True if a cell's last update was the end of its refractoriness, which leaves the threshold. @inline */
export function hasJustRecovered(record: usize): bool {
  return load<f64>(record, UPDATED_AT * 8) === load<f64>(record, RECOVERED_AT * 8);
}

/** Brings a raised threshold to the present, unless the cell is refractory. */
export function lowerThreshold(record: usize, constants: usize, now: f64): void {
  if (load<f64>(record, REFRACTORY_UNTIL * 8) < Infinity) return;
  const base = load<f64>(constants, BASE_THRESHOLD * 8);
  const raised = load<f64>(constants, SPIKE_THRESHOLD * 8);
  const elapsedMs = now - load<f64>(record, RECOVERED_AT * 8);
  const factor = decayFactor(elapsedMs * load<f64>(constants, THRESHOLD_STEPS_PER_MS * 8));
  store<f64>(record, recoveringThreshold(base, raised, factor), THRESHOLD * 8);
}

/**
 * Outcome at this deviation from rest, with the cell's threshold shifted; see `outcome`. @inline
 */
export function outcomeOf(record: usize, constants: usize, deviationMv: f64, shiftMv: f64): i32 {
  return outcome(
    deviationMv + load<f64>(constants, REST * 8),
    load<f64>(record, THRESHOLD * 8) + shiftMv,
    load<f64>(record, REFRACTORY_UNTIL * 8),
    load<f64>(constants, BLOCK_LEVEL * 8),
  );
}

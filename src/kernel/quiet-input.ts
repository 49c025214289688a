import {
  type bool,
  type f64,
  f64x2,
  type i32,
  load,
  min,
  type u8,
  type u64,
  usize,
  v128,
} from "../rules/prelude.ts";
import { added, deviation, drive, magnesiumBlock } from "../rules/receptors.ts";
import {
  constantsOf,
  externalWeightsOf,
  isDue,
  receiveExternal,
  recordOf,
  rowsOf,
  senseEvent,
} from "./cell-events.ts";
import {
  AHP,
  AMPA,
  GABA_PROXIMAL,
  LAST_EVENT,
  NMDA,
  QUIET_SQUARE,
  QUIET_SUM,
  RECORD,
  REST,
  UPDATED_AT,
} from "./cell-record.ts";
import { noteEvent, quietRows, scaleQuietly, scales } from "./homeostasis.ts";
import {
  decayedAhp,
  decayedExcitation,
  decayedInhibition,
  factorsAt,
  otherFactorsAt,
  restOf,
  rowOf,
  shiftedRow,
} from "./membrane.ts";
import {
  cell,
  cellShift,
  cells,
  decayRows,
  decayRowsPerMs,
  EVENT,
  eventMs,
  eventQuadruple,
  eventReceptor,
  eventTarget,
  f64At,
  inverseReversal,
  logarithmOfTwoHigh,
  logarithmOfTwoLow,
  magnesium,
  quietUntilMs,
  reversalMv,
  sensorDecayPerMs,
  timeMask,
} from "./memory.ts";
import { catchUp } from "./quiet-arrivals.ts";
import { noteQuiet } from "./quiet-times.ts";
import { fillVectorConstants } from "./vector-constants.ts";

/** Prepares the kernel, and what follows from a state that has been set from outside. */
export function begin(): void {
  fillVectorConstants(logarithmOfTwoHigh, logarithmOfTwoLow);
  for (let index = 0; index < cells; index++) noteQuiet(index);
}

/**
 * Serves the external events of one class, between two addresses, each after what is due at its
 * cell before; `nextWindow` is the distance of the events that are served then.
 */
export function serveExternal(
  ofClass: i32,
  first: usize,
  end: usize,
  nextWindow: usize,
  timeBits: u64,
): void {
  if (first === end) return;
  const scaling = scales(eventTarget(load<u64>(first)) >> 2);
  const constants = constantsOf(ofClass);
  const rows = rowsOf(ofClass);
  const weights = externalWeightsOf(ofClass);
  const mostRows = scaling ? min(decayRows, quietRows()) : decayRows;
  let at = first;
  while (true) {
    at = serveQuietly(
      at,
      end,
      scaling,
      constants,
      rows,
      weights,
      quietUntilMs,
      nextWindow,
      mostRows,
      timeBits,
      timeMask(),
      cellShift - 2,
    );
    if (at === end) return;
    const word = load<u64>(at);
    const now = eventMs(word, timeBits, timeMask());
    const index = eventTarget(word) >> 2;
    const record = recordOf(index);
    if (isDue(index, record, now)) {
      catchUp(index, record, now);
      if (now < f64At(quietUntilMs, index)) continue;
    }
    senseEvent(index, record, now);
    receiveExternal(index, record, eventReceptor(word), now, 0);
    noteQuiet(index);
    at += EVENT;
  }
}

/**
 * Serves external events of one class until one of them is out of the ordinary: something else is
 * due at its cell before, its cell fires, or has not been reached for long. Returns its address,
 * without any trace of it. There is no call in here, so that all values can stay in registers.
 */
function serveQuietly(
  first: usize,
  end: usize,
  scaling: bool,
  constants: usize,
  rows: usize,
  weights: usize,
  untilMs: usize,
  nextWindow: usize,
  mostRows: f64,
  timeBits: u64,
  mask: u64,
  shift: i32,
): usize {
  for (let at = first; at < end; at += EVENT) {
    // Brings the next window's events into the cache meanwhile.
    load<u8>(at + nextWindow);
    const word = load<u64>(at);
    const now = eventMs(word, timeBits, mask);
    const quadruple = usize(eventQuadruple(word, shift));
    const record = cell + quadruple * (RECORD * 2);
    // Likewise the record of a cell that is likely to be served soon.
    load<u8>(record, 6 * RECORD * 8);
    if (now >= load<f64>(untilMs + quadruple * 2)) return at;
    const position = (now - load<f64>(record, UPDATED_AT * 8)) * decayRowsPerMs;
    if (position >= mostRows) return at;
    const positions = f64x2.splat(position);
    const shifted = shiftedRow(positions);
    const row = rowOf(rows, shifted);
    const rest = restOf(positions, shifted);
    const factors = factorsAt(row, rest);
    const others = otherFactorsAt(row, rest);
    let excitation = decayedExcitation(record, factors);
    let inhibition = decayedInhibition(record, factors, others);
    const ahp = decayedAhp(record, others);
    const ahpMv = f64x2.extract_lane(ahp, 0);
    const vmMv = deviation(excitation, inhibition, ahpMv);
    if (vmMv * vmMv > load<f64>(constants, QUIET_SQUARE * 8)) return at;
    const receptor = eventReceptor(word);
    const weight = weights + (usize(receptor) << 6);
    let excitatoryMv = v128.load(weight);
    let slopes = v128.load(weight, 32);
    if (receptor === NMDA) {
      const block = magnesiumBlock(load<f64>(constants, REST * 8) + vmMv, magnesium);
      excitatoryMv = f64x2.mul(excitatoryMv, f64x2(1, block));
      slopes = f64x2.mul(excitatoryMv, v128.load(inverseReversal));
    }
    excitation = added(excitation, excitatoryMv, slopes, vmMv, v128.load(reversalMv));
    inhibition = added(
      inhibition,
      v128.load(weight, 16),
      v128.load(weight, 48),
      vmMv,
      v128.load(reversalMv, 16),
    );
    if (drive(excitation, inhibition) > ahpMv + load<f64>(constants, QUIET_SUM * 8)) return at;
    if (scaling) {
      const elapsedMs = now - load<f64>(record, LAST_EVENT * 8);
      const steps = elapsedMs * sensorDecayPerMs;
      scaleQuietly(record, now, elapsedMs, steps);
    } else {
      noteEvent(record, now);
    }
    v128.store(record, excitation, AMPA * 8);
    v128.store(record, inhibition, GABA_PROXIMAL * 8);
    v128.store(record, f64x2.replace_lane(ahp, 1, now), AHP * 8);
  }
  return end;
}

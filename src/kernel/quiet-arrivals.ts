import { type bool, type f64, f64x2, i32, load, max, min, usize, v128 } from "../rules/prelude.ts";
import { added, deviation, drive, magnesiumBlock } from "../rules/receptors.ts";
import { shortLimit } from "../rules/scalar-constants.ts";
import { scaledWeight } from "../rules/scaling.ts";
import {
  addToControl,
  columnWeightsOf,
  constantsOf,
  noteReceived,
  plasticWeight,
  recordOf,
  recover,
  rowsOf,
  servePending,
} from "./cell-events.ts";
import {
  AHP,
  AMPA,
  GABA_PROXIMAL,
  LAST_EVENT,
  QUIET_SQUARE,
  QUIET_SUM,
  REFRACTORY_UNTIL,
  REST,
  UPDATED_AT,
} from "./cell-record.ts";
import { CALLBACK, CELL_EVENTS, LAST_EXTERNAL, NONE } from "./control.ts";
import { noteEvent, scaleFactorSoon, scaleQuietly, scales } from "./homeostasis.ts";
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
  cellClass,
  decayRows,
  decayRowsPerMs,
  dueMs,
  expansionMv,
  f64At,
  fastReceptor,
  fastWeightMv,
  i32At,
  inverseReversal,
  latestSpike,
  magnesium,
  pendingFastMv,
  pendingHead,
  plasticityRules,
  quietUntilMs,
  receptorMask,
  reversalMv,
  sensesArrivals,
  sensorDecayPerMs,
  setF64,
  slowWeightMv,
  u8At,
} from "./memory.ts";
import { pendingWhat, takeFirst } from "./pending.ts";
import { noteQuiet } from "./quiet-times.ts";

/** Serves what is due at a cell before `untilMs`. */
export function serveDue(index: i32, untilMs: f64): void {
  let isQuiet = true;
  while (f64At(dueMs, index) < untilMs) {
    // Once anything else has been served, it is not known whether the cell is quiet.
    isQuiet = isQuiet && f64At(quietUntilMs, index) === f64At(dueMs, index);
    if (isQuiet && serveQuietArrivals(index, recordOf(index), u8At(cellClass, index), untilMs))
      return;
    isQuiet = false;
    servePending(takeFirst(index));
  }
  if (!isQuiet) noteQuiet(index);
}

/** Serves what is due at a cell before `now`, and by then the end of its refractoriness. */
export function catchUp(index: i32, record: usize, now: f64): void {
  serveDue(index, now);
  if (load<f64>(record, REFRACTORY_UNTIL * 8) > now) return;
  recover(index);
  noteQuiet(index);
}

/**
 * Serves a cell's arrivals and callbacks before `untilMs` until one is out of the
 * ordinary, as external events are in quiet-input.ts; whether that has been all.
 */
function serveQuietArrivals(index: i32, record: usize, ofClass: i32, untilMs: f64): bool {
  // The rules of synapses see every arrival.
  if (plasticityRules !== 0) return false;
  const constants = constantsOf(ofClass);
  const rows = rowsOf(ofClass);
  const scaling = scales(index);
  while (true) {
    const now = f64At(dueMs, index);
    if (!(now < untilMs)) return true;
    if (now >= load<f64>(record, REFRACTORY_UNTIL * 8)) return false;
    const node = i32At(pendingHead, index);
    const what = pendingWhat(node);
    const elapsedMs = now - load<f64>(record, LAST_EVENT * 8);
    const steps = elapsedMs * sensorDecayPerMs;
    if (i32(scaling) & i32(steps >= shortLimit)) return false;
    if (what === CALLBACK) {
      scaleQuietly(record, now, elapsedMs, steps);
    } else {
      let receptor = AMPA;
      let weightMv: f64;
      let slowMv: f64 = 0;
      if (what >= 0) {
        receptor = u8At(fastReceptor, what);
        const excites = receptor === AMPA;
        // Spikes of the window are yet to change gains.
        if (i32(excites) & i32(i32At(latestSpike, index) !== NONE)) return false;
        weightMv =
          sensesArrivals !== 0
            ? f64At(pendingFastMv, node)
            : excites
              ? plasticWeight(what)
              : f64At(fastWeightMv, what);
        if (scaling) {
          const scale = scaleFactorSoon(record, steps);
          weightMv = scaledWeight(weightMv, scale, excites === (ofClass === 0));
        }
        if (excites) slowMv = max(f64At(slowWeightMv, what), 0);
      } else {
        if (what >= LAST_EXTERNAL) return false;
        const weights = columnWeightsOf(what);
        weightMv = load<f64>(weights);
        slowMv = load<f64>(weights, 8);
      }
      if (!(weightMv > 0 && weightMv <= expansionMv)) return false;
      const position = (now - load<f64>(record, UPDATED_AT * 8)) * decayRowsPerMs;
      if (position >= decayRows) return false;
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
      if (vmMv * vmMv > load<f64>(constants, QUIET_SQUARE * 8)) return false;
      if (receptor === AMPA) {
        if (slowMv > 0) slowMv *= magnesiumBlock(load<f64>(constants, REST * 8) + vmMv, magnesium);
        const excitatoryMv = f64x2(weightMv, slowMv);
        const slopes = f64x2.mul(excitatoryMv, v128.load(inverseReversal));
        excitation = added(excitation, excitatoryMv, slopes, vmMv, v128.load(reversalMv));
      } else {
        const mask = receptorMask + (usize(receptor) << 5);
        const inhibitoryMv = v128.and(f64x2.splat(weightMv), v128.load(mask, 16));
        const slopes = f64x2.mul(inhibitoryMv, v128.load(inverseReversal, 16));
        inhibition = added(inhibition, inhibitoryMv, slopes, vmMv, v128.load(reversalMv, 16));
      }
      if (drive(excitation, inhibition) > ahpMv + load<f64>(constants, QUIET_SUM * 8)) return false;
      if (scaling) scaleQuietly(record, now, elapsedMs, steps);
      else if (sensesArrivals !== 0) noteReceived(index, now);
      else noteEvent(record, now);
      v128.store(record, excitation, AMPA * 8);
      v128.store(record, inhibition, GABA_PROXIMAL * 8);
      v128.store(record, f64x2.replace_lane(ahp, 1, now), AHP * 8);
      addToControl(CELL_EVENTS, 1);
    }
    takeFirst(index);
    const endMs = min(f64At(dueMs, index), load<f64>(record, REFRACTORY_UNTIL * 8));
    setF64(quietUntilMs, index, endMs);
  }
}

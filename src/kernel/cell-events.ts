import {
  type bool,
  f64,
  f64x2,
  i32,
  load,
  max,
  min,
  store,
  usize,
  v128,
} from "../rules/prelude.ts";
import { risenRate, scaledWeight } from "../rules/scaling.ts";
import { BLOCKED, SILENT } from "../rules/spiking.ts";
import { RECEIVED_AT, SENSOR } from "./arrival-state.ts";
import {
  AHP,
  AHP_STEP,
  AMPA,
  CLASS_RECORD,
  NMDA,
  RECORD,
  RECOVERED_AT,
  REFRACTORY_PERIOD,
  REFRACTORY_UNTIL,
  SCALE_FACTOR,
  SENSED_RATE,
  SPIKE_COUNT,
  SPIKE_THRESHOLD,
  THRESHOLD,
} from "./cell-record.ts";
import {
  CALLBACK,
  CELL_EVENTS,
  EXPANDING_SINCE,
  EXTERNAL,
  FROM_COLUMNS,
  INPUT_CURSOR,
  INPUTS,
  LAST_EXTERNAL,
  SCHEDULED,
  SCHEDULED_FIRST,
} from "./control.ts";
import { decaySensor, noteEvent, scale, scales } from "./homeostasis.ts";
import { noteIntrinsicSpike, thresholdShift } from "./intrinsic-rules.ts";
import { noteArrival, noteOwnSpike } from "./local-plasticity.ts";
import { decayToNow, outcomeOf, receiveInput } from "./membrane.ts";
import {
  blockCount,
  cell,
  cellClass,
  classConstant,
  columnKind,
  columnWeightMv,
  control,
  decayTable,
  dueMs,
  excitatory,
  expandingAmpaMv,
  expandingGabaMv,
  expansionMv,
  externalWeightMv,
  f64At,
  fastReceptor,
  fastWeightMv,
  i32At,
  inputTarget,
  inputWeightMv,
  pendingFastMv,
  plasticGain,
  plasticityRules,
  receptorMask,
  sensesArrivals,
  sensor,
  sensorTimeConstantMs,
  setF64,
  slowWeightMv,
  thresholdRules,
  u8At,
  work,
} from "./memory.ts";
import { pendingCell, pendingMs, pendingOrder, pendingWhat } from "./pending.ts";
import { gainOnArrival } from "./plasticity.ts";
import { noteSpike } from "./spikes.ts";

/** @inline */
export function recordOf(index: i32): usize {
  return cell + usize(index) * (RECORD * 8);
}

/** @inline */
export function constantsOf(ofClass: i32): usize {
  return classConstant + usize(ofClass) * (CLASS_RECORD * 8);
}

/** Address of the decay rows of a class: 256 of 64 bytes each. @inline */
export function rowsOf(ofClass: i32): usize {
  return decayTable + (usize(ofClass) << 14);
}

/** Address of a class's weights of external input: 64 bytes for each receptor. @inline */
export function externalWeightsOf(ofClass: i32): usize {
  return externalWeightMv + (usize(ofClass) << 8);
}

/** @inline */
export function addToControl(place: usize, value: f64): void {
  store<f64>(control + place * 8, load<f64>(control + place * 8) + value);
}

/** Steps 1 to 3 of an event. @inline */
export function senseEvent(index: i32, record: usize, now: f64): void {
  if (scales(index)) scale(index, record, now);
  else noteEvent(record, now);
}

/**
 * True if anything is due at a cell before an external input now, or by now the end of
 * refractoriness. @inline
 */
export function isDue(index: i32, record: usize, now: f64): bool {
  return f64At(dueMs, index) < now || load<f64>(record, REFRACTORY_UNTIL * 8) <= now;
}

/** Serves an event that was waiting. */
export function servePending(node: i32): void {
  const index = pendingCell(node);
  const now = pendingMs(node);
  const order = pendingOrder(node);
  const what = pendingWhat(node);
  if (what >= 0 && sensesArrivals !== 0) {
    receiveArrival(index, what, f64At(pendingFastMv, node), now, order);
    return;
  }
  const record = recordOf(index);
  if (load<f64>(record, REFRACTORY_UNTIL * 8) <= now) recover(index);
  senseEvent(index, record, now);
  if (what === CALLBACK) return;
  addToControl(CELL_EVENTS, 1);
  if (what >= 0) {
    deliver(index, record, what, now, order);
  } else if (what === SCHEDULED) {
    receiveScheduled(index, record, now, order);
  } else if (what >= LAST_EXTERNAL) {
    receiveExternal(index, record, EXTERNAL - what, now, order);
  } else {
    receiveFromColumn(index, record, what, now, order);
  }
}

/** Address of the AMPA and NMDA weights of an arrival from another column, by what it is. @inline */
export function columnWeightsOf(what: i32): usize {
  return columnWeightMv + (usize(u8At(columnKind, what - FROM_COLUMNS)) << 4);
}

/** An arrival from another column: input that is neither plastic nor scaled. */
function receiveFromColumn(index: i32, record: usize, what: i32, now: f64, order: f64): void {
  const weights = columnWeightsOf(what);
  const fastMv = load<f64>(weights);
  if (fastMv > expansionMv) noteExpansion(AMPA, fastMv, now);
  receive(index, record, AMPA, fastMv, load<f64>(weights, 8), now, order, what);
}

/** @inline */
export function receiveExternal(
  index: i32,
  record: usize,
  receptor: i32,
  now: f64,
  order: f64,
): void {
  const weights = externalWeightsOf(u8At(cellClass, index)) + (usize(receptor) << 6);
  const weightMv = load<f64>(weights + (usize(receptor) << 3));
  receiveAt(index, record, receptor, weightMv, now, order, EXTERNAL - receptor);
}

/** An input whose order says which of those in memory it is. */
function receiveScheduled(index: i32, record: usize, now: f64, order: f64): void {
  const next = load<f64>(control, INPUTS * 8) - f64(SCHEDULED_FIRST);
  const place = i32(load<f64>(work, INPUT_CURSOR * 8) - (next - order));
  const receptor = i32At(inputTarget, place) & 3;
  receiveAt(index, record, receptor, f64At(inputWeightMv, place), now, order, SCHEDULED);
}

/** An input to one receptor. @inline */
function receiveAt(
  index: i32,
  record: usize,
  receptor: i32,
  weightMv: f64,
  now: f64,
  order: f64,
  what: i32,
): void {
  if (receptor === NMDA) receive(index, record, AMPA, 0, weightMv, now, order, what);
  else receive(index, record, receptor, weightMv, 0, now, order, what);
}

/** Serves an arrival that homeostasis has sensed, which has scaled its fast weight. */
export function receiveArrival(index: i32, synapse: i32, fastMv: f64, now: f64, order: f64): void {
  const record = recordOf(index);
  if (load<f64>(record, REFRACTORY_UNTIL * 8) <= now) recover(index);
  addToControl(CELL_EVENTS, 1);
  if (plasticWeight(synapse) > 0 || f64At(slowWeightMv, synapse) > 0) noteReceived(index, now);
  receiveFrom(index, record, synapse, fastMv, now, order);
}

/** Weight of a synapse with its plastic gain, where this is known. @inline */
export function plasticWeight(synapse: i32): f64 {
  return f64At(fastWeightMv, synapse) * f64At(plasticGain, synapse);
}

/** Notes when an arrival was sensed last, as the membrane goes on. @inline */
export function noteReceived(index: i32, now: f64): void {
  store<f64>(sensor + usize(index) * (SENSOR * 8), now, RECEIVED_AT * 8);
}

/** Time at which a cell that senses arrivals last had one, in the course of its membrane. @inline */
function receivedAt(index: i32): f64 {
  return load<f64>(sensor + usize(index) * (SENSOR * 8), RECEIVED_AT * 8);
}

/** Delivers a synapse's input; its weights are read now, on arrival. */
function deliver(index: i32, record: usize, synapse: i32, now: f64, order: f64): void {
  receiveFrom(index, record, synapse, fastWeight(synapse, index, record), now, order);
}

/** @inline */
function receiveFrom(
  index: i32,
  record: usize,
  synapse: i32,
  fastMv: f64,
  now: f64,
  order: f64,
): void {
  const slowMv = f64At(slowWeightMv, synapse);
  if (plasticityRules !== 0) noteArrival(synapse, index, now);
  // A scale factor that has run away can make a weight no number, which is none above 0 either.
  const acts = fastMv > 0;
  if (!acts && !(slowMv > 0)) return;
  const receptor = u8At(fastReceptor, synapse);
  if (fastMv > expansionMv) noteExpansion(receptor, fastMv, now);
  receive(index, record, receptor, acts ? fastMv : 0, max(slowMv, 0), now, order, synapse);
}

/** An input of a fast and an NMDA weight to a cell, and what the cell makes of it. */
function receive(
  index: i32,
  record: usize,
  receptor: i32,
  fastMv: f64,
  slowMv: f64,
  now: f64,
  order: f64,
  what: i32,
): void {
  const ofClass = u8At(cellClass, index);
  const constants = constantsOf(ofClass);
  const mask = receptorMask + (usize(receptor) << 5);
  const fast = f64x2.splat(fastMv);
  const deviationMv = receiveInput(
    record,
    constants,
    rowsOf(ofClass),
    now,
    f64x2.replace_lane(v128.and(fast, v128.load(mask)), 1, slowMv),
    v128.and(fast, v128.load(mask, 16)),
    slowMv > 0,
  );
  const result =
    thresholdRules === 0
      ? outcomeOf(record, constants, deviationMv, 0)
      : shiftedOutcome(index, record, constants, deviationMv, now);
  if (result !== SILENT) respond(result, index, now, order, what);
}

/** @inline */
function fastWeight(synapse: i32, target: i32, record: usize): f64 {
  const excites = u8At(fastReceptor, synapse) === AMPA;
  const weightMv = f64At(fastWeightMv, synapse);
  const plasticMv = excites
    ? weightMv * gainOnArrival(synapse, target)
    : plasticityRules === 0
      ? weightMv
      : plasticWeight(synapse);
  if (!scales(target)) return plasticMv;
  const scale = load<f64>(record, SCALE_FACTOR * 8);
  const grows = excites === (u8At(excitatory, target) === 1);
  return scaledWeight(plasticMv, scale, grows);
}

function noteExpansion(receptor: i32, weightMv: f64, now: f64): void {
  const limitMv = receptor === AMPA ? expandingAmpaMv : expandingGabaMv;
  if (weightMv > limitMv) {
    store<f64>(control, min(load<f64>(control, EXPANDING_SINCE * 8), now), EXPANDING_SINCE * 8);
  }
}

/** Serves the end of the cell's refractory period. */
export function recover(index: i32): void {
  const record = recordOf(index);
  const ofClass = u8At(cellClass, index);
  const endMs = load<f64>(record, REFRACTORY_UNTIL * 8);
  addToControl(CELL_EVENTS, 1);
  senseEvent(index, record, endMs);
  decayToNow(record, constantsOf(ofClass), rowsOf(ofClass), endMs);
  store<f64>(record, endMs, RECOVERED_AT * 8);
  store<f64>(record, Infinity, REFRACTORY_UNTIL * 8);
}

/** A cell fires, or is found in depolarization block. */
function respond(result: i32, index: i32, now: f64, order: f64, what: i32): void {
  if (result === BLOCKED) {
    setF64(blockCount, index, f64At(blockCount, index) + 1);
    return;
  }
  const record = recordOf(index);
  const constants = constantsOf(u8At(cellClass, index));
  store<f64>(record, load<f64>(record, AHP * 8) + load<f64>(constants, AHP_STEP * 8), AHP * 8);
  decaySensor(record, sensesArrivals === 0 ? now : receivedAt(index));
  const sensed = load<f64>(record, SENSED_RATE * 8);
  store<f64>(record, risenRate(sensed, sensorTimeConstantMs), SENSED_RATE * 8);
  store<f64>(record, load<f64>(record, SPIKE_COUNT * 8) + 1, SPIKE_COUNT * 8);
  store<f64>(record, load<f64>(constants, SPIKE_THRESHOLD * 8), THRESHOLD * 8);
  const recoveryMs = now + load<f64>(constants, REFRACTORY_PERIOD * 8);
  store<f64>(record, recoveryMs, REFRACTORY_UNTIL * 8);
  if ((plasticityRules | thresholdRules) !== 0) noteRuledSpike(index, now);
  noteSpike(index, now, order, what);
}

function noteRuledSpike(index: i32, now: f64): void {
  if (plasticityRules !== 0) noteOwnSpike(index, now);
  if (thresholdRules !== 0) noteIntrinsicSpike(index, now);
}

function shiftedOutcome(
  index: i32,
  record: usize,
  constants: usize,
  deviationMv: f64,
  now: f64,
): i32 {
  return outcomeOf(record, constants, deviationMv, thresholdShift(index, now));
}

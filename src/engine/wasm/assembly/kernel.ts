import {
  AHP,
  AHP_STEP,
  AMPA,
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
} from "../../cell-record";
import {
  SLOT_COUNT,
  SLOT_CURSOR,
  SLOT_END,
  CELL_EVENTS,
  EXPANDING_SINCE,
  OUTPUT_CAPACITY,
  OUTPUT_COUNT,
  SCALING_ON,
  SPIKES,
  TRAINING_CURSOR,
} from "../../control";
import { chainCount, continueFirstChain, endFirstChain, startChain } from "./axons";
import { advanceSlot } from "./external-input";
import { decaySensor, senseEvent } from "./homeostasis";
import {
  addInput,
  BLOCKED,
  decayToNow,
  FIRING,
  magnesiumBlock,
  outcome,
  SILENT,
} from "./membrane";
import {
  alive,
  blockCount,
  slotTarget,
  slotTimeMs,
  cell,
  cells,
  chainCell,
  chainSynapse,
  chainTimeMs,
  classConstant,
  classOffset,
  control,
  delayMs,
  excitatory,
  expandingAmpaMv,
  expandingGabaMv,
  expansionMv,
  externalMv,
  f64At,
  fastReceptor,
  fastWeightMv,
  firstSynapse,
  i32At,
  lastSpikeMs,
  outputCell,
  outputTimeMs,
  plasticGain,
  postsynaptic,
  scaled,
  sensorTimeConstantMs,
  setF64,
  setI32,
  slowWeightMv,
  trainingCell,
  trainingInputs,
  trainingTimeMs,
  trainingWeightMv,
  u8At,
  work,
} from "./memory";
import { learnFromSpike } from "./plasticity";

const SIMULTANEOUS_MS: f64 = 1e-5;

// @ts-ignore: decorator
@inline
function recordOf(index: i32): usize {
  return cell + <usize>index * (RECORD * 8);
}

// @ts-ignore: decorator
@inline
function constantsOf(index: i32): usize {
  return classConstant + (<usize>i32At(classOffset, index) << 3);
}

// @ts-ignore: decorator
@inline
function addToControl(place: usize, value: f64): void {
  store<f64>(control + place * 8, load<f64>(control + place * 8) + value);
}

/** See `Kernel.run`. */
export function run(untilMs: f64): bool {
  while (load<f64>(work, OUTPUT_COUNT * 8) < <f64>OUTPUT_CAPACITY) {
    const slotEndMs = load<f64>(work, SLOT_END * 8);
    const horizonMs = min(untilMs, slotEndMs);
    const trainingMs = nextTrainingMs();
    const axonMs = chainCount() > 0 ? load<f64>(chainTimeMs) : Infinity;
    if (serveExternal(horizonMs, min(trainingMs, axonMs))) continue;
    if (trainingMs < horizonMs && trainingMs <= axonMs) serveTraining();
    else if (axonMs < horizonMs) serveAxon();
    else if (slotEndMs < untilMs) advanceSlot(untilMs);
    else {
      endRefractoriness(untilMs);
      return true;
    }
  }
  return false;
}

function serveExternal(horizonMs: f64, nextOtherMs: f64): bool {
  const count = <i32>load<f64>(work, SLOT_COUNT * 8);
  const first = <i32>load<f64>(work, SLOT_CURSOR * 8);
  let cursor = first;
  let fired = false;
  while (cursor < count && !fired) {
    const now = f64At(slotTimeMs, cursor);
    if (now >= horizonMs || now > nextOtherMs) break;
    const target = i32At(slotTarget, cursor);
    fired = receive(target >> 2, target & 3, f64At(externalMv, target), now);
    cursor++;
  }
  store<f64>(work, <f64>cursor, SLOT_CURSOR * 8);
  addToControl(CELL_EVENTS, <f64>(cursor - first));
  return fired;
}

function nextTrainingMs(): f64 {
  const cursor = <i32>load<f64>(control, TRAINING_CURSOR * 8);
  return cursor < trainingInputs ? f64At(trainingTimeMs, cursor) : Infinity;
}

function serveTraining(): void {
  const cursor = <i32>load<f64>(control, TRAINING_CURSOR * 8);
  store<f64>(control, <f64>(cursor + 1), TRAINING_CURSOR * 8);
  const target = i32At(trainingCell, cursor);
  if (!u8At(alive, target)) return;
  addToControl(CELL_EVENTS, 1);
  receive(target, AMPA, trainingWeightMv, f64At(trainingTimeMs, cursor));
}

// @ts-ignore: decorator
@inline
function receive(index: i32, receptor: i32, weightMv: f64, now: f64): bool {
  const record = recordOf(index);
  const constants = constantsOf(index);
  if (load<f64>(record, REFRACTORY_UNTIL * 8) <= now) recover(index, record, constants);
  senseEvent(index, record, now);
  const vmMv = decayToNow(record, constants, now);
  const passing = receptor == NMDA ? magnesiumBlock(constants, vmMv) : 1;
  addInput(record, receptor, weightMv * passing, vmMv);
  return fireIfAble(index, record, constants, now);
}

function serveAxon(): void {
  const now = load<f64>(chainTimeMs);
  const first = load<i32>(chainSynapse);
  const sender = load<i32>(chainCell);
  const end = i32At(firstSynapse, sender + 1);
  const record = recordOf(sender);
  if (load<f64>(record, REFRACTORY_UNTIL * 8) <= now) recover(sender, record, constantsOf(sender));
  senseEvent(sender, record, now);

  const firstDelayMs = f64At(delayMs, first);
  let synapse = first;
  do {
    if (u8At(alive, i32At(postsynaptic, synapse))) deliver(sender, synapse, now);
    synapse++;
  } while (synapse < end && f64At(delayMs, synapse) - firstDelayMs <= SIMULTANEOUS_MS);
  while (synapse < end && !u8At(alive, i32At(postsynaptic, synapse))) synapse++;
  if (synapse == end) endFirstChain();
  else continueFirstChain(now + (f64At(delayMs, synapse) - firstDelayMs), synapse);
}

function deliver(sender: i32, synapse: i32, now: f64): void {
  const target = i32At(postsynaptic, synapse);
  const record = recordOf(target);
  const constants = constantsOf(target);
  if (load<f64>(record, REFRACTORY_UNTIL * 8) <= now) recover(target, record, constants);
  senseEvent(target, record, now);
  addToControl(CELL_EVENTS, 1);

  const fastMv = fastWeight(sender, synapse, target, record);
  const slowMv = f64At(slowWeightMv, synapse);
  if (fastMv <= 0 && slowMv <= 0) return;
  if (fastMv > expansionMv) noteExpansion(synapse, fastMv, now);
  const vmMv = decayToNow(record, constants, now);
  if (fastMv > 0) addInput(record, u8At(fastReceptor, synapse), fastMv, vmMv);
  if (slowMv > 0) addInput(record, NMDA, slowMv * magnesiumBlock(constants, vmMv), vmMv);
  fireIfAble(target, record, constants, now);
}

function fastWeight(sender: i32, synapse: i32, target: i32, record: usize): f64 {
  const excites = u8At(excitatory, sender) == 1;
  const weightMv = f64At(fastWeightMv, synapse);
  const plasticMv = excites ? weightMv * f64At(plasticGain, synapse) : weightMv;
  if (u8At(scaled, target) == 0 || load<f64>(control, SCALING_ON * 8) == 0) return plasticMv;
  const scale = load<f64>(record, SCALE_FACTOR * 8);
  const grows = excites == (u8At(excitatory, target) == 1);
  return grows ? plasticMv * scale : plasticMv / scale;
}

function noteExpansion(synapse: i32, weightMv: f64, now: f64): void {
  const limitMv = u8At(fastReceptor, synapse) == AMPA ? expandingAmpaMv : expandingGabaMv;
  if (weightMv > limitMv) {
    store<f64>(control, min(load<f64>(control, EXPANDING_SINCE * 8), now), EXPANDING_SINCE * 8);
  }
}

/** Serves the end of the cell's refractory period. */
function recover(index: i32, record: usize, constants: usize): void {
  const endMs = load<f64>(record, REFRACTORY_UNTIL * 8);
  addToControl(CELL_EVENTS, 1);
  senseEvent(index, record, endMs);
  decayToNow(record, constants, endMs);
  store<f64>(record, endMs, RECOVERED_AT * 8);
  store<f64>(record, Infinity, REFRACTORY_UNTIL * 8);
}

function endRefractoriness(untilMs: f64): void {
  for (let index = 0; index < cells; index++) {
    const record = recordOf(index);
    if (load<f64>(record, REFRACTORY_UNTIL * 8) < untilMs && u8At(alive, index)) {
      recover(index, record, constantsOf(index));
    }
  }
}

// @ts-ignore: decorator
@inline
function fireIfAble(index: i32, record: usize, constants: usize, now: f64): bool {
  const result = outcome(record, constants);
  if (result == SILENT) return false;
  if (result == BLOCKED) setF64(blockCount, index, f64At(blockCount, index) + 1);
  else fire(index, record, constants, now);
  return result == FIRING;
}

function fire(index: i32, record: usize, constants: usize, now: f64): void {
  store<f64>(record, load<f64>(record, AHP * 8) + load<f64>(constants, AHP_STEP * 8), AHP * 8);
  decaySensor(record, now);
  const sensed = load<f64>(record, SENSED_RATE * 8);
  store<f64>(record, sensed + (1 - sensed) / sensorTimeConstantMs, SENSED_RATE * 8);
  store<f64>(record, load<f64>(record, SPIKE_COUNT * 8) + 1, SPIKE_COUNT * 8);
  store<f64>(record, load<f64>(constants, SPIKE_THRESHOLD * 8), THRESHOLD * 8);
  const recoveryMs = now + load<f64>(constants, REFRACTORY_PERIOD * 8);
  store<f64>(record, recoveryMs, REFRACTORY_UNTIL * 8);
  setF64(lastSpikeMs, index, now);
  const place = <i32>load<f64>(work, OUTPUT_COUNT * 8);
  setF64(outputTimeMs, place, now);
  setI32(outputCell, place, index);
  store<f64>(work, <f64>(place + 1), OUTPUT_COUNT * 8);
  learnFromSpike(index, now);
  const order = load<f64>(control, SPIKES * 8);
  addToControl(SPIKES, 1);
  startChain(index, order, now);
}

import { continueFirstChain, endFirstChain, startChain } from "./axons.ts";
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
} from "./cell-record.ts";
import {
  CELL_EVENTS,
  CHAINS,
  EXPANDING_SINCE,
  NOW,
  OUTPUT_CAPACITY,
  OUTPUT_COUNT,
  SCALING_ON,
  SLOT_COUNT,
  SLOT_CURSOR,
  SLOT_END,
  SPIKES,
  TRAINING_CURSOR,
} from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { advanceSlot } from "./external-input.ts";
import { decaySensor, senseEvent } from "./homeostasis.ts";
import type { Kernel } from "./kernel.ts";
import { addInput, decayToNow, FIRING, magnesiumBlock, outcome, SILENT } from "./membrane.ts";
import { learnFromSpike } from "./plasticity.ts";
import type { EngineSettings } from "./settings.ts";

/** Synapses whose delays differ by no more than this are served by one callback, ms. */
const SIMULTANEOUS_MS = 1e-5;

/**
 * The event loop in plain TypeScript: serves external input, training input and axons in order of time.
 *
 * An end of refractoriness concerns one cell alone, so it is served when that cell's next event
 * comes, and at the end of `run`.
 */
export class ScriptKernel implements Kernel {
  readonly #memory: EngineMemory;
  readonly #settings: EngineSettings;

  constructor(memory: EngineMemory, settings: EngineSettings) {
    this.#memory = memory;
    this.#settings = settings;
  }

  run(untilMs: number): boolean {
    const memory = this.#memory;
    const { control, work, chainTimeMs } = memory;
    while (work[OUTPUT_COUNT]! < OUTPUT_CAPACITY) {
      const slotEndMs = work[SLOT_END]!;
      const horizonMs = Math.min(untilMs, slotEndMs);
      const trainingMs = this.#nextTrainingMs();
      const axonMs = control[CHAINS]! > 0 ? chainTimeMs[0]! : Infinity;
      if (this.#serveExternal(horizonMs, Math.min(trainingMs, axonMs))) continue;
      if (trainingMs < horizonMs && trainingMs <= axonMs) this.#serveTraining();
      else if (axonMs < horizonMs) this.#serveAxon();
      else if (slotEndMs < untilMs) advanceSlot(memory, untilMs);
      else {
        this.#endRefractoriness(untilMs);
        return true;
      }
    }
    return false;
  }

  /**
   * Serves external events before `horizonMs` and not after `nextOtherMs`.
   *
   * @returns whether a spike ended it early, for its axon may come before `nextOtherMs`
   */
  #serveExternal(horizonMs: number, nextOtherMs: number): boolean {
    const { slotTimeMs, slotTarget, externalMv, control, work } = this.#memory;
    const count = work[SLOT_COUNT]!;
    const first = work[SLOT_CURSOR]!;
    let cursor = first;
    let fired = false;
    while (cursor < count && !fired) {
      const timeMs = slotTimeMs[cursor]!;
      if (timeMs >= horizonMs || timeMs > nextOtherMs) break;
      const target = slotTarget[cursor]!;
      work[NOW] = timeMs;
      fired = this.#receive(target >> 2, target & 3, externalMv[target]!);
      cursor++;
    }
    work[SLOT_CURSOR] = cursor;
    control[CELL_EVENTS]! += cursor - first;
    return fired;
  }

  #nextTrainingMs(): number {
    const { trainingTimeMs, control } = this.#memory;
    const cursor = control[TRAINING_CURSOR]!;
    return cursor < trainingTimeMs.length ? trainingTimeMs[cursor]! : Infinity;
  }

  #serveTraining(): void {
    const { trainingTimeMs, trainingCell, control, work, alive } = this.#memory;
    const cursor = control[TRAINING_CURSOR]!++;
    const cell = trainingCell[cursor]!;
    if (!alive[cell]) return;
    work[NOW] = trainingTimeMs[cursor]!;
    control[CELL_EVENTS]!++;
    this.#receive(cell, AMPA, this.#settings.trainingWeightMv);
  }

  /** An input to one receptor from outside the column. Returns whether the cell fired. */
  #receive(cell: number, receptor: number, weightMv: number): boolean {
    const memory = this.#memory;
    const settings = this.#settings;
    this.#recoverByNow(cell);
    senseEvent(memory, settings, cell);
    decayToNow(memory, cell);
    const passing = receptor === NMDA ? magnesiumBlock(memory, settings, cell) : 1;
    addInput(memory, cell, receptor, weightMv * passing);
    return this.#fireIfAble(cell);
  }

  /** Serves the next axonal callback: the sender's sensor, then its synapses that are due. */
  #serveAxon(): void {
    const memory = this.#memory;
    const { chainTimeMs, chainSynapse, chainCell, firstSynapse, postsynaptic, delayMs } = memory;
    const first = chainSynapse[0]!;
    const sender = chainCell[0]!;
    const end = firstSynapse[sender + 1]!;
    memory.work[NOW] = chainTimeMs[0]!;
    this.#recoverByNow(sender);
    senseEvent(memory, this.#settings, sender);

    let synapse = first;
    do {
      if (memory.alive[postsynaptic[synapse]!]) this.#deliver(sender, synapse);
      synapse++;
    } while (synapse < end && delayMs[synapse]! - delayMs[first]! <= SIMULTANEOUS_MS);
    while (synapse < end && !memory.alive[postsynaptic[synapse]!]) synapse++;
    if (synapse === end) endFirstChain(memory);
    else continueFirstChain(memory, synapse, delayMs[synapse]! - delayMs[first]!);
  }

  /** Delivers a synapse's input to a living cell; its weights are read now, on arrival. */
  #deliver(sender: number, synapse: number): void {
    const memory = this.#memory;
    const settings = this.#settings;
    const target = memory.postsynaptic[synapse]!;
    this.#recoverByNow(target);
    senseEvent(memory, settings, target);
    memory.control[CELL_EVENTS]!++;

    const fastMv = fastWeight(memory, sender, synapse, target);
    const slowMv = memory.slowWeightMv[synapse]!;
    if (fastMv <= 0 && slowMv <= 0) return;
    if (fastMv > settings.expansionMv) noteExpansion(memory, settings, synapse, fastMv);
    decayToNow(memory, target);
    if (fastMv > 0) addInput(memory, target, memory.fastReceptor[synapse]!, fastMv);
    if (slowMv > 0) {
      addInput(memory, target, NMDA, slowMv * magnesiumBlock(memory, settings, target));
    }
    this.#fireIfAble(target);
  }

  /** Serves the end of the cell's refractory period if it is due. */
  #recoverByNow(cell: number): void {
    const { cell: records, control, work } = this.#memory;
    const record = RECORD * cell;
    const now = work[NOW]!;
    if (records[record + REFRACTORY_UNTIL]! > now) return;
    work[NOW] = records[record + REFRACTORY_UNTIL]!;
    control[CELL_EVENTS]!++;
    senseEvent(this.#memory, this.#settings, cell);
    decayToNow(this.#memory, cell);
    records[record + RECOVERED_AT] = work[NOW]!;
    records[record + REFRACTORY_UNTIL] = Infinity;
    work[NOW] = now;
  }

  #endRefractoriness(untilMs: number): void {
    const { alive, cell, work } = this.#memory;
    for (let index = 0; index < alive.length; index++) {
      const endMs = cell[RECORD * index + REFRACTORY_UNTIL]!;
      if (endMs >= untilMs || !alive[index]) continue;
      work[NOW] = endMs;
      this.#recoverByNow(index);
    }
  }

  #fireIfAble(index: number): boolean {
    const result = outcome(this.#memory, index);
    if (result === SILENT) return false;
    if (result === FIRING) this.#fire(index);
    else this.#memory.blockCount[index]!++;
    return result === FIRING;
  }

  #fire(index: number): void {
    const memory = this.#memory;
    const settings = this.#settings;
    const { cell, classConstant, control, work } = memory;
    const record = RECORD * index;
    const constants = memory.classOffset[index]!;
    const now = work[NOW]!;
    cell[record + AHP]! += classConstant[constants + AHP_STEP]!;
    decaySensor(memory, settings, record);
    cell[record + SENSED_RATE]! +=
      (1 - cell[record + SENSED_RATE]!) / settings.sensorTimeConstantMs;
    cell[record + SPIKE_COUNT]!++;
    cell[record + THRESHOLD] = classConstant[constants + SPIKE_THRESHOLD]!;
    cell[record + REFRACTORY_UNTIL] = now + classConstant[constants + REFRACTORY_PERIOD]!;
    memory.lastSpikeMs[index] = now;
    const place = work[OUTPUT_COUNT]!++;
    memory.outputTimeMs[place] = now;
    memory.outputCell[place] = index;
    learnFromSpike(memory, settings, index);
    startChain(memory, index, control[SPIKES]!++);
  }
}

/**
 * The AMPA or GABA-A weight of an arrival, mV: AMPA times its plastic gain.
 *
 * While scaling is on, a receiving E cell multiplies AMPA and divides GABA-A by its scale factor;
 * an I cell with a scale factor of its own does the reverse.
 */
function fastWeight(memory: EngineMemory, sender: number, synapse: number, target: number): number {
  const excites = memory.excitatory[sender] === 1;
  const weightMv = memory.fastWeightMv[synapse]!;
  const plasticMv = excites ? weightMv * memory.plasticGain[synapse]! : weightMv;
  if (memory.scaled[target] === 0 || memory.control[SCALING_ON] === 0) return plasticMv;
  const scale = memory.cell[RECORD * target + SCALE_FACTOR]!;
  const grows = excites === (memory.excitatory[target] === 1);
  return grows ? plasticMv * scale : plasticMv / scale;
}

/** Remembers when an arrival first reached the regime where rounding grows instead of fading. */
function noteExpansion(
  { control, work, fastReceptor }: EngineMemory,
  { expandingAmpaMv, expandingGabaMv }: EngineSettings,
  synapse: number,
  weightMv: number,
): void {
  const limitMv = fastReceptor[synapse] === AMPA ? expandingAmpaMv : expandingGabaMv;
  if (weightMv > limitMv)
    control[EXPANDING_SINCE] = Math.min(control[EXPANDING_SINCE]!, work[NOW]!);
}

import { continueFirstChain, endFirstChain, startChain } from "./axons.ts";
import {
  AHP,
  AHP_STEP,
  AMPA,
  BLOCK_LEVEL,
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
  type EngineMemory,
  SCALING_ON,
  SPIKES,
  TRAINING_CURSOR,
} from "./engine-memory.ts";
import type { ExternalInput } from "./external-input.ts";
import { decaySensor, senseEvent } from "./homeostasis.ts";
import { addInput, decayTo, potentialMv } from "./membrane.ts";
import { learnFromSpike } from "./plasticity.ts";
import type { EngineSettings } from "./settings.ts";

/** Synapses whose delays differ by no more than this are served by one callback, ms. */
const SIMULTANEOUS_MS = 1e-5;

/**
 * The event loop: serves external input, training input and axons in order of time.
 *
 * An end of refractoriness concerns one cell alone, so it is served when that cell's next event
 * comes, and at the end of `run`.
 */
export class Kernel {
  /** Spikes in the output since it was last emptied. */
  spikeCount = 0;

  readonly #memory: EngineMemory;
  readonly #settings: EngineSettings;
  readonly #external: ExternalInput;

  constructor(memory: EngineMemory, settings: EngineSettings, external: ExternalInput) {
    this.#memory = memory;
    this.#settings = settings;
    this.#external = external;
  }

  /**
   * Serves all events before `untilMs`; stops earlier when the output may not hold another
   * callback's spikes.
   *
   * @returns whether all were served
   */
  run(untilMs: number): boolean {
    const memory = this.#memory;
    const external = this.#external;
    const room = memory.spikeTimeMs.length - memory.alive.length;
    while (this.spikeCount < room) {
      const horizonMs = Math.min(untilMs, external.endMs);
      const trainingMs = this.#nextTrainingMs();
      const axonMs = memory.control[CHAINS]! > 0 ? memory.chainTimeMs[0]! : Infinity;
      if (this.#serveExternal(horizonMs, Math.min(trainingMs, axonMs))) continue;
      if (trainingMs < horizonMs && trainingMs <= axonMs) this.#serveTraining();
      else if (axonMs < horizonMs) this.#serveAxon();
      else if (external.endMs < untilMs) external.advanceBlock();
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
    const external = this.#external;
    const { timeMs, target, count } = external;
    const { externalMv } = this.#memory;
    while (external.cursor < count) {
      const time = timeMs[external.cursor]!;
      if (time >= horizonMs || time > nextOtherMs) return false;
      const to = target[external.cursor]!;
      external.cursor++;
      if (this.#receive(to >> 2, time, to & 3, externalMv[to]!)) return true;
    }
    return false;
  }

  #nextTrainingMs(): number {
    const { trainingTimeMs, control } = this.#memory;
    const cursor = control[TRAINING_CURSOR]!;
    return cursor < trainingTimeMs.length ? trainingTimeMs[cursor]! : Infinity;
  }

  #serveTraining(): void {
    const { trainingTimeMs, trainingCell, control, alive } = this.#memory;
    const cursor = control[TRAINING_CURSOR]!++;
    const cell = trainingCell[cursor]!;
    if (!alive[cell]) return;
    this.#receive(cell, trainingTimeMs[cursor]!, AMPA, this.#settings.trainingWeightMv);
  }

  /** Serves the next axonal callback: the sender's sensor, then its synapses that are due. */
  #serveAxon(): void {
    const memory = this.#memory;
    const { chainTimeMs, chainSynapse, chainCell, firstSynapse, postsynaptic, delayMs } = memory;
    const timeMs = chainTimeMs[0]!;
    const first = chainSynapse[0]!;
    const sender = chainCell[0]!;
    const end = firstSynapse[sender + 1]!;
    this.#recoverBy(sender, timeMs);
    senseEvent(memory, this.#settings, sender, timeMs);

    let synapse = first;
    do {
      this.#deliver(sender, synapse, timeMs);
      synapse++;
    } while (synapse < end && delayMs[synapse]! - delayMs[first]! <= SIMULTANEOUS_MS);
    while (synapse < end && !memory.alive[postsynaptic[synapse]!]) synapse++;
    if (synapse === end) endFirstChain(memory);
    else continueFirstChain(memory, timeMs + (delayMs[synapse]! - delayMs[first]!), synapse);
  }

  /** Delivers a synapse's input; its weights are read now, on arrival. */
  #deliver(sender: number, synapse: number, timeMs: number): void {
    const memory = this.#memory;
    const target = memory.postsynaptic[synapse]!;
    if (!memory.alive[target]) return;
    this.#recoverBy(target, timeMs);
    senseEvent(memory, this.#settings, target, timeMs);
    memory.control[CELL_EVENTS]!++;

    const scaling = memory.scaled[target] === 1 && memory.control[SCALING_ON] === 1;
    const scale = scaling ? memory.cell[RECORD * target + SCALE_FACTOR]! : 1;
    let fastMv = memory.fastWeightMv[synapse]!;
    if (memory.excitatory[sender]) {
      fastMv *= memory.plasticGain[synapse]!;
      // I cells, where they scale, scale the other way round, so that their output does not.
      fastMv = memory.excitatory[target] ? fastMv * scale : fastMv / scale;
    } else {
      fastMv = memory.excitatory[target] ? fastMv / scale : fastMv * scale;
    }
    const slowMv = memory.slowWeightMv[synapse]!;
    if (fastMv <= 0 && slowMv <= 0) return;
    const vmMv = decayTo(memory, this.#settings, target, timeMs);
    if (fastMv > 0) {
      addInput(memory, this.#settings, target, memory.fastReceptor[synapse]!, fastMv, vmMv);
    }
    if (slowMv > 0) addInput(memory, this.#settings, target, NMDA, slowMv, vmMv);
    this.#testForSpike(target, timeMs);
  }

  /** An input to one receptor from outside the column. Returns whether the cell fired. */
  #receive(cell: number, timeMs: number, receptor: number, weightMv: number): boolean {
    const memory = this.#memory;
    this.#recoverBy(cell, timeMs);
    senseEvent(memory, this.#settings, cell, timeMs);
    memory.control[CELL_EVENTS]!++;
    const vmMv = decayTo(memory, this.#settings, cell, timeMs);
    addInput(memory, this.#settings, cell, receptor, weightMv, vmMv);
    return this.#testForSpike(cell, timeMs);
  }

  /** Serves the end of the cell's refractory period if it is not after `timeMs`. */
  #recoverBy(cell: number, timeMs: number): void {
    const { cell: records, alive, control } = this.#memory;
    const record = RECORD * cell;
    const endMs = records[record + REFRACTORY_UNTIL]!;
    if (endMs > timeMs || !alive[cell]) return;
    senseEvent(this.#memory, this.#settings, cell, endMs);
    control[CELL_EVENTS]!++;
    decayTo(this.#memory, this.#settings, cell, endMs);
    records[record + REFRACTORY_UNTIL] = Infinity;
    records[record + RECOVERED_AT] = endMs;
  }

  #endRefractoriness(untilMs: number): void {
    const { alive, cell } = this.#memory;
    for (let index = 0; index < alive.length; index++) {
      const endMs = cell[RECORD * index + REFRACTORY_UNTIL]!;
      if (endMs < untilMs) this.#recoverBy(index, endMs);
    }
  }

  #testForSpike(index: number, timeMs: number): boolean {
    const memory = this.#memory;
    const { cell, classConstant } = memory;
    const record = RECORD * index;
    const potential = potentialMv(memory, index);
    if (potential <= cell[record + THRESHOLD]! || cell[record + REFRACTORY_UNTIL]! < Infinity) {
      return false;
    }
    if (potential > classConstant[memory.classOffset[index]! + BLOCK_LEVEL]!) {
      memory.blockCount[index]!++;
      return false;
    }
    this.#fire(index, timeMs);
    return true;
  }

  #fire(index: number, timeMs: number): void {
    const memory = this.#memory;
    const settings = this.#settings;
    const { cell, classConstant, control } = memory;
    const record = RECORD * index;
    const constants = memory.classOffset[index]!;
    cell[record + AHP]! += classConstant[constants + AHP_STEP]!;
    decaySensor(cell, settings, record, timeMs);
    cell[record + SENSED_RATE]! +=
      (1 - cell[record + SENSED_RATE]!) / settings.sensorTimeConstantMs;
    cell[record + SPIKE_COUNT]!++;
    cell[record + THRESHOLD] = classConstant[constants + SPIKE_THRESHOLD]!;
    cell[record + REFRACTORY_UNTIL] = timeMs + classConstant[constants + REFRACTORY_PERIOD]!;
    memory.lastSpikeMs[index] = timeMs;
    memory.spikeTimeMs[this.spikeCount] = timeMs;
    memory.spikeCell[this.spikeCount] = index;
    this.spikeCount++;
    const order = control[SPIKES]!++;
    learnFromSpike(memory, settings, index, timeMs);
    startChain(memory, index, timeMs, order);
  }
}

import { receptors } from "../model/receptors.ts";
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
  NOW,
  SCALING_ON,
  TRAINING,
} from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { decaySensor, senseEvent } from "./homeostasis.ts";
import { addInput, decayToNow, FIRING, magnesiumBlock, outcome, SILENT } from "./membrane.ts";
import type { PendingEvents } from "./pending.ts";
import { gainOnArrival } from "./plasticity.ts";
import type { EngineSettings } from "./settings.ts";
import type { WindowSpikes } from "./spikes.ts";

/**
 * What events do to the cells that they reach.
 *
 * An end of refractoriness concerns one cell alone, so it is served when that cell's next event
 * comes, and at the end of `Kernel.run`.
 */
export class CellEvents {
  readonly #memory: EngineMemory;
  readonly #settings: EngineSettings;
  readonly #pending: PendingEvents;
  readonly #spikes: WindowSpikes;

  constructor(
    memory: EngineMemory,
    settings: EngineSettings,
    pending: PendingEvents,
    spikes: WindowSpikes,
  ) {
    this.#memory = memory;
    this.#settings = settings;
    this.#pending = pending;
    this.#spikes = spikes;
  }

  /** Serves the external event at a place, after whatever is due at its cell before it. */
  serveExternal(place: number): void {
    const memory = this.#memory;
    const target = memory.eventWord[2 * place + 2]!;
    const cell = target >> 2;
    while (memory.dueMs[cell]! < memory.event[place]!) {
      this.servePending(this.#pending.takeFirst(cell));
    }
    memory.work[NOW] = memory.event[place]!;
    this.#begin(cell);
    this.#receiveExternal(cell, target & 3, 0);
  }

  /** Serves an event that was waiting. */
  servePending(node: number): void {
    const memory = this.#memory;
    const cell = memory.pendingCell[node]!;
    const order = memory.pendingOrder[node]!;
    const what = memory.pendingWhat[node]!;
    memory.work[NOW] = memory.pendingMs[node]!;
    this.#begin(cell);
    if (what === CALLBACK) return;
    if (what >= 0) {
      memory.control[CELL_EVENTS]!++;
      this.#deliver(cell, what, order);
    } else if (what === TRAINING) {
      memory.control[CELL_EVENTS]!++;
      this.#receive(cell, AMPA, this.#settings.trainingWeightMv);
      this.#respond(cell, order, what);
    } else {
      this.#receiveExternal(cell, EXTERNAL - what, order);
    }
  }

  /** Serves the end of the cell's refractory period if it is due now. */
  recoverByNow(cell: number): void {
    const { cell: records, control, work } = this.#memory;
    const record = RECORD * cell;
    const now = work[NOW]!;
    if (records[record + REFRACTORY_UNTIL]! > now) return;
    work[NOW] = records[record + REFRACTORY_UNTIL]!;
    control[CELL_EVENTS]!++;
    senseEvent(this.#memory, this.#settings, cell);
    decayToNow(this.#memory, this.#settings, cell);
    records[record + RECOVERED_AT] = work[NOW]!;
    records[record + REFRACTORY_UNTIL] = Infinity;
    work[NOW] = now;
  }

  /** What any event at a cell begins with. */
  #begin(cell: number): void {
    this.recoverByNow(cell);
    senseEvent(this.#memory, this.#settings, cell);
  }

  #receiveExternal(cell: number, receptor: number, order: number): void {
    const { externalWeightMv, cellClass, control } = this.#memory;
    const row = 2 * receptors.length * (receptors.length * cellClass[cell]! + receptor);
    control[CELL_EVENTS]!++;
    this.#receive(cell, receptor, externalWeightMv[row + receptor]!);
    this.#respond(cell, order, EXTERNAL - receptor);
  }

  /** An input to one receptor from outside the column. */
  #receive(cell: number, receptor: number, weightMv: number): void {
    const memory = this.#memory;
    const settings = this.#settings;
    decayToNow(memory, settings, cell);
    const passing = receptor === NMDA ? magnesiumBlock(memory, settings, cell) : 1;
    addInput(memory, cell, receptor, weightMv * passing);
  }

  /** Delivers a synapse's input; its weights are read now, on arrival. */
  #deliver(cell: number, synapse: number, order: number): void {
    const memory = this.#memory;
    const settings = this.#settings;
    const fastMv = this.#fastWeight(synapse, cell);
    const slowMv = memory.slowWeightMv[synapse]!;
    if (fastMv <= 0 && slowMv <= 0) return;
    if (fastMv > settings.expansionMv) this.#noteExpansion(synapse, fastMv);
    decayToNow(memory, settings, cell);
    if (fastMv > 0) addInput(memory, cell, memory.fastReceptor[synapse]!, fastMv);
    if (slowMv > 0) {
      addInput(memory, cell, NMDA, slowMv * magnesiumBlock(memory, settings, cell));
    }
    this.#respond(cell, order, synapse);
  }

  /**
   * The AMPA or GABA-A weight of an arrival, mV: AMPA times its plastic gain.
   *
   * While scaling is on, a receiving E cell multiplies AMPA and divides GABA-A by its scale factor;
   * an I cell with a scale factor of its own does the reverse.
   */
  #fastWeight(synapse: number, target: number): number {
    const memory = this.#memory;
    const excites = memory.fastReceptor[synapse] === AMPA;
    const weightMv = memory.fastWeightMv[synapse]!;
    const plasticMv = excites
      ? weightMv * gainOnArrival(memory, this.#settings, synapse, target)
      : weightMv;
    if (memory.scaled[target] === 0 || memory.control[SCALING_ON] === 0) return plasticMv;
    const scale = memory.cell[RECORD * target + SCALE_FACTOR]!;
    const grows = excites === (memory.excitatory[target] === 1);
    return grows ? plasticMv * scale : plasticMv / scale;
  }

  /** Remembers when an arrival first reached the regime where rounding grows instead of fading. */
  #noteExpansion(synapse: number, weightMv: number): void {
    const { control, work, fastReceptor } = this.#memory;
    const { expandingAmpaMv, expandingGabaMv } = this.#settings;
    const limitMv = fastReceptor[synapse] === AMPA ? expandingAmpaMv : expandingGabaMv;
    if (weightMv > limitMv) {
      control[EXPANDING_SINCE] = Math.min(control[EXPANDING_SINCE]!, work[NOW]!);
    }
  }

  /** After an input, the cell fires if it can; `order` and `what` are those of the event. */
  #respond(index: number, order: number, what: number): void {
    const memory = this.#memory;
    const result = outcome(memory, index);
    if (result === SILENT) return;
    if (result !== FIRING) {
      memory.blockCount[index]!++;
      return;
    }
    const { cell, classConstant } = memory;
    const record = RECORD * index;
    const constants = CLASS_RECORD * memory.cellClass[index]!;
    cell[record + AHP]! += classConstant[constants + AHP_STEP]!;
    decaySensor(memory, this.#settings, record);
    cell[record + SENSED_RATE]! +=
      (1 - cell[record + SENSED_RATE]!) / this.#settings.sensorTimeConstantMs;
    cell[record + SPIKE_COUNT]!++;
    cell[record + THRESHOLD] = classConstant[constants + SPIKE_THRESHOLD]!;
    cell[record + REFRACTORY_UNTIL] =
      memory.work[NOW]! + classConstant[constants + REFRACTORY_PERIOD]!;
    this.#spikes.note(index, order, what);
  }
}

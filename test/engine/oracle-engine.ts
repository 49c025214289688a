import type { CellState } from "../../src/engine/cell-state.ts";
import type { SpikeSink } from "../../src/engine/engine.ts";
import type { Parameters } from "../../src/model/parameters.ts";
import type { Network } from "../../src/network/network.ts";
import type { TrainingInput } from "../../src/network/training-input.ts";
import { type InputWeights, OracleCell } from "./oracle-cell.ts";
import type { SimulationEngine } from "./oracle-contract.ts";
import { OraclePlasticity } from "./oracle-plasticity.ts";
import { OracleQueue } from "./oracle-queue.ts";
import { type OracleStream, oracleStreams } from "./oracle-stream.ts";

/** Synapses whose delays differ by no more than this are served by one callback. */
const callbackGroupMs = 1e-5;

/**
 * The model as an executable specification: one queue, one event at a time, nothing clever.
 *
 * The fast engine must return the same bits. Both follow the same floating-point expressions;
 * apart from that, they share nothing but the numeric functions.
 */
export class OracleEngine implements SimulationEngine {
  timeMs = 0;
  cellEventCount = 0;
  spikeCount = 0;

  readonly #network: Network;
  readonly #training: TrainingInput;
  readonly #trainingWeightMv: number;
  readonly #cells: readonly OracleCell[];
  readonly #plasticity: OraclePlasticity;
  readonly #streams: readonly OracleStream[];
  readonly #queue = new OracleQueue();
  #scalingIsOn = false;
  #externalFactor = 1;
  #spikes: { readonly timeMs: number; readonly cell: number }[] = [];

  constructor(parameters: Parameters, network: Network, training: TrainingInput) {
    this.#network = network;
    this.#training = training;
    this.#trainingWeightMv = parameters.trainingWeightMv;
    this.#cells = network.populations.flatMap(({ cellClass, cellCount }) =>
      Array.from({ length: cellCount }, () => new OracleCell(cellClass, parameters)),
    );
    this.#plasticity = new OraclePlasticity(parameters, network, this.#cells);
    this.#streams = oracleStreams(parameters, network);
    this.#streams.forEach((_, j) => {
      this.#awaitExternalInput(j);
    });
    this.#awaitTrainingInput(0);
  }

  advance(untilMs: number, sink: SpikeSink): void {
    for (;;) {
      const event = this.#queue.takeBefore(untilMs);
      if (event === undefined) break;
      event.happen();
    }
    this.timeMs = untilMs;
    const times = Float64Array.from(this.#spikes, ({ timeMs }) => timeMs);
    const cells = Uint32Array.from(this.#spikes, ({ cell }) => cell);
    this.#spikes = [];
    if (times.length > 0) sink(times, cells, times.length);
  }

  turnOnScaling(): void {
    this.#scalingIsOn = true;
  }

  setExternalFactor(factor: number): void {
    this.#externalFactor = factor;
  }

  deleteCells(cells: readonly number[]): void {
    for (const cell of cells) this.#cells[cell]!.alive = false;
  }

  reseedExternalInput(base: number): void {
    this.#streams.forEach((stream, j) => {
      const wasSilent = stream.nextMs === Infinity;
      stream.reseed(base + j, this.timeMs);
      if (wasSilent) this.#awaitExternalInput(j);
    });
  }

  // Events (a) and (b): external and training input

  #awaitExternalInput(j: number): void {
    const stream = this.#streams[j]!;
    const timeMs = stream.nextMs;
    if (timeMs === Infinity) return;
    const happen = () => {
      const weightMv = stream.weightMv * this.#externalFactor;
      this.#receiveInput(stream.cell, timeMs, { [stream.receptor]: weightMv });
      stream.goOn();
      this.#awaitExternalInput(j);
    };
    this.#queue.add({ timeMs, kind: "externalInput", order: j, happen });
  }

  #awaitTrainingInput(entry: number): void {
    const timeMs = this.#training.timeMs[entry];
    if (timeMs === undefined) return;
    const happen = () => {
      this.#receiveInput(this.#training.cell[entry]!, timeMs, {
        ampaDistal: this.#trainingWeightMv,
      });
      this.#awaitTrainingInput(entry + 1);
    };
    this.#queue.add({ timeMs, kind: "trainingInput", order: entry, happen });
  }

  #receiveInput(cell: number, nowMs: number, weights: InputWeights): void {
    if (this.#beginEvent(cell, nowMs)) this.#respond(cell, nowMs, weights);
  }

  // Event (c): a synaptic arrival

  #receiveArrival(source: OracleCell, synapse: number, nowMs: number): void {
    const cell = this.#network.postsynaptic[synapse]!;
    if (!this.#beginEvent(cell, nowMs)) return;
    const weights = this.#effectiveWeights(source, synapse);
    if (Object.values(weights).some((weightMv) => weightMv > 0)) {
      this.#respond(cell, nowMs, weights);
    }
  }

  /** Plastic gain, then the receiver's scale factor; I cells are scaled the other way round. */
  #effectiveWeights(source: OracleCell, synapse: number): InputWeights {
    const { postsynaptic, fastWeightMv, slowWeightMv, distal } = this.#network;
    const { scaleFactor, isExcitatory } = this.#cells[postsynaptic[synapse]!]!;
    const scaled = (weightMv: number, sameWay: boolean) => {
      if (!this.#scalingIsOn) return weightMv;
      return sameWay ? weightMv * scaleFactor : weightMv / scaleFactor;
    };
    const fastMv = fastWeightMv[synapse]!;
    if (source.isExcitatory) {
      const plasticMv = fastMv * this.#plasticity.gain[synapse]!;
      return { ampaDistal: scaled(plasticMv, isExcitatory), nmdaDistal: slowWeightMv[synapse]! };
    }
    const receptor = distal[synapse] ? "gabaDistal" : "gabaProximal";
    return { [receptor]: scaled(fastMv, !isExcitatory) };
  }

  // Event (d): the end of an absolute refractory period

  #awaitEndOfRefractoriness(cell: number, timeMs: number): void {
    const happen = () => {
      if (!this.#beginEvent(cell, timeMs)) return;
      this.#cells[cell]!.decayTo(timeMs);
      this.#cells[cell]!.endRefractoriness(timeMs);
    };
    this.#queue.add({ timeMs, kind: "endOfRefractoriness", order: this.spikeCount, happen });
  }

  // Event (e): an axonal callback of a chain that a spike of `cell` started

  #awaitCallback(cell: number, synapse: number, timeMs: number, spike: number): void {
    const { postsynaptic, delayMs, firstSynapse } = this.#network;
    const end = firstSynapse[cell + 1]!;
    if (synapse === end) return;
    const source = this.#cells[cell]!;
    const happen = () => {
      if (!source.alive) return;
      source.noteEvent(timeMs, this.#scalingIsOn);
      let next = synapse;
      while (next < end && delayMs[next]! - delayMs[synapse]! <= callbackGroupMs) {
        this.#receiveArrival(source, next++, timeMs);
      }
      while (next < end && !this.#cells[postsynaptic[next]!]!.alive) next++;
      this.#awaitCallback(cell, next, timeMs + (delayMs[next]! - delayMs[synapse]!), spike);
    };
    this.#queue.add({ timeMs, kind: "axonalCallback", order: spike, happen });
  }

  // What events have in common

  /** Steps 1 to 3 of an event that counts; false if the cell is dead and ignores it. */
  #beginEvent(cell: number, nowMs: number): boolean {
    const { alive } = this.#cells[cell]!;
    if (alive) {
      this.cellEventCount++;
      this.#cells[cell]!.noteEvent(nowMs, this.#scalingIsOn);
    }
    return alive;
  }

  /** Steps 5 to 9 of an input. */
  #respond(cell: number, nowMs: number, weights: InputWeights): void {
    this.#cells[cell]!.decayTo(nowMs);
    this.#cells[cell]!.addInput(weights);
    if (this.#cells[cell]!.crossesThreshold()) this.#fire(cell, nowMs);
  }

  #fire(cell: number, nowMs: number): void {
    this.#cells[cell]!.fire(nowMs);
    this.spikeCount++;
    this.#spikes.push({ timeMs: nowMs, cell });
    this.#plasticity.spike(cell, nowMs);
    const { refractoryPeriodMs } = this.#cells[cell]!.constants;
    this.#awaitEndOfRefractoriness(cell, nowMs + refractoryPeriodMs);
    const first = this.#network.firstSynapse[cell]!;
    this.#awaitCallback(cell, first, nowMs + this.#network.delayMs[first]!, this.spikeCount);
  }

  // Results

  cellState(): CellState {
    const collect = (quantity: (cell: OracleCell) => number) =>
      Float64Array.from(this.#cells, quantity);
    return {
      alive: Uint8Array.from(this.#cells, ({ alive }) => Number(alive)),
      sensedRateKhz: collect((cell) => cell.currentSensedRateKhz),
      targetRateKhz: collect((cell) => cell.targetRateKhz),
      rateErrorIntegral: collect((cell) => cell.rateErrorIntegral),
      scaleFactor: collect((cell) => cell.scaleFactor),
      spikeCount: collect((cell) => cell.spikeCount),
      blockCount: collect((cell) => cell.blockCount),
      ampaDistalMv: collect((cell) => cell.ampaDistalMv),
      nmdaDistalMv: collect((cell) => cell.nmdaDistalMv),
      gabaProximalMv: collect((cell) => 0 - cell.gabaProximalMv),
      gabaDistalMv: collect((cell) => 0 - cell.gabaDistalMv),
      afterhyperpolarizationMv: collect((cell) => 0 - cell.afterhyperpolarizationMv),
      dynamicThresholdMv: collect((cell) => cell.dynamicThresholdMv),
      lastUpdateMs: collect((cell) => cell.lastUpdateMs),
    };
  }

  plasticGains(): Float64Array {
    return this.#plasticity.gain.slice();
  }
}

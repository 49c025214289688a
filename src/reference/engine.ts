import type { CellState } from "../engine/cell-state.ts";
import type { Death, DeathRule, SimulationEngine, SpikeSink } from "../engine/contract.ts";
import type { Potentials } from "../engine/potentials.ts";
import { requireArrivalSensor, sensesArrivals } from "../model/homeostasis.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import {
  type ScheduledInput,
  type Stimulus,
  scheduledInputs,
} from "../network/stimuli/stimulus.ts";
import { ArrivalHomeostasis } from "./arrival-homeostasis.ts";
import { Cell, type InputWeights } from "./cell.ts";
import { type Event, EventQueue } from "./event-queue.ts";
import {
  type ExternalStream,
  externalStreams,
  streamSeed,
  succeedingStreams,
} from "./external-stream.ts";
import { Plasticity } from "./plasticity.ts";
import { Rules } from "./rules.ts";
import { decodeState, encodeState } from "./state.ts";

/*
 * The reference engine: the model of docs/model.md as plain code, to be read beside that page.
 *
 * Here is one queue of events in order of time, and one event happens after the other; nothing is
 * done to be fast. cell.ts holds what an event does to a cell (The cell; Homeostatic synaptic
 * scaling), arrival-homeostasis.ts that of the 2014 model, plasticity.ts STDP, rules.ts the rules that are off by default, external-stream.ts the external input, decay.ts the interpolated
 * exponential, event-queue.ts the order of events, and this file axons and what each event is.
 *
 * The compiled engine of src/engine must return the same bits, for any network and parameters
 * (test/engine). The two follow the same floating-point expressions; otherwise they share nothing
 * but parameters, network and numeric functions. `isocortex run --engine reference` runs this one.
 */

/** Synapses whose delays differ by no more than this are served by one callback, ms. */
const callbackGroupMs = 1e-5;

export class ReferenceEngine implements SimulationEngine {
  timeMs = 0;
  cellEventCount = 0;
  spikeCount = 0;
  expandingSinceMs = Infinity;
  scalingOn = false;

  #parameters: Parameters;
  readonly #network: Network;
  readonly #cells: readonly Cell[];
  readonly #plasticity: Plasticity;
  readonly #rules: Rules;
  #streams: ExternalStream[];
  #queue = new EventQueue();
  #externalFactor = 1;
  #stimuli: readonly Stimulus[] = [];
  #inputs: Iterator<ScheduledInput, void> = [].values();
  /** Scheduled inputs that have come. */
  #inputCount = 0;
  readonly #homeostasis: ArrivalHomeostasis;
  #spikes: { readonly timeMs: number; readonly cell: number }[] = [];

  constructor(parameters: Parameters, network: Network) {
    this.#parameters = parameters;
    this.#network = network;
    this.#cells = network.populations.flatMap(({ cellClass, cellCount }) =>
      Array.from({ length: cellCount }, () => new Cell(cellClass, parameters)),
    );
    this.#homeostasis = new ArrivalHomeostasis(this.#cells);
    this.#rules = new Rules(parameters, network, this.#cells);
    this.#plasticity = new Plasticity(parameters, network, this.#cells, this.#rules);
    this.#streams = externalStreams(parameters, network);
    this.#streams.forEach((_, number) => {
      this.#awaitExternalInput(number);
    });
  }

  get ownEventCount(): number {
    return this.cellEventCount;
  }

  advance(untilMs: number, sink: SpikeSink): void {
    for (;;) {
      const event = this.#queue.takeBefore(untilMs);
      if (event === undefined) break;
      this.#serve(event);
    }
    this.timeMs = untilMs;
    const times = Float64Array.from(this.#spikes, ({ timeMs }) => timeMs);
    const cells = Uint32Array.from(this.#spikes, ({ cell }) => cell);
    this.#spikes = [];
    if (times.length > 0) sink(times, cells, times.length);
  }

  #serve(event: Event): void {
    switch (event.kind) {
      case "endOfRefractoriness":
        this.#endRefractoriness(event);
        break;
      case "externalInput":
        this.#receiveExternalInput(event);
        break;
      case "scheduledInput":
        this.#receiveScheduledInput(event);
        break;
      case "interColumnArrival":
        this.#receiveFromColumn(event);
        break;
      case "axonalCallback":
        this.#callBack(event);
        break;
    }
  }

  // Events (a) and (b): external and scheduled input

  #awaitExternalInput(number: number): void {
    const timeMs = this.#streams[number]!.nextMs;
    if (timeMs < Infinity) this.#queue.add({ timeMs, kind: "externalInput", order: number });
  }

  #receiveExternalInput({ timeMs, order: number }: Event): void {
    const stream = this.#streams[number]!;
    const weightMv = stream.weightMv * this.#externalFactor;
    this.#receiveInput(stream.cell, timeMs, { [stream.receptor]: weightMv });
    stream.goOn();
    this.#awaitExternalInput(number);
  }

  #awaitScheduledInput(): void {
    const input = this.#inputs.next().value;
    if (!input) return;
    const { timeMs } = input;
    this.#queue.add({ timeMs, kind: "scheduledInput", order: this.#inputCount, input });
  }

  #receiveScheduledInput({ timeMs, input }: Event): void {
    const { cell, receptor, weightMv } = input!;
    this.#inputCount++;
    this.#receiveInput(cell, timeMs, { [receptor]: weightMv });
    this.#awaitScheduledInput();
  }

  #receiveInput(cell: number, nowMs: number, weights: InputWeights): void {
    if (this.#beginEvent(cell, nowMs)) this.#respond(cell, nowMs, weights);
  }

  // Events between columns are external input to their receivers: neither plastic nor scaled

  #sendToColumns(cell: number, nowMs: number, spike: number): void {
    const { interColumn } = this.#network;
    if (!interColumn) return;
    const { firstSynapse, delayMs } = interColumn;
    for (let k = firstSynapse[cell]!; k < firstSynapse[cell + 1]!; k++) {
      const timeMs = nowMs + delayMs[k]!;
      this.#queue.add({ timeMs, kind: "interColumnArrival", order: spike, synapse: k });
    }
  }

  #receiveFromColumn({ timeMs, synapse }: Event): void {
    const { postsynaptic, fastWeightMv, slowWeightMv } = this.#network.interColumn!;
    const cell = postsynaptic[synapse!]!;
    const weights = { ampaDistal: fastWeightMv[synapse!]!, nmdaDistal: slowWeightMv[synapse!]! };
    if (this.#cells[cell]!.active) this.#noteExpansion(weights, timeMs);
    this.#receiveInput(cell, timeMs, weights);
  }

  // Event (c): a synaptic arrival

  #receiveArrival(source: Cell, synapse: number, nowMs: number): void {
    const cell = this.#network.postsynaptic[synapse]!;
    if (!this.#beginEvent(cell, nowMs)) return;
    const weights = this.#sensesArrivals
      ? this.#homeostasis.receive(cell, this.#weights(source, synapse), nowMs, this.scalingOn)
      : this.#effectiveWeights(source, synapse);
    this.#plasticity.arrival(source, synapse, nowMs);
    this.#noteExpansion(weights, nowMs);
    if (Object.values(weights).some((weightMv) => weightMv > 0)) {
      this.#respond(cell, nowMs, weights);
    }
  }

  /** The receiver's scale factor in the 2013 model; I cells are scaled the other way round. */
  #effectiveWeights(source: Cell, synapse: number): InputWeights {
    const weights = this.#weights(source, synapse);
    const { scaleFactor, isExcitatory, isScaled } =
      this.#cells[this.#network.postsynaptic[synapse]!]!;
    if (!this.scalingOn || !isScaled) return weights;
    const scaled = (weightMv: number, sameWay: boolean) =>
      sameWay ? weightMv * scaleFactor : weightMv / scaleFactor;
    const { ampaDistal, ...others } = weights;
    if (ampaDistal !== undefined) {
      return { ...others, ampaDistal: scaled(ampaDistal, isExcitatory) };
    }
    const inhibition = Object.entries(weights).map(([receptor, weightMv]) => [
      receptor,
      scaled(weightMv, !isExcitatory),
    ]);
    return Object.fromEntries(inhibition);
  }

  /** Weights with the plastic gain, which is 1 at inhibitory synapses unless a rule governs it. */
  #weights(source: Cell, synapse: number): InputWeights {
    const { fastWeightMv, slowWeightMv, distal } = this.#network;
    const fastMv = fastWeightMv[synapse]! * this.#plasticity.gain[synapse]!;
    if (source.isExcitatory) return { ampaDistal: fastMv, nmdaDistal: slowWeightMv[synapse]! };
    return { [distal[synapse] ? "gabaDistal" : "gabaProximal"]: fastMv };
  }

  /** Weights of more than twice the driving force magnify rounding (docs/fidelity.md). */
  #noteExpansion({ ampaDistal, gabaProximal, gabaDistal }: InputWeights, nowMs: number): void {
    const { reversalAmpaMv, reversalGabaMv } = this.#parameters;
    const inhibitionMv = gabaProximal ?? gabaDistal ?? 0;
    if ((ampaDistal ?? 0) > 2 * reversalAmpaMv || inhibitionMv > -2 * reversalGabaMv) {
      this.expandingSinceMs = Math.min(this.expandingSinceMs, nowMs);
    }
  }

  // Event (d): the end of an absolute refractory period

  #endRefractoriness({ timeMs, cell }: Event): void {
    if (!this.#cells[cell!]!.alive) return;
    this.#note(cell!, timeMs);
    this.#cells[cell!]!.decayTo(timeMs);
    this.#cells[cell!]!.endRefractoriness(timeMs);
  }

  // Event (e): an axonal callback of a chain that a spike of `cell` started

  #awaitCallback(cell: number, synapse: number, timeMs: number, spike: number): void {
    if (synapse === this.#network.firstSynapse[cell + 1]!) return;
    this.#queue.add({ timeMs, kind: "axonalCallback", order: spike, cell, synapse });
  }

  #callBack({ timeMs, order: spike, ...event }: Event): void {
    const { postsynaptic, delayMs, firstSynapse } = this.#network;
    const [cell, synapse] = [event.cell!, event.synapse!];
    const source = this.#cells[cell]!;
    if (!source.alive) return;
    if (!this.#sensesArrivals) source.noteEvent(timeMs, this.scalingOn);
    const end = firstSynapse[cell + 1]!;
    let next = synapse;
    while (next < end && delayMs[next]! - delayMs[synapse]! <= callbackGroupMs) {
      this.#receiveArrival(source, next++, timeMs);
    }
    while (next < end && !this.#cells[postsynaptic[next]!]!.active) next++;
    this.#awaitCallback(cell, next, timeMs + (delayMs[next]! - delayMs[synapse]!), spike);
  }

  // What events have in common

  /** Steps 1 to 3 of an input; false if the cell is dead or silenced and ignores it. */
  #beginEvent(cell: number, nowMs: number): boolean {
    const { active } = this.#cells[cell]!;
    if (active) this.#note(cell, nowMs);
    return active;
  }

  /** Steps 1 to 3 of an event that counts. */
  #note(cell: number, nowMs: number): void {
    this.cellEventCount++;
    if (!this.#sensesArrivals) this.#cells[cell]!.noteEvent(nowMs, this.scalingOn);
  }

  /** Steps 5 to 9 of an input. */
  #respond(cell: number, nowMs: number, weights: InputWeights): void {
    this.#cells[cell]!.decayTo(nowMs);
    this.#cells[cell]!.addInput(weights);
    const shiftMv = this.#rules.thresholdShiftMv(cell, nowMs);
    if (this.#cells[cell]!.crossesThreshold(shiftMv)) this.#fire(cell, nowMs);
  }

  #fire(cell: number, nowMs: number): void {
    this.#cells[cell]!.fire(nowMs);
    this.#spikes.push({ timeMs: nowMs, cell });
    this.#plasticity.spike(cell, nowMs);
    const order = this.spikeCount++;
    const timeMs = nowMs + this.#cells[cell]!.constants.refractoryPeriodMs;
    this.#queue.add({ timeMs, kind: "endOfRefractoriness", order, cell });
    const first = this.#network.firstSynapse[cell]!;
    this.#awaitCallback(cell, first, nowMs + this.#network.delayMs[first]!, order);
    this.#sendToColumns(cell, nowMs, order);
  }

  // What an experiment does to the network

  turnOnScaling(): void {
    this.scalingOn = true;
  }

  turnOffScaling(): void {
    this.scalingOn = false;
  }

  turnOnPlasticity(): void {
    this.#plasticity.turnOn(this.timeMs);
  }

  turnOffPlasticity(): void {
    this.#plasticity.turnOff(this.timeMs);
  }

  get #sensesArrivals(): boolean {
    return sensesArrivals(this.#parameters);
  }

  setGrowthFactor(factor: number): void {
    requireArrivalSensor(this.#parameters, "growth factor");
    this.#homeostasis.state.growthFactor = factor;
  }

  enableDeaths(speed: number, streamLow: number, rule: DeathRule): void {
    requireArrivalSensor(this.#parameters, "dynamic death");
    this.#homeostasis.state.process = { speed, streamLow, rule };
  }

  get deathDraws(): number {
    return this.#homeostasis.state.draws;
  }

  deaths(): readonly Death[] {
    return [...this.#homeostasis.state.deaths];
  }

  setExternalFactor(factor: number): void {
    this.#externalFactor = factor;
  }

  deleteCells(cells: Iterable<number>): void {
    for (const cell of cells) this.#cells[cell]!.alive = false;
  }

  silenceCells(cells: Iterable<number>): void {
    for (const cell of cells) this.#cells[cell]!.silenced = this.#cells[cell]!.alive;
    for (const stream of this.#streams) if (this.#cells[stream.cell]!.silenced) stream.end();
    this.#keepEvents(
      ({ kind, order, cell }) =>
        !(kind === "axonalCallback" && this.#cells[cell!]!.silenced) &&
        !(kind === "externalInput" && this.#streams[order]!.nextMs === Infinity),
    );
  }

  releaseCells(cells: Iterable<number>): void {
    for (const cell of cells) {
      if (!this.#cells[cell]!.silenced) continue;
      this.#cells[cell]!.silenced = false;
      this.#streams.forEach((stream, number) => {
        if (stream.cell === cell) this.#resume(number);
      });
    }
  }

  setStimuli(stimuli: readonly Stimulus[]): void {
    this.#stimuli = stimuli;
    this.#inputs = scheduledInputs(stimuli, this.timeMs);
    this.#keepEvents(({ kind }) => kind !== "scheduledInput");
    this.#awaitScheduledInput();
  }

  reseedExternalInput(base: number): void {
    this.#streams.forEach((stream, number) => {
      stream.seed(base + stream.number);
      if (!this.#cells[stream.cell]!.silenced) this.#resume(number);
    });
  }

  /** Lets a stream go on that is silent: only a draw of 0 or the cell's own silence ends so. */
  #resume(number: number): void {
    if (this.#streams[number]!.nextMs < Infinity) return;
    this.#streams[number]!.resume(this.timeMs);
    this.#awaitExternalInput(number);
  }

  #keepEvents(isKept: (event: Event) => boolean): void {
    const { events } = this.#queue;
    this.#queue = new EventQueue();
    for (const event of events) if (isKept(event)) this.#queue.add(event);
  }

  changeParameters(parameters: Parameters): void {
    const nowMs = this.timeMs;
    const reseeded = parameters.inputSeed !== this.#parameters.inputSeed;
    this.#parameters = parameters;
    for (const cell of this.#cells) cell.changeParameters(parameters);
    this.#plasticity.changeParameters(parameters);
    this.#rules.changeParameters(parameters, nowMs);
    this.#keepEvents(({ kind }) => kind !== "externalInput");
    this.#streams = succeedingStreams(this.#streams, parameters, this.#network, nowMs);
    this.#streams.forEach((stream, number) => {
      if (reseeded) stream.seed(streamSeed(parameters, stream));
      if (!this.#cells[stream.cell]!.silenced) stream.wake(nowMs);
      this.#awaitExternalInput(number);
    });
  }

  inherit(parent: SimulationEngine): void {
    if (!(parent instanceof ReferenceEngine)) {
      throw new TypeError("The reference engine can take up only the state of another one.");
    }
    const parameters = this.#parameters;
    this.#parameters = parent.#parameters;
    for (const cell of this.#cells) cell.changeParameters(parent.#parameters);
    this.#rules.changeParameters(parent.#parameters, parent.timeMs);
    this.#streams = externalStreams(parent.#parameters, this.#network);
    this.restore(parent.snapshot());
    this.changeParameters(parameters);
  }

  // Results and state

  cellState(): CellState {
    const collect = (quantity: (cell: Cell) => number) => Float64Array.from(this.#cells, quantity);
    return {
      alive: Uint8Array.from(this.#cells, ({ alive }) => Number(alive)),
      activity: collect((cell) => cell.activity),
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
      lastSensorUpdateMs: collect((cell) => cell.lastEventMs),
    };
  }

  potentials(cells: readonly number[]): Potentials {
    const present = cells.map((index) => this.#cells[index]!.at(this.timeMs));
    const collect = (quantity: (cell: Cell) => number) =>
      Float64Array.from(present, (cell) => (cell.alive ? quantity(cell) : Number.NaN));
    return {
      potentialMv: collect((cell) => cell.potentialMv),
      driveMv: collect((cell) => cell.driveMv),
      ampaMv: collect((cell) => cell.ampaDistalMv),
      nmdaMv: collect((cell) => cell.nmdaDistalMv),
      gabaProximalMv: collect((cell) => 0 - cell.gabaProximalMv),
      gabaDistalMv: collect((cell) => 0 - cell.gabaDistalMv),
    };
  }

  plasticGains(): Float64Array {
    return this.#plasticity.gain.slice();
  }

  get stateLayout(): string {
    return `reference 1 cells:${this.#cells.length} synapses:${this.#network.synapseCount}`;
  }

  snapshot(): Uint8Array {
    const { timeMs, cellEventCount, spikeCount, expandingSinceMs, scalingOn } = this;
    return encodeState({
      ...{ timeMs, cellEventCount, spikeCount, expandingSinceMs, scalingOn },
      externalFactor: this.#externalFactor,
      cells: this.#cells,
      plasticGain: [...this.#plasticity.gain],
      rules: this.#rules.state,
      streams: this.#streams.map(({ state }) => state),
      events: this.#queue.events.filter(({ kind }) => kind !== "scheduledInput"),
      inputCount: this.#inputCount,
      homeostasis: this.#homeostasis.state,
    });
  }

  restore(snapshot: Uint8Array): void {
    const state = decodeState(snapshot);
    const { externalFactor, cells, plasticGain, rules, streams, events, inputCount } = state;
    const { timeMs, cellEventCount, spikeCount, expandingSinceMs, scalingOn } = state;
    const counts = { timeMs, cellEventCount, spikeCount, expandingSinceMs, scalingOn };
    Object.assign(this, counts);
    this.#externalFactor = externalFactor;
    this.#inputCount = inputCount;
    for (const [index, cell] of this.#cells.entries()) Object.assign(cell, cells[index]);
    this.#plasticity.gain.set(plasticGain);
    this.#rules.state = rules;
    this.#homeostasis.state = state.homeostasis;
    this.#streams.forEach((stream, number) => {
      stream.state = streams[number]!;
    });
    this.#queue = new EventQueue(events);
    this.setStimuli(this.#stimuli);
  }
}

import type { CellState } from "../engine/cell-state.ts";
import type { Death, DeathRule, SimulationEngine, SpikeSink } from "../engine/contract.ts";
import type { Potentials } from "../engine/potentials.ts";
import { requireArrivalSensor, sensesArrivals } from "../model/homeostasis.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { ScheduledInput, Stimulus } from "../network/stimuli/stimulus.ts";
import { ArrivalHomeostasis } from "./arrival-homeostasis.ts";
import { Cell, type InputWeights } from "./cell.ts";
import { type Event, EventQueue } from "./event-queue.ts";
import { ExternalInput } from "./external-input.ts";
import { Plasticity } from "./plasticity.ts";
import { cellStateOf, potentialsOf } from "./readings.ts";
import { Rules } from "./rules.ts";
import { decodeState, encodeState } from "./state.ts";
import { areExpanding, SynapticWeights } from "./synaptic-weights.ts";

/*
 * The reference engine: the model of docs/model.md as plain code, to be read beside that page.
 *
 * Here is one queue of events in order of time, and one event happens after the other; nothing is
 * done to be fast. cell.ts holds what an event does to a cell (The cell; Homeostatic synaptic
 * scaling), arrival-homeostasis.ts that of the 2014 model, plasticity.ts STDP, rules.ts the rules that
 * are off by default, synaptic-weights.ts the weights of arrivals, external-input.ts and
 * external-stream.ts the external input, decay.ts the interpolated exponential, event-queue.ts the
 * order of events, and this file axons and what each event is.
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
  readonly #weights: SynapticWeights;
  readonly #queue = new EventQueue();
  readonly #external: ExternalInput;
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
    this.#weights = new SynapticWeights(network, this.#cells, this.#plasticity);
    this.#external = new ExternalInput(parameters, network, this.#cells, this.#queue);
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
        this.#receiveFromOutside(this.#external.of(event), event.timeMs);
        this.#external.goOn(event);
        break;
      case "scheduledInput":
        this.#receiveFromOutside(event.input!, event.timeMs);
        this.#external.goOnWithStimuli();
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

  #receiveFromOutside(
    { cell, receptor, weightMv }: Omit<ScheduledInput, "timeMs">,
    nowMs: number,
  ): void {
    this.#receiveInput(cell, nowMs, { [receptor]: weightMv });
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
      ? this.#homeostasis.receive(cell, this.#weights.of(source, synapse), nowMs, this.scalingOn)
      : this.#weights[this.scalingOn ? "scaled" : "of"](source, synapse);
    this.#plasticity.arrival(source, synapse, nowMs);
    this.#noteExpansion(weights, nowMs);
    if (Object.values(weights).some((weightMv) => weightMv > 0)) {
      this.#respond(cell, nowMs, weights);
    }
  }

  #noteExpansion(weights: InputWeights, nowMs: number): void {
    if (areExpanding(weights, this.#parameters)) {
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
    this.#external.factor = factor;
  }

  deleteCells(cells: Iterable<number>): void {
    for (const cell of cells) this.#cells[cell]!.alive = false;
  }

  silenceCells(cells: Iterable<number>): void {
    for (const cell of cells) this.#cells[cell]!.silenced = this.#cells[cell]!.alive;
    this.#external.endSilenced();
    this.#queue.keep(
      (event) =>
        !(event.kind === "axonalCallback" && this.#cells[event.cell!]!.silenced) &&
        !this.#external.hasEnded(event),
    );
  }

  releaseCells(cells: Iterable<number>): void {
    for (const cell of cells) {
      if (!this.#cells[cell]!.silenced) continue;
      this.#cells[cell]!.silenced = false;
      this.#external.release(cell, this.timeMs);
    }
  }

  setStimuli(stimuli: readonly Stimulus[]): void {
    this.#external.setStimuli(stimuli, this.timeMs);
  }

  reseedExternalInput(base: number): void {
    this.#external.reseed(base, this.timeMs);
  }

  changeParameters(parameters: Parameters): void {
    const nowMs = this.timeMs;
    const isReseeded = parameters.inputSeed !== this.#parameters.inputSeed;
    this.#parameters = parameters;
    for (const cell of this.#cells) cell.changeParameters(parameters);
    this.#plasticity.changeParameters(parameters);
    this.#rules.changeParameters(parameters, nowMs);
    this.#external.changeParameters(parameters, nowMs, isReseeded);
  }

  inherit(parent: SimulationEngine): void {
    if (!(parent instanceof ReferenceEngine)) {
      throw new TypeError("The reference engine can take up only the state of another one.");
    }
    const parameters = this.#parameters;
    this.#parameters = parent.#parameters;
    for (const cell of this.#cells) cell.changeParameters(parent.#parameters);
    this.#rules.changeParameters(parent.#parameters, parent.timeMs);
    this.#external.inherit(parent.#parameters);
    this.restore(parent.snapshot());
    this.changeParameters(parameters);
  }

  // Results and state

  cellState(): CellState {
    return cellStateOf(this.#cells);
  }

  potentials(cells: readonly number[]): Potentials {
    return potentialsOf(
      cells.map((index) => this.#cells[index]!),
      this.timeMs,
    );
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
      ...this.#external.state,
      cells: this.#cells,
      plasticGain: [...this.#plasticity.gain],
      rules: this.#rules.state,
      events: this.#queue.events.filter(({ kind }) => kind !== "scheduledInput"),
      homeostasis: this.#homeostasis.state,
    });
  }

  restore(snapshot: Uint8Array): void {
    const state = decodeState(snapshot);
    const { cells, plasticGain, rules, events, homeostasis } = state;
    const { timeMs, cellEventCount, spikeCount, expandingSinceMs, scalingOn } = state;
    const counts = { timeMs, cellEventCount, spikeCount, expandingSinceMs, scalingOn };
    Object.assign(this, counts);
    for (const [index, cell] of this.#cells.entries()) Object.assign(cell, cells[index]);
    this.#plasticity.gain.set(plasticGain);
    this.#rules.state = rules;
    this.#homeostasis.state = homeostasis;
    this.#queue.restore(events);
    this.#external.restore(state, timeMs);
  }
}

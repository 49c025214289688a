import type { CellState } from "../engine/cell-state.ts";
import type { SpikeSink } from "../engine/contract.ts";
import type { EngineOptions } from "../engine/core.ts";
import { Engine } from "../engine/driver.ts";
import type { Potentials } from "../engine/potentials.ts";
import { layEntries, timelineOf } from "../experiment/definition.ts";
import type { Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { buildNetwork, type Network } from "../network/construction.ts";
import { mostEventsPerMs } from "../network/event-rate.ts";
import type { SimulationState } from "../recording/checkpoint.ts";
import type { RunEvent } from "../recording/run-event.ts";
import { ReferenceEngine } from "../reference/engine.ts";
import { Column, type ColumnEngine } from "../timeline/column.ts";
import type { Entry, EntrySource } from "../timeline/entry.ts";
import { Timeline } from "./timeline.ts";

/** A callback for every change to the network, at the time of the change. */
export type EventSink = (event: RunEvent) => void;

/** A state was stored by a program whose engine keeps it in another way, or of another network. */
export class StateLayoutError extends Error {
  override readonly name = "StateLayoutError";

  constructor(given: string, expected: string) {
    super(
      "This state cannot be restored: it belongs to another network, or to a program with a " +
        "different layout of states.\n" +
        `Given: ${given}\n` +
        `Expected: ${expected}`,
    );
  }
}

/** Makes what serves the network of a simulation. */
export type EngineMaker = (parameters: Parameters, network: Network) => ColumnEngine;

/** The engines that simulate, to the same bits: the fast one, and the plain one that it is held to. */
export const engineNames = ["compiled", "reference"] as const;
export type EngineName = (typeof engineNames)[number];

/** Options of a simulation. */
export interface SimulationOptions {
  /** By default the compiled one; the reference engine is some hundred times slower. */
  readonly engine?: EngineName | undefined;
  /**
   * Maker of what serves the network in place of an engine of this thread, such as several threads.
   *
   * @internal
   */
  readonly makeEngine?: EngineMaker | undefined;
  /**
   * The longest window of time that is served at once, ms; see `EngineOptions`.
   *
   * @internal
   */
  readonly longestWindowMs?: EngineOptions["longestWindowMs"];
  /** Entries in addition to those of the parameters; see `Experiment`. */
  readonly entries?: readonly EntrySource[] | undefined;
  /** The network of these parameters, where it is built already. */
  readonly network?: Network | undefined;
}

/** Cell events of a stretch: about a tenth of a second of work at most, a tenth of that at rest. */
const STRETCH_EVENTS: Readonly<Record<EngineName, number>> = {
  compiled: 1_000_000,
  reference: 20_000,
};

/** Length of a stretch where it is not known what comes, ms. */
const FIRST_STRETCH_MS = 1;

/**
 * One experiment in motion: a network, its engine and the timeline of what is done to it.
 *
 * The same parameters give the same spikes, to the bit, on every machine.
 *
 * @example
 * ```ts
 * import { resolveParameters, Simulation } from "isocortex";
 *
 * const simulation = new Simulation(resolveParameters({ protocol: "training" }));
 * let spikes = 0;
 * simulation.advance(1000, (timesMs, cells, count) => {
 *   spikes += count;
 * });
 * simulation.intervene({ from: "1 s", until: "2 s", silence: { cells: "L4" } });
 * simulation.advance(2000, () => {});
 * console.log(spikes, simulation.timeMs, simulation.cellState().alive);
 * ```
 */
export class Simulation {
  readonly parameters: Parameters;
  readonly network: Network;
  /** Length of the whole experiment, ms. */
  readonly durationMs: number;
  readonly #engine: ColumnEngine;
  readonly #column: Column;
  readonly #timeline: Timeline;
  #entries: readonly EntrySource[];
  readonly #stretchEvents: number;
  /** Length of the next stretch, estimated from the last one, ms. */
  #stretchMs = FIRST_STRETCH_MS;

  /**
   * @throws {InvalidTimelineError} with all that is wrong with the entries
   * @throws {KernelError} where the compiled engine cannot run
   */
  constructor(parameters: Parameters, options: SimulationOptions = {}) {
    const entries = options.entries ?? [];
    const { timeline, named } = timelineOf({ parameters, entries });
    this.parameters = parameters;
    this.#entries = named;
    this.network = options.network ?? buildNetwork(parameters);
    this.durationMs = durationMs(parameters);
    const { engine = "compiled", makeEngine, longestWindowMs } = options;
    this.#stretchEvents = STRETCH_EVENTS[engine];
    if (makeEngine) this.#engine = makeEngine(parameters, this.network);
    else if (engine === "reference") this.#engine = new ReferenceEngine(parameters, this.network);
    else {
      const windows = longestWindowMs === undefined ? {} : { longestWindowMs };
      this.#engine = new Engine(parameters, this.network, windows);
    }
    this.#column = new Column(this.#engine, this.network, parameters);
    this.#timeline = new Timeline(timeline, this.#column);
  }

  /** Entries in addition to those of the parameters, each with its id; see `Experiment`. */
  get entries(): readonly EntrySource[] {
    return this.#entries;
  }

  /**
   * Entries of the timeline, in the order in which they are carried out at one instant.
   *
   * @internal
   */
  get timeline(): readonly Entry[] {
    return this.#timeline.entries;
  }

  /** Simulated time reached, ms. */
  get timeMs(): number {
    return this.#engine.timeMs;
  }

  /** True if homeostatic scaling is on. */
  get scalingOn(): boolean {
    return this.#engine.scalingOn;
  }

  get spikeCount(): number {
    return this.#engine.spikeCount;
  }

  get cellEventCount(): number {
    return this.#engine.cellEventCount;
  }

  /** See `Engine.expandingSinceMs`. */
  get expandingSinceMs(): number {
    return this.#engine.expandingSinceMs;
  }

  /**
   * Simulates up to `untilMs`, but not beyond the end of the experiment.
   *
   * @param onSpikes receives the spikes in order of time; its arrays are reused
   * @param onEvent receives what is done to the network, each after the spikes before it
   */
  advance(untilMs: number, onSpikes: SpikeSink, onEvent: EventSink = () => {}): void {
    const endMs = Math.min(untilMs, this.durationMs);
    do this.#step(endMs, onSpikes, onEvent);
    while (this.timeMs < endMs);
  }

  /**
   * Simulates towards `untilMs` for a short while of wall time, whatever the parameters: a bounded
   * number of events, and at most one instant of the timeline.
   */
  stretch(untilMs: number, onSpikes: SpikeSink, onEvent: EventSink = () => {}): void {
    const [beganMs, events] = [this.timeMs, this.#engine.ownEventCount];
    const mostMs = this.#stretchEvents / mostEventsPerMs(this.#column.parameters, this.network);
    // However late in a run, its time advances.
    const leastMs = beganMs * (1 + Number.EPSILON);
    const endMs = Math.max(leastMs, beganMs + Math.min(mostMs, this.#stretchMs));
    this.#step(Math.min(untilMs, endMs, this.durationMs), onSpikes, onEvent, true);
    const lastedMs = this.timeMs - beganMs;
    if (lastedMs === 0) return;
    const served = Math.max(1, this.#engine.ownEventCount - events);
    this.#stretchMs = Math.min(2 * this.#stretchMs, (lastedMs * this.#stretchEvents) / served);
  }

  /** Does what is due now, if time goes on from here, and simulates until something is due next. */
  #step(endMs: number, onSpikes: SpikeSink, onEvent: EventSink, isShort = false): void {
    if (this.#timeline.nextMs === this.timeMs && this.timeMs < endMs) this.#intervene(onEvent);
    const untilMs = Math.min(endMs, this.#timeline.nextMs);
    this.#advanceEngine(isShort ? this.#untilMoreInputs(untilMs) : untilMs, onSpikes);
  }

  /** A time until which stimuli, whose rates are not known, send but so many inputs. */
  #untilMoreInputs(untilMs: number): number {
    const engine = this.#engine;
    return engine instanceof Engine ? engine.inputsUntil(untilMs) : untilMs;
  }

  #advanceEngine(untilMs: number, onSpikes: SpikeSink): void {
    const timeline = this.#timeline;
    const sink: SpikeSink = timeline.countsSpikes
      ? (timesMs, cells, count) => {
          timeline.countSpikes(cells, count);
          onSpikes(timesMs, cells, count);
        }
      : onSpikes;
    this.#engine.advance(untilMs, sink);
  }

  #intervene(onEvent: EventSink): void {
    this.#stretchMs = FIRST_STRETCH_MS;
    for (const event of this.#timeline.apply()) onEvent(event);
  }

  /**
   * Does something more, or otherwise, from the time reached on: an entry as files have it. One
   * with the id of another replaces it, and `{ id, remove: true }` takes it out.
   *
   * @throws {InvalidTimelineError} with all that is wrong with the entry
   */
  intervene(entry: EntrySource): void {
    const { parameters } = this;
    const entries = layEntries(parameters, this.entries, [entry], this.timeMs);
    const { timeline, named } = timelineOf({ parameters, entries });
    this.#entries = named;
    this.#timeline.goOnWith(timeline);
  }

  /** Does what falls on the very end of the experiment, once it is reached. */
  finish(onEvent: EventSink = () => {}): void {
    if (this.timeMs !== this.durationMs || this.#timeline.nextMs !== this.timeMs) return;
    this.#intervene(onEvent);
  }

  /** The complete state, from which `restore` goes on to the same bits. */
  snapshot(): SimulationState {
    return {
      timeline: this.#timeline.state,
      engine: this.#engine.snapshot(),
      engineLayout: this.#engine.stateLayout,
    };
  }

  /**
   * Takes up the state of a simulation with the same network, in one that has not begun.
   *
   * @throws {RangeError} when this one has begun.
   * @throws {StateLayoutError} when it is the state of another network, or of another program's.
   */
  restore({ engine, engineLayout, timeline }: SimulationState): void {
    this.#checkUnbegun();
    if (engineLayout !== this.#engine.stateLayout || !timeline) {
      throw new StateLayoutError(engineLayout, this.#engine.stateLayout);
    }
    this.#timeline.restore(timeline);
    this.#engine.restore(engine);
  }

  /**
   * Takes up the state of a simulation of the same network with other parameters; from its time
   * on, those of this one count. With equal parameters, both go on to the same bits.
   *
   * @throws {RangeError} when this one has begun.
   */
  branchFrom(parent: Simulation): void {
    this.#checkUnbegun();
    this.#timeline.branchFrom(parent.#timeline, () => this.#engine.inherit(parent.#engine));
  }

  #checkUnbegun(): void {
    if (this.timeMs > 0) throw new RangeError("Only a simulation that has not begun can restore.");
  }

  /**
   * Lets go of other threads that serve the network, if there are any: it cannot go on then.
   *
   * @internal
   */
  release(): void {
    this.#engine.release?.();
  }

  /** A copy of every cell's state as of its last event. */
  cellState(): CellState {
    return this.#engine.cellState();
  }

  /** The membranes of cells at the time reached; see `SimulationEngine.potentials`. */
  potentials(cells: readonly number[]): Potentials {
    return this.#engine.potentials(cells);
  }

  /** A copy of the plastic gains, per synapse. */
  plasticGains(): Float64Array {
    return this.#engine.plasticGains();
  }
}

import type { CellState } from "../engine/cell-state.ts";
import type { Death, SpikeSink, ThreadUse } from "../engine/contract.ts";
import type { EngineOptions } from "../engine/core.ts";
import { Engine } from "../engine/driver.ts";
import type { Potentials } from "../engine/potentials.ts";
import { layEntries, timelineOf } from "../experiment/definition.ts";
import { throwIfAny } from "../model/parameter-error.ts";
import type { Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { incompleteErrors } from "../model/validation.ts";
import { buildNetwork, type Network } from "../network/construction.ts";
import { mostEventsPerMs } from "../network/event-rate.ts";
import type { SimulationState } from "../recording/checkpoint.ts";
import type { RunEvent } from "../recording/run-event.ts";
import { ReferenceEngine } from "../reference/engine.ts";
import { Column, type ColumnEngine } from "../timeline/column.ts";
import type { Entry, EntrySource } from "../timeline/entry.ts";
import { GROWTH, type Growth } from "../timeline/interventions/growth.ts";
import { DeathReports } from "./death-reports.ts";
import { StretchLength } from "./stretch-length.ts";
import { Timeline } from "./timeline.ts";

/** Callback for every event of the network, at the time of the event. */
export type EventSink = (event: RunEvent) => void;

/** A state was stored by a program whose engine keeps it in another way, or of another network. */
class StateLayoutError extends Error {
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
export type EngineName = NonNullable<SimulationOptions["engine"]>;

/** Options of a simulation. */
export interface SimulationOptions {
  /** The compiled engine by default; the reference engine is some hundred times slower. */
  readonly engine?: "compiled" | "reference" | undefined;
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
  /** The network of these parameters, if it is already built. */
  readonly network?: Network | undefined;
}

/** Cell events of a stretch, as far as they can be foreseen: less than a tenth of a second of work. */
const STRETCH_EVENTS: Readonly<Record<EngineName, number>> = {
  compiled: 1_000_000,
  reference: 20_000,
};

/**
 * Simulation of one experiment: a network, the engine that advances it, and the timeline of its
 * interventions. Equal parameters and entries give equal spikes, to the bit, on every machine.
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
  readonly #engine: ColumnEngine;
  readonly #column: Column;
  readonly #timeline: Timeline;
  #entries: readonly EntrySource[];
  readonly #stretch: StretchLength;
  /** Of the 2014 model. */
  readonly #deathReports: DeathReports | undefined;

  /**
   * @throws {InvalidParametersError} if parameters are missing
   * @throws {InvalidTimelineError} with a line for each problem of the entries
   * @throws {KernelError} if the compiled engine cannot run here
   */
  constructor(parameters: Parameters, options: SimulationOptions = {}) {
    throwIfAny(incompleteErrors(parameters));
    const entries = options.entries ?? [];
    const { timeline, named } = timelineOf({ parameters, entries });
    this.parameters = parameters;
    this.#entries = named;
    this.network = options.network ?? buildNetwork(parameters);
    const { engine = "compiled", makeEngine, longestWindowMs } = options;
    this.#stretch = new StretchLength(STRETCH_EVENTS[engine], this.network.cellCount);
    if (makeEngine) this.#engine = makeEngine(parameters, this.network);
    else if (engine === "reference") this.#engine = new ReferenceEngine(parameters, this.network);
    else {
      const windows = longestWindowMs === undefined ? {} : { longestWindowMs };
      this.#engine = new Engine(parameters, this.network, windows);
    }
    this.#column = new Column(this.#engine, this.network, parameters);
    this.#timeline = new Timeline(timeline, this.#column);
    if (parameters.model === "2014") this.#deathReports = new DeathReports(this.#engine);
  }

  /** Duration of the experiment, ms: of its parameters, until an intervention has ended it. */
  get durationMs(): number {
    return this.#timeline.hasEnded ? this.timeMs : durationMs(this.parameters);
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

  /** The growth factor of scaling in the 2014 model; undefined before its first update. */
  get growth(): Growth | undefined {
    return this.#column.shared<Growth>(GROWTH);
  }

  /** Cells that have died by themselves in the 2014 model, in order of time. */
  get deaths(): readonly Death[] {
    return this.#engine.deaths();
  }

  /** Draws of random numbers for these deaths so far. */
  get deathDraws(): number {
    return this.#engine.deathDraws;
  }

  /** Number of spikes so far. */
  get spikeCount(): number {
    return this.#engine.spikeCount;
  }

  /** Number of events so far: external and synaptic inputs, and ends of refractory periods. */
  get cellEventCount(): number {
    return this.#engine.cellEventCount;
  }

  /** First time at which a synaptic weight could magnify rounding errors, ms; infinite if none did. */
  get expandingSinceMs(): number {
    return this.#engine.expandingSinceMs;
  }

  /**
   * Simulates until `untilMs`, or to the end of the experiment if that is earlier.
   *
   * @param untilMs simulated time, ms
   * @param onSpikes receives the spikes in order of time, in arrays that are reused
   * @param onEvent receives the interventions, each after the spikes that precede it
   */
  advance(untilMs: number, onSpikes: SpikeSink, onEvent: EventSink = () => {}): void {
    do this.#step(untilMs, onSpikes, onEvent);
    while (this.timeMs < Math.min(untilMs, this.durationMs));
  }

  /**
   * Simulates towards `untilMs` for at most a bounded number of events and one instant of the
   * timeline, so that a page or server stays responsive whatever the parameters.
   *
   * @param untilMs simulated time, ms
   * @param onSpikes receives the spikes in order of time, in arrays that are reused
   * @param onEvent receives the interventions, each after the spikes that precede it
   */
  stretch(untilMs: number, onSpikes: SpikeSink, onEvent: EventSink = () => {}): void {
    const [beganMs, events] = [this.timeMs, this.#engine.ownEventCount];
    const mostPerMs = mostEventsPerMs(this.#column.parameters, this.network);
    const endMs = this.#stretch.endMs(beganMs, mostPerMs);
    this.#step(Math.min(untilMs, endMs), onSpikes, onEvent, true);
    this.#stretch.learn(this.timeMs - beganMs, this.#engine.ownEventCount - events);
  }

  /** Does what is due now, if time goes on from here, and simulates until something is due next. */
  #step(aimMs: number, onSpikes: SpikeSink, onEvent: EventSink, isShort = false): void {
    const goesOn = this.timeMs < Math.min(aimMs, this.durationMs);
    if (goesOn && this.#timeline.nextMs === this.timeMs) this.#intervene(onEvent);
    const untilMs = Math.min(aimMs, this.durationMs, this.#timeline.nextMs);
    const shortMs = isShort ? this.#untilMoreInputs(untilMs) : untilMs;
    this.#advanceEngine(shortMs, onSpikes, onEvent);
  }

  /** A time until which stimuli, whose rates are not known, send but so many inputs. */
  #untilMoreInputs(untilMs: number): number {
    const engine = this.#engine;
    return engine instanceof Engine ? engine.inputsUntil(untilMs) : untilMs;
  }

  #advanceEngine(untilMs: number, onSpikes: SpikeSink, onEvent: EventSink): void {
    const timeline = this.#timeline;
    const sink: SpikeSink = timeline.countsSpikes
      ? (timesMs, cells, count) => {
          timeline.countSpikes(cells, count);
          onSpikes(timesMs, cells, count);
        }
      : onSpikes;
    this.#engine.advance(untilMs, sink);
    this.#deathReports?.report(onEvent);
  }

  #intervene(onEvent: EventSink): void {
    this.#stretch.forget();
    for (const event of this.#timeline.apply()) onEvent(event);
  }

  /**
   * Adds an entry to the timeline, from the time reached on. An entry with the id of another
   * replaces it; `{ id, remove: true }` removes it.
   *
   * @param entry as in experiment files, such as `{ at: "5 s", delete: { count: 10 } }`
   * @throws {InvalidTimelineError} with a line for each problem of the entry
   */
  intervene(entry: EntrySource): void {
    const { parameters } = this;
    const entries = layEntries(parameters, this.entries, [entry], this.timeMs);
    const { timeline, named } = timelineOf({ parameters, entries });
    this.#entries = named;
    this.#timeline.goOnWith(timeline);
  }

  /** Carries out the interventions at the very end of the experiment, once it is reached. */
  finish(onEvent: EventSink = () => {}): void {
    if (this.timeMs !== this.durationMs || this.#timeline.nextMs !== this.timeMs) return;
    this.#intervene(onEvent);
  }

  /** The complete state, from which `restore` continues to the same bits. */
  snapshot(): SimulationState {
    return {
      timeline: this.#timeline.state,
      engine: this.#engine.snapshot(),
      engineLayout: this.#engine.stateLayout,
    };
  }

  /**
   * Continues from a snapshot of a simulation with the same network. This one must be at 0 ms.
   *
   * @throws {RangeError} if this simulation has begun
   * @throws {StateLayoutError} if the state is of another network or version of the program
   */
  restore({ engine, engineLayout, timeline }: SimulationState): void {
    this.#checkUnbegun();
    if (engineLayout !== this.#engine.stateLayout || !timeline) {
      throw new StateLayoutError(engineLayout, this.#engine.stateLayout);
    }
    this.#timeline.restore(timeline);
    this.#engine.restore(engine);
    this.#deathReports?.pass();
  }

  /**
   * Continues from the state of a simulation of the same network with other parameters. From that
   * time on, the parameters of this one apply; if they are equal, both continue to the same bits.
   *
   * @throws {RangeError} if this simulation has begun
   */
  branchFrom(parent: Simulation): void {
    this.#checkUnbegun();
    this.#timeline.branchFrom(parent.#timeline, () => this.#engine.inherit(parent.#engine));
    this.#deathReports?.pass();
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

  /**
   * Work done by one thread and by all; none where there is only one.
   *
   * @internal
   */
  get threadUse(): readonly ThreadUse[] {
    return this.#engine.threadUse ?? [];
  }

  /** A copy of the state of all cells; of each, as of its last event. */
  cellState(): CellState {
    return this.#engine.cellState();
  }

  /** Membrane potentials of the cells at the time reached, in the order given. */
  potentials(cells: readonly number[]): Potentials {
    return this.#engine.potentials(cells);
  }

  /** A copy of the plastic gains, one per synapse. */
  plasticGains(): Float64Array {
    return this.#engine.plasticGains();
  }
}

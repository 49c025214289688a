import type { CellState } from "../engine/cell-state.ts";
import { Engine, type EngineOptions, type SpikeSink } from "../engine/engine.ts";
import type { Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { buildNetwork, type Network } from "../network/network.ts";
import { trainingInput } from "../network/training-input.ts";
import type { SimulationState } from "../recording/checkpoint.ts";
import { Protocol, type ProtocolEvent } from "./protocol.ts";

/** Told of every switch of the protocol as it happens. */
export type ProtocolSink = (event: ProtocolEvent) => void;

/** A state was stored by a program whose engine keeps it in another way, or of another network. */
export class StateLayoutError extends Error {
  override readonly name = "StateLayoutError";

  constructor(given: string, expected: string) {
    super(
      "This state cannot be restored: it is of another network, or of a program that keeps its " +
        `state in another way.\nGiven: ${given}\nExpected: ${expected}`,
    );
  }
}

/**
 * One experiment in motion: a network, its engine and the protocol that acts on them.
 *
 * The same parameters give the same spikes, to the bit, on every machine.
 */
export class Simulation {
  readonly parameters: Parameters;
  readonly network: Network;
  /** Length of the whole experiment, ms. */
  readonly durationMs: number;
  readonly #engine: Engine;
  readonly #protocol: Protocol;

  constructor(parameters: Parameters, options?: EngineOptions) {
    this.parameters = parameters;
    this.network = buildNetwork(parameters);
    this.durationMs = durationMs(parameters);
    const training = trainingInput(parameters, this.network);
    this.#engine = new Engine(parameters, this.network, training, options);
    this.#protocol = new Protocol(parameters, this.network.cellCount);
  }

  /** Simulated time reached, ms. */
  get timeMs(): number {
    return this.#engine.timeMs;
  }

  /** Whether homeostatic scaling is on. */
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
   * @param onProtocol receives the protocol's switches, each after the spikes before it
   */
  advance(untilMs: number, onSpikes: SpikeSink, onProtocol: ProtocolSink = () => {}): void {
    const endMs = Math.min(untilMs, this.durationMs);
    while (this.#protocol.nextMs < endMs) {
      this.#engine.advance(this.#protocol.nextMs, onSpikes);
      for (const event of this.#protocol.apply(this.#engine)) onProtocol(event);
    }
    this.#engine.advance(endMs, onSpikes);
  }

  /** Carries out the switches that fall on the very end of the experiment, once it is reached. */
  finish(onProtocol: ProtocolSink = () => {}): void {
    if (this.timeMs !== this.durationMs || this.#protocol.nextMs !== this.timeMs) return;
    for (const event of this.#protocol.apply(this.#engine)) onProtocol(event);
  }

  /** The complete state, from which `restore` goes on to the same bits. */
  snapshot(): SimulationState {
    return {
      protocol: this.#protocol.state,
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
  restore({ engine, engineLayout, protocol }: SimulationState): void {
    this.#checkUnbegun();
    if (engineLayout !== this.#engine.stateLayout) {
      throw new StateLayoutError(engineLayout, this.#engine.stateLayout);
    }
    this.#engine.restore(engine);
    this.#protocol.restore(protocol, this.#engine.cellState().alive);
  }

  /**
   * Takes up the state of a simulation of the same network with other parameters; from its time
   * on, those of this one count. With equal parameters, both go on to the same bits.
   *
   * @throws {RangeError} when this one has begun.
   */
  branchFrom(parent: Simulation): void {
    this.#checkUnbegun();
    const reseeded = this.parameters.inputSeed !== parent.parameters.inputSeed;
    this.#engine.inherit(parent.#engine, reseeded);
    this.#protocol.branchFrom(parent.#protocol, this.#engine);
  }

  #checkUnbegun(): void {
    if (this.timeMs > 0) throw new RangeError("Only a simulation that has not begun can restore.");
  }

  /** A copy of every cell's state as of its last event. */
  cellState(): CellState {
    return this.#engine.cellState();
  }

  /** A copy of the plastic gains, per synapse. */
  plasticGains(): Float64Array {
    return this.#engine.plasticGains();
  }
}

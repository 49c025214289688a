import type { CellState } from "../engine/cell-state.ts";
import { Engine } from "../engine/engine.ts";
import type { EngineOptions } from "../engine/engine-core.ts";
import type { EnginePart, PartNeeds, SharedState } from "../engine/part.ts";
import { PartLeftError } from "../engine/shared-spikes.ts";
import type { SimulationEngine, SpikeSink } from "../engine/simulation-engine.ts";
import type { Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { buildNetwork, type Network } from "../network/network.ts";
import { type TrainingInput, trainingInput } from "../network/training-input.ts";
import type { SimulationState } from "../recording/checkpoint.ts";
import { ReferenceEngine } from "../reference/reference-engine.ts";
import { Protocol, type ProtocolEvent, type ProtocolState } from "./protocol.ts";
import type { Order, TeamMember } from "./team.ts";

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

/** The engines that simulate, to the same bits: the fast one, and the plain one that it is held to. */
export const engineNames = ["compiled", "reference"] as const;
export type EngineName = (typeof engineNames)[number];

export interface SimulationOptions extends Omit<EngineOptions, "part"> {
  /** By default the compiled one; the reference engine is some hundred times slower. */
  readonly engine?: EngineName | undefined;
  /** Makes the simulation a member of a team that serves one network; the leader comes first. */
  readonly team?: (needs: PartNeeds) => TeamMember;
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
  readonly #engine: SimulationEngine;
  readonly #protocol: Protocol;
  #team: TeamMember | undefined;
  /** The engine, as a member of a team. */
  readonly #teamed: { readonly engine: Engine; readonly state: SharedState } | undefined;
  /** Whether this engine has the state of the cells that the others of its team serve. */
  #isWhole = true;

  /** @throws {KernelError} where the compiled engine cannot run */
  constructor(parameters: Parameters, options: SimulationOptions = {}) {
    this.parameters = parameters;
    this.network = buildNetwork(parameters);
    this.durationMs = durationMs(parameters);
    const training = trainingInput(parameters, this.network);
    if (options.engine === "reference") {
      if (options.team) throw new RangeError("The reference engine serves a network alone.");
      this.#engine = new ReferenceEngine(parameters, this.network, training);
    } else {
      const engine = this.#compiledEngine(training, options);
      this.#engine = engine;
      this.#teamed = this.#team && { engine, state: engine.sharedState(this.#team.state) };
    }
    this.#protocol = new Protocol(parameters, this.network.cellCount);
  }

  #compiledEngine(training: TrainingInput, { team, longestWindowMs }: SimulationOptions): Engine {
    const join = (needs: PartNeeds): EnginePart => {
      this.#team = team!(needs);
      return this.#team.part;
    };
    return new Engine(this.parameters, this.network, training, {
      ...(longestWindowMs !== undefined && { longestWindowMs }),
      ...(team && { part: join }),
    });
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
    this.#makeWhole();
    return this.#engine.cellEventCount;
  }

  /** See `Engine.expandingSinceMs`. */
  get expandingSinceMs(): number {
    this.#makeWhole();
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
      this.#advanceEngine(this.#protocol.nextMs, onSpikes);
      this.#switch(onProtocol);
    }
    this.#advanceEngine(endMs, onSpikes);
  }

  #advanceEngine(untilMs: number, onSpikes: SpikeSink): void {
    this.#team?.give("advance", untilMs);
    this.#isWhole = !this.#team;
    this.#engine.advance(untilMs, onSpikes);
  }

  #switch(onProtocol: ProtocolSink): void {
    this.#makeWhole();
    this.#team?.give("switch");
    for (const event of this.#protocol.apply(this.#engine)) onProtocol(event);
  }

  /** Carries out the switches that fall on the very end of the experiment, once it is reached. */
  finish(onProtocol: ProtocolSink = () => {}): void {
    if (this.timeMs !== this.durationMs || this.#protocol.nextMs !== this.timeMs) return;
    this.#switch(onProtocol);
  }

  /** The complete state, from which `restore` goes on to the same bits. */
  snapshot(): SimulationState {
    this.#makeWhole();
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
    this.#restore(engine, protocol);
    this.#hand(engine);
  }

  #restore(engine: Uint8Array, protocol: ProtocolState): void {
    this.#engine.restore(engine);
    this.#protocol.restore(protocol, this.#engine.cellState().alive);
  }

  /** Hands the rest of the team the state that this one has taken up. */
  #hand(engine: Uint8Array): void {
    if (!this.#team) return;
    this.#team.awaitAll();
    new Uint8Array(this.#team.state).set(engine);
    this.#team.protocol = this.#protocol.state;
    this.#team.give("restore");
    this.#team.awaitAll();
  }

  /**
   * Takes up the state of a simulation of the same network with other parameters; from its time
   * on, those of this one count. With equal parameters, both go on to the same bits.
   *
   * @throws {RangeError} when this one has begun.
   */
  branchFrom(parent: Simulation): void {
    this.#checkUnbegun();
    parent.#makeWhole();
    this.#engine.inherit(parent.#engine);
    this.#protocol.branchFrom(parent.#protocol, this.#engine);
    if (this.#team) this.#hand(this.#engine.snapshot());
  }

  #checkUnbegun(): void {
    if (this.timeMs > 0) throw new RangeError("Only a simulation that has not begun can restore.");
  }

  /** Collects what the others of the team know of the state. */
  #makeWhole(): void {
    if (this.#isWhole) return;
    this.#team!.give("put-state");
    const { engine, state } = this.#teamed!;
    engine.putState(state);
    this.#team!.awaitAll();
    engine.takeState(state);
    this.#isWhole = true;
  }

  /** Lets the other members of the team go, if there is one: the simulation cannot go on then. */
  dismissTeam(): void {
    this.#team?.leave();
  }

  /** Does what the leader of the team does, until that lets it go. */
  follow(): void {
    try {
      while (true) this.#carryOut(this.#team!.next());
    } catch (error) {
      if (!(error instanceof PartLeftError)) throw error;
    }
  }

  #carryOut({ kind, untilMs }: { readonly kind: Order; readonly untilMs: number }): void {
    const { engine, state } = this.#teamed!;
    if (kind === "advance") engine.advance(untilMs, () => {});
    else if (kind === "switch") this.#protocol.apply(engine);
    else if (kind === "put-state") engine.putState(state);
    else {
      const { state: bytes, protocol } = this.#team!;
      this.#restore(new Uint8Array(bytes).slice(0, engine.stateBytes), protocol);
    }
  }

  /** A copy of every cell's state as of its last event. */
  cellState(): CellState {
    this.#makeWhole();
    return this.#engine.cellState();
  }

  /** A copy of the plastic gains, per synapse. */
  plasticGains(): Float64Array {
    this.#makeWhole();
    return this.#engine.plasticGains();
  }
}

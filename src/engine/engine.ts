import type { Parameters } from "../model/parameters.ts";
import { cellClasses } from "../model/populations.ts";
import { externalStreams } from "../network/external-streams.ts";
import type { Network } from "../network/network.ts";
import type { TrainingInput } from "../network/training-input.ts";
import { clearEndedChains, endChainsOfDeadCells } from "./axons.ts";
import { type CellState, readCellState } from "./cell-state.ts";
import { fillConstants, setExternalWeights } from "./constants.ts";
import {
  CELL_EVENTS,
  EXPANDING_SINCE,
  EXTERNAL_FACTOR,
  OUTPUT_COUNT,
  SCALING_ON,
  SPIKES,
  TIME,
} from "./control.ts";
import { createEngineMemory, type EngineMemory } from "./engine-memory.ts";
import {
  forgetDrawn,
  rewindStreams,
  seedStreams,
  silenceDeadCells,
  wakeStreams,
} from "./external-input.ts";
import { type ExternalInput, inheritState } from "./inheritance.ts";
import { initializeState } from "./initial-state.ts";
import type { Kernel } from "./kernel.ts";
import { defaultKernel, type KernelName, openKernel } from "./kernels.ts";
import { type EnginePart, type PartNeeds, SharedState } from "./part.ts";
import { type EngineSettings, engineSettings } from "./settings.ts";
import { stateLayout } from "./state-layout.ts";
import { timeWindows } from "./windows.ts";

/** Receives spikes in order of time: entries 0 … count − 1. The arrays are reused afterwards. */
export type SpikeSink = (timesMs: Float64Array, cells: Uint32Array, count: number) => void;

export interface EngineOptions {
  /** An upper limit of the windows in which time is served, ms; results do not depend on it. */
  readonly longestWindowMs?: number;
  /** Which event loop to use; all give the same bits. WebAssembly where it runs, by default. */
  readonly kernel?: KernelName;
  /** Which part of the network to serve, with engines that serve the others; all by default. */
  readonly part?: (needs: PartNeeds) => EnginePart;
}

/**
 * A network in motion: turns its state and the events to come into spikes.
 *
 * Time passes only in `advance`; the other methods change the network at the time reached, before
 * any event of that instant. Equal calls give equal bits, however the time is divided among them.
 */
export class Engine {
  readonly #memory: EngineMemory;
  readonly #parameters: Parameters;
  readonly #input: ExternalInput;
  readonly #settings: EngineSettings;
  readonly #kernel: Kernel;
  readonly #part: EnginePart | undefined;

  constructor(
    parameters: Parameters,
    network: Network,
    training: TrainingInput,
    { longestWindowMs, kernel = defaultKernel(), part: partFor }: EngineOptions = {},
  ) {
    const streams = externalStreams(parameters, network);
    this.#parameters = parameters;
    const windows = timeWindows(network, streams, training, longestWindowMs);
    const { createBuffer, createKernel } = openKernel(kernel);
    this.#memory = createEngineMemory(network, training, windows, createBuffer);
    const part = partFor?.({
      spikeCapacity: windows.spikeCapacity,
      stateBytes: this.#memory.stateBytes.length,
    });
    this.#part = part;
    fillConstants(this.#memory, parameters, network, streams, training, part);
    initializeState(this.#memory, parameters.inputSeed, streams);
    this.#input = { memory: this.#memory, streams, inputSeed: parameters.inputSeed };
    this.#settings = engineSettings(parameters, windows);
    if (part) this.#checkDivisible();
    this.#kernel = createKernel(this.#memory, this.#settings, part);
    this.#takeUp();
  }

  /** Simulated time reached, ms. */
  get timeMs(): number {
    return this.#memory.control[TIME]!;
  }

  /** Events served so far: inputs, arrivals and ends of refractoriness; not axonal callbacks. */
  get cellEventCount(): number {
    return this.#memory.control[CELL_EVENTS]!;
  }

  get spikeCount(): number {
    return this.#memory.control[SPIKES]!;
  }

  /** When an arrival first was in the regime where rounding grows, ms; Infinity if none was. */
  get expandingSinceMs(): number {
    return this.#memory.control[EXPANDING_SINCE]!;
  }

  get scalingOn(): boolean {
    return this.#memory.control[SCALING_ON] === 1;
  }

  /**
   * Serves all events before `untilMs` and hands their spikes to `sink`.
   *
   * @throws {RangeError} when `untilMs` lies in the past.
   */
  advance(untilMs: number, sink: SpikeSink): void {
    if (!(untilMs >= this.timeMs)) {
      throw new RangeError(
        `Cannot advance to ${untilMs} ms: the simulation has reached ${this.timeMs} ms already.`,
      );
    }
    const { outputTimeMs, outputCell, control, work } = this.#memory;
    for (let done = false; !done; ) {
      done = this.#kernel.run(untilMs);
      if (work[OUTPUT_COUNT]! > 0) sink(outputTimeMs, outputCell, work[OUTPUT_COUNT]!);
      work[OUTPUT_COUNT] = 0;
    }
    control[TIME] = untilMs;
  }

  /** Turns homeostatic scaling on. */
  turnOnScaling(): void {
    this.#memory.control[SCALING_ON] = 1;
    this.#kernel.begin();
  }

  /** Turns homeostatic scaling off: scale factors rest and have no effect. */
  turnOffScaling(): void {
    this.#memory.control[SCALING_ON] = 0;
    this.#kernel.begin();
  }

  /** Sets all external weights to `factor` times what they were built with. */
  setExternalFactor(factor: number): void {
    this.#memory.control[EXTERNAL_FACTOR] = factor;
    setExternalWeights(this.#memory, this.#parameters, factor);
  }

  /** Kills cells: they ignore all input from now on, and their axons stop. */
  deleteCells(cells: Iterable<number>): void {
    const { alive } = this.#memory;
    for (const cell of cells) alive[cell] = 0;
    endChainsOfDeadCells(this.#memory);
    this.#rewind();
    silenceDeadCells(this.#memory);
  }

  /** Seeds stream j of the external input with base + j; intervals under way are kept. */
  reseedExternalInput(base: number): void {
    this.#rewind();
    seedStreams(this.#memory, base, 1);
    wakeStreams(this.#memory, this.timeMs);
  }

  /**
   * A copy of the complete dynamic state, from which `restore` goes on to the same bits: cells,
   * gains, every random stream, arrivals under way. It depends on neither kernel nor slots.
   */
  snapshot(): Uint8Array {
    this.#rewind();
    clearEndedChains(this.#memory);
    return this.#memory.stateBytes.slice();
  }

  /**
   * Takes up the state of an engine that was built from the same network and training input.
   *
   * @throws {RangeError} when it is not the state of such an engine.
   */
  restore(snapshot: Uint8Array): void {
    const { stateBytes } = this.#memory;
    if (snapshot.length !== stateBytes.length) {
      throw new RangeError(
        `A snapshot of ${snapshot.length} bytes: expected ${stateBytes.length} for this network.`,
      );
    }
    stateBytes.set(snapshot);
    // The first part keeps the count of all.
    if (this.#part && this.#part.index > 0) this.#memory.control[CELL_EVENTS] = 0;
    this.#takeUp();
  }

  /** Length of a snapshot. */
  get stateBytes(): number {
    return this.#memory.stateBytes.length;
  }

  /** Memory for the state that this part of a network puts together with the others. */
  sharedState(buffer: SharedArrayBuffer): SharedState {
    return new SharedState(this.#memory, buffer);
  }

  /** Puts down this part's state of the network, which the others must do as well. */
  putState(shared: SharedState): void {
    this.#rewind();
    shared.put(this.#memory, this.#part!);
  }

  /** Takes the state that all parts have put down. */
  takeState(shared: SharedState): void {
    shared.take(this.#memory, this.#part!);
  }

  #checkDivisible(): void {
    const { plasticityStartMs, plasticityEndMs } = this.#settings;
    if (plasticityStartMs > plasticityEndMs || !this.#memory.overtakable.includes(1)) return;
    throw new RangeError(
      "This network cannot be served in parts: it learns, and its E cells have axonal delays " +
        `longer than their refractory period, ${cellClasses.E.refractoryPeriodMs} ms.`,
    );
  }

  /**
   * Takes up the state of an engine with the same network, whose other parameters may differ from
   * this one's: from now on, these count. With equal parameters, both go on to the same bits.
   *
   * @param reseeded whether the external input goes on with this engine's seed, not the other's
   */
  inherit(parent: Engine, reseeded: boolean): void {
    parent.#rewind();
    inheritState(this.#input, parent.#input, reseeded);
    this.#takeUp();
  }

  /** Prepares what follows from the state, once that was set from outside. */
  #takeUp(): void {
    const { control } = this.#memory;
    this.setExternalFactor(control[EXTERNAL_FACTOR]!);
    forgetDrawn(this.#memory);
    this.#rewind();
    this.#kernel.begin();
  }

  /** Gives back external input that is drawn ahead, and begins anew at the time reached. */
  #rewind(): void {
    rewindStreams(this.#memory, this.#settings.windowMs, this.timeMs);
  }

  /** Which arrays a snapshot holds; engines can restore only those of their own layout. */
  get stateLayout(): string {
    return stateLayout(this.#memory);
  }

  /** A copy of every cell's state, as of its last event. */
  cellState(): CellState {
    return readCellState(this.#memory, this.#settings);
  }

  /** A copy of the plastic gains, per synapse; 1 at synapses of I cells. */
  plasticGains(): Float64Array {
    return this.#memory.plasticGain.slice();
  }
}

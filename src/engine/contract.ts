import type { Parameters } from "../model/parameters.ts";
import type { Stimulus } from "../network/stimuli/stimulus.ts";
import type { CellState } from "./cell-state.ts";
import type { Potentials } from "./potentials.ts";

/** A function that receives spikes in order of time: entries 0 … count − 1. The arrays are reused afterwards. */
export type SpikeSink = (timesMs: Float64Array, cells: Uint32Array, count: number) => void;

/** Time in the probability of dynamic death: t − t′/1000 as published, or (t − t′)/1000, as intended. */
export type DeathRule = "published" | "intended";

/** A dynamic death: when, of which cell, the draw that decided, and the probability it was below. */
export interface Death {
  readonly timeMs: number;
  readonly cell: number;
  readonly draw: number;
  readonly probability: number;
}

/**
 * A network in motion: turns its state and the events to come into spikes.
 *
 * Time passes only in `advance`; the other methods change the network at the time reached, before
 * any event of that instant. Equal calls give equal bits, whichever engine serves them and however
 * the time is divided among them.
 */
export interface SimulationEngine {
  /** Simulated time reached, ms. */
  readonly timeMs: number;
  /** Events served so far: inputs, arrivals and ends of refractoriness; not axonal callbacks. */
  readonly cellEventCount: number;
  /** Events served by this engine itself: fewer than all where several serve one network. */
  readonly ownEventCount: number;
  readonly spikeCount: number;
  /**
   * Time at which an arrival first was in the regime where rounding grows, ms; Infinity if none
   * was.
   */
  readonly expandingSinceMs: number;
  readonly scalingOn: boolean;

  /**
   * Serves all events before `untilMs` and hands their spikes to `sink`.
   *
   * @throws {RangeError} when `untilMs` lies in the past.
   */
  advance(untilMs: number, sink: SpikeSink): void;

  turnOnScaling(): void;

  /** Turns homeostatic scaling off: scale factors rest and have no effect. */
  turnOffScaling(): void;

  /**
   * Lets STDP act from now on, whatever the parameters say of its time.
   *
   * @throws {RangeError} when the network is served in parts and cannot learn so.
   */
  turnOnPlasticity(): void;

  /** Ends STDP; spikes of this very instant still count, as in the original. */
  turnOffPlasticity(): void;

  /** Sets all external weights to `factor` times those of the parameters. */
  setExternalFactor(factor: number): void;

  /**
   * Multiplies target activities by a factor from now on.
   *
   * Growth and dynamic death are of the 2014 model.
   *
   * @throws {TypeError} when the parameters are of another model.
   */
  setGrowthFactor(factor: number): void;

  /**
   * Lets cells die at arrivals from now on, where their activity is above 2.5 times its target.
   *
   * @param speed the factor of the probability
   * @param streamLow the low index of the generator of all cells' draws, one for each arrival; the
   * high one counts them from 0 on
   */
  enableDeaths(speed: number, streamLow: number, rule: DeathRule): void;

  /** Draws of that stream so far. */
  readonly deathDraws: number;

  /** Dynamic deaths so far, in order of time. */
  deaths(): readonly Death[];

  /** Kills cells: they ignore all input from now on, and their axons stop. */
  deleteCells(cells: Iterable<number>): void;

  /**
   * Silences cells until they are released: they receive and send nothing, and spikes under way
   * from them are lost. Their state decays as without input.
   */
  silenceCells(cells: Iterable<number>): void;

  /** Ends the silence of cells; the external input of each begins with new intervals. */
  releaseCells(cells: Iterable<number>): void;

  /** Seeds stream j of the external input with base + j; intervals under way are kept. */
  reseedExternalInput(base: number): void;

  /** From now on, gives the cells the inputs of these stimuli, and of no others. */
  setStimuli(stimuli: readonly Stimulus[]): void;

  /**
   * Goes on with other parameters, which must be those of the same network. STDP stays on or off
   * if it has been turned so.
   *
   * External streams whose rate changes have the interval under way stretched with it.
   */
  changeParameters(parameters: Parameters): void;

  /**
   * Takes up the state of an engine of the same kind with the same network, whose other parameters
   * and stimuli may differ from this one's: from now on, these count. With equal parameters, both go on to the
   * same bits.
   */
  inherit(parent: SimulationEngine): void;

  /** A copy of the complete dynamic state, from which `restore` goes on to the same bits. */
  snapshot(): Uint8Array;

  /**
   * Takes up the state of an engine of the same kind and network; stimuli are no part of it.
   *
   * @throws {RangeError} when it is not the state of such an engine.
   */
  restore(snapshot: Uint8Array): void;

  /** Layout of a snapshot; engines can restore only those of their own layout. */
  readonly stateLayout: string;

  /** A copy of every cell's state, as of its last event. */
  cellState(): CellState;

  /** The membranes of cells as an event at the time reached would find them; no state changes. */
  potentials(cells: readonly number[]): Potentials;

  /** A copy of the plastic gains, per synapse; 1 at synapses that do not learn. */
  plasticGains(): Float64Array;
}

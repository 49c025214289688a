import type { Parameters } from "../model/parameters.ts";
import type { Stimulus } from "../network/stimuli/stimulus.ts";
import type { CellState } from "./cell-state.ts";
import type { Potentials } from "./potentials.ts";

/** Callback that receives spikes in order of time: entries 0 to count − 1 of arrays that are reused. */
export type SpikeSink = (timesMs: Float64Array, cells: Uint32Array, count: number) => void;

/** Time in the probability of dynamic death: t − t′/1000 as published, or (t − t′)/1000, as intended. */
export type DeathRule = "published" | "intended";

/** Work done by one number of threads. */
export interface ThreadUse {
  readonly threads: number;
  readonly simulatedMs: number;
}

/** A dynamic death: when, of which cell, the draw that decided, and the probability it was below. */
export interface Death {
  readonly timeMs: number;
  readonly cell: number;
  readonly draw: number;
  readonly probability: number;
}

/**
 * An engine: advances the state of a network through its events and delivers the spikes.
 *
 * Time passes only in `advance`; the other methods change the network at the time reached, before
 * any event of that instant. Equal calls give equal bits in every engine, however the time is
 * divided into calls of `advance`.
 */
export interface SimulationEngine {
  /** Simulated time reached, ms. */
  readonly timeMs: number;
  /** Number of events so far: external and synaptic inputs, and ends of refractory periods. */
  readonly cellEventCount: number;
  /** Events served by this engine itself: fewer than all where several serve one network. */
  readonly ownEventCount: number;
  readonly spikeCount: number;
  /**
   * First time at which an input could magnify rounding errors, ms; Infinity if none did.
   */
  readonly expandingSinceMs: number;
  readonly scalingOn: boolean;

  /**
   * Processes all events before `untilMs` and passes their spikes to `sink`.
   *
   * @throws {RangeError} if `untilMs` is in the past
   */
  advance(untilMs: number, sink: SpikeSink): void;

  turnOnScaling(): void;

  /** Turns homeostatic scaling off: scale factors stay constant and have no effect. */
  turnOffScaling(): void;

  /**
   * Starts STDP, regardless of the times in the parameters.
   *
   * @throws {RangeError} when the network is served in parts and cannot learn so.
   */
  turnOnPlasticity(): void;

  /** Ends STDP; spikes at this instant still count, as in the original. */
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

  /** Deletes cells: they ignore all further input, and their spikes in transit are lost. */
  deleteCells(cells: Iterable<number>): void;

  /**
   * Silences cells until they are released: they receive and send nothing, and their spikes in
   * transit are lost. Their state decays as without input.
   */
  silenceCells(cells: Iterable<number>): void;

  /** Ends the silence of cells; the external input of each begins with new intervals. */
  releaseCells(cells: Iterable<number>): void;

  /** Seeds stream j of the external input with base + j; current intervals are kept. */
  reseedExternalInput(base: number): void;

  /** Replaces all stimuli from now on. */
  setStimuli(stimuli: readonly Stimulus[]): void;

  /**
   * Continues with other parameters of the same network. STDP that was turned on or off stays so.
   * The current interval of an external stream is rescaled with its rate.
   */
  changeParameters(parameters: Parameters): void;

  /**
   * Continues from the state of an engine of the same kind and network; the parameters and stimuli
   * of this one apply. If they are equal, both continue to the same bits.
   */
  inherit(parent: SimulationEngine): void;

  /** A copy of the complete dynamic state, from which `restore` continues to the same bits. */
  snapshot(): Uint8Array;

  /**
   * Continues from the state of an engine of the same kind and network; it does not contain stimuli.
   *
   * @throws {RangeError} if it is not the state of such an engine
   */
  restore(snapshot: Uint8Array): void;

  /** Layout of a snapshot; engines can restore only those of their own layout. */
  readonly stateLayout: string;

  /** A copy of the state of all cells; of each, as of its last event. */
  cellState(): CellState;

  /** Membrane potentials of the cells at the time reached; the state does not change. */
  potentials(cells: readonly number[]): Potentials;

  /** A copy of the plastic gains, one per synapse; 1 at synapses without plasticity. */
  plasticGains(): Float64Array;
}

// the contract (temporary file; replaced by src/engine/engine.ts)
import type { Parameters } from "../model/parameters.ts";
import type { Network, TrainingInput } from "../network/network.ts";

/** Receives spikes in order of time; the arrays are reused after the call returns. */
export type SpikeSink = (timesMs: Float64Array, cells: Uint32Array, count: number) => void;

export interface CellState {
  readonly alive: Uint8Array;
  readonly sensedRateKhz: Float64Array;
  readonly targetRateKhz: Float64Array;
  readonly rateErrorIntegral: Float64Array;
  readonly scaleFactor: Float64Array;
  readonly spikeCount: Float64Array;
  readonly blockCount: Float64Array;
  /** deviations: excitatory and inhibitory both with the sign of model.md (GABA, AHP <= 0) */
  readonly ampaDistalMv: Float64Array;
  readonly nmdaDistalMv: Float64Array;
  readonly gabaProximalMv: Float64Array;
  readonly gabaDistalMv: Float64Array;
  readonly afterhyperpolarizationMv: Float64Array;
  readonly dynamicThresholdMv: Float64Array;
  readonly lastUpdateMs: Float64Array;
}

export interface Engine {
  readonly timeMs: number;
  readonly cellEventCount: number;
  readonly spikeCount: number;
  /** Processes all events before `untilMs` (exclusive); a protocol switch at exactly that time can then be applied. */
  advance(untilMs: number, sink: SpikeSink): void;
  turnOnScaling(): void;
  setExternalFactor(factor: number): void;
  deleteCells(cells: ArrayLike<number>): void;
  reseedExternalInput(base: number): void;
  /** Copies of every cell's state as of its last event. */
  cellState(): CellState;
  /** Plastic gain per synapse (1 for I sources). */
  plasticGains(): Float64Array;
}
export interface EngineConstructor {
  new (parameters: Parameters, network: Network, training: TrainingInput): Engine;
}

import type { CellState } from "../../src/engine/cell-state.ts";
import type { SpikeSink } from "../../src/engine/engine.ts";
import type { Parameters } from "../../src/model/parameters.ts";
import type { Network } from "../../src/network/network.ts";
import type { TrainingInput } from "../../src/network/training-input.ts";

/** What every implementation of the model offers, and by which two of them are compared. */
export interface SimulationEngine {
  readonly timeMs: number;
  readonly cellEventCount: number;
  readonly spikeCount: number;
  /** Serves all events before `untilMs`; what is called next happens first at that time. */
  advance(untilMs: number, sink: SpikeSink): void;
  turnOnScaling(): void;
  setExternalFactor(factor: number): void;
  deleteCells(cells: readonly number[]): void;
  reseedExternalInput(base: number): void;
  cellState(): CellState;
  plasticGains(): Float64Array;
}

export type EngineFactory = (
  parameters: Parameters,
  network: Network,
  training: TrainingInput,
) => SimulationEngine;

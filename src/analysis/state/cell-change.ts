import type { Interval } from "../firing/interval.ts";

/** Rates of the cells of a run before and after, and what scaling made of its excitatory cells. */
export interface CellChange {
  readonly before: Interval;
  readonly after: Interval;
  /** Cells that survive, and their rates, Hz. */
  readonly cells: Uint32Array;
  readonly beforeHz: Float64Array;
  readonly afterHz: Float64Array;
  /** State of the living excitatory cells at the last sample; undefined without samples. */
  readonly scaling?: ScalingState;
}

/** Excitatory cells under homeostasis; entry k of each array is of cell `cells[k]`. */
export interface ScalingState {
  readonly cells: Uint32Array;
  readonly scaleFactors: Float64Array;
  /** Number of synapses from living excitatory cells. */
  readonly inDegrees: Float64Array;
  /** Sensed and target rates, Hz, or charges of the 2014 model, mV/ms; targets NaN if unset. */
  readonly sensed: Float64Array;
  readonly targets: Float64Array;
  readonly unit: "Hz" | "mV/ms";
}

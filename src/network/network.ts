import type { CellClass, PopulationName } from "../model/populations.ts";

/** One population's place in a built network. */
export interface PopulationRange {
  readonly name: PopulationName;
  readonly cellClass: CellClass;
  readonly layer: 2 | 4 | 5 | 6;
  readonly originalType: number;
  readonly firstCell: number;
  readonly cellCount: number;
}

/**
 * A wired column: plain arrays, never changed after building.
 *
 * Cells are numbered by population; the synapses of presynaptic cell `c` are those from
 * `firstSynapse[c]` to `firstSynapse[c + 1]`, by ascending axonal delay.
 */
export interface Network {
  readonly cellCount: number;
  readonly synapseCount: number;
  readonly populations: readonly PopulationRange[];
  /** Index into `populations`, per cell. */
  readonly populationOfCell: Uint8Array;
  /** Positions in µm, per cell. */
  readonly xUm: Float64Array;
  readonly yUm: Float64Array;
  readonly zUm: Float64Array;
  /** First synapse of each presynaptic cell, and the synapse count at the end. */
  readonly firstSynapse: Uint32Array;
  /** Postsynaptic cell, per synapse. */
  readonly postsynaptic: Uint32Array;
  /** Axonal delay in ms, per synapse. */
  readonly delayMs: Float64Array;
  /** 1 where the synapse lies on the distal dendrite, per synapse. */
  readonly distal: Uint8Array;
  /** AMPA weight (E sources) or GABA-A weight (I sources) in mV, gain included, per synapse. */
  readonly fastWeightMv: Float64Array;
  /** NMDA weight in mV (0 for I sources), per synapse. */
  readonly slowWeightMv: Float64Array;
}

/** Training input in order of time: entry k goes to `cell[k]` at `timeMs[k]`. */
export interface TrainingInput {
  readonly timeMs: Float64Array;
  readonly cell: Uint32Array;
}

import { AMPA, DEVIATION, DRIVE, GABA_DISTAL, GABA_PROXIMAL, NMDA } from "../kernel/cell-record.ts";

/** Membrane potentials of chosen cells at one time, one value per cell; NaN for deleted cells. */
export interface Potentials {
  /** Membrane potential, absolute mV; the model limits it to −90 … 0 mV. */
  readonly potentialMv: Float64Array;
  /** Synaptic drive: sum of the contributions of all receptors, mV relative to rest. */
  readonly driveMv: Float64Array;
  /** Contribution of each receptor, mV; those of GABA are ≤ 0. */
  readonly ampaMv: Float64Array;
  readonly nmdaMv: Float64Array;
  readonly gabaProximalMv: Float64Array;
  readonly gabaDistalMv: Float64Array;
}

export type PotentialName = keyof Potentials;

/** Potentials of so many cells, to be filled. */
export function unknownPotentials(count: number): Potentials {
  const unknown = () => new Float64Array(count).fill(Number.NaN);
  return {
    potentialMv: unknown(),
    driveMv: unknown(),
    ampaMv: unknown(),
    nmdaMv: unknown(),
    gabaProximalMv: unknown(),
    gabaDistalMv: unknown(),
  };
}

/** Fills in one cell's potentials from the kernel's reading of it. */
export function fillPotentials(
  to: Potentials,
  index: number,
  reading: Float64Array,
  restMv: number,
): void {
  const potentialMv = reading[DEVIATION]! + restMv;
  to.potentialMv[index] = Math.min(Math.max(potentialMv, LOWEST_MV), HIGHEST_MV);
  to.driveMv[index] = reading[DRIVE]!;
  to.ampaMv[index] = reading[AMPA]!;
  to.nmdaMv[index] = reading[NMDA]!;
  // 0 − x, so that an absent inhibition is 0 and not −0.
  to.gabaProximalMv[index] = 0 - reading[GABA_PROXIMAL]!;
  to.gabaDistalMv[index] = 0 - reading[GABA_DISTAL]!;
}

/** The model's bounds of the potential, mV. */
const LOWEST_MV = -90;
const HIGHEST_MV = 0;

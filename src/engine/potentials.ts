import { AMPA, DEVIATION, DRIVE, GABA_DISTAL, GABA_PROXIMAL, NMDA } from "../kernel/cell-record.ts";

/** The membranes of chosen cells at one time, an entry for each in order; NaN of dead cells. */
export interface Potentials {
  /** The membrane potential, absolute mV, within the model's −90 to 0 mV. */
  readonly potentialMv: Float64Array;
  /** The synaptic drive: the sum of what the receptors add to rest, mV. */
  readonly driveMv: Float64Array;
  /** Each receptor's part of it, mV; inhibitory ones are ≤ 0. */
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

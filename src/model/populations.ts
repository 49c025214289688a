/**
 * The thirteen populations of a column and the three classes of cells they are made of
 * (Rowan & Neymotin 2013, Methods; model of Neymotin et al. 2011).
 */

/** Class of a cell: excitatory regular-spiking (E), or inhibitory low-threshold-spiking or fast-spiking. */
export type CellClass = "E" | "LTS" | "FS";

export interface CellClassConstants {
  /** Resting potential, absolute mV. */
  readonly restMv: number;
  /** Spike threshold at rest, absolute mV. */
  readonly thresholdMv: number;
  /** Depolarization-block level, absolute mV: above it no spike is fired. */
  readonly blockMv: number;
  /** Absolute refractory period, ms. */
  readonly refractoryPeriodMs: number;
  /** Afterhyperpolarization subtracted per spike, mV. */
  readonly afterhyperpolarizationStepMv: number;
  /** Afterhyperpolarization time constant, ms; E cells take theirs from the parameters. */
  readonly afterhyperpolarizationTimeConstantMs: number;
  /** Threshold rise at a spike, relative to (block level − threshold). */
  readonly relativeRefractoryWeight: number;
  /** Time constant with which the risen threshold returns, ms. */
  readonly relativeRefractoryTimeConstantMs: number;
}

export const cellClasses: Readonly<Record<CellClass, CellClassConstants>> = {
  E: {
    restMv: -65,
    thresholdMv: -40,
    blockMv: -25,
    refractoryPeriodMs: 5,
    afterhyperpolarizationStepMv: 1,
    afterhyperpolarizationTimeConstantMs: 400,
    relativeRefractoryWeight: 0.5,
    relativeRefractoryTimeConstantMs: 1,
  },
  LTS: {
    restMv: -65,
    thresholdMv: -47,
    blockMv: -10,
    refractoryPeriodMs: 1.25,
    afterhyperpolarizationStepMv: 0.5,
    afterhyperpolarizationTimeConstantMs: 50,
    relativeRefractoryWeight: 0.25,
    relativeRefractoryTimeConstantMs: 1,
  },
  FS: {
    restMv: -63,
    thresholdMv: -40,
    blockMv: -10,
    refractoryPeriodMs: 1.25,
    afterhyperpolarizationStepMv: 0.5,
    afterhyperpolarizationTimeConstantMs: 50,
    relativeRefractoryWeight: 0.25,
    relativeRefractoryTimeConstantMs: 1,
  },
};

/** A population's name: layer and class of its cells, as in the paper. */
export type PopulationName =
  | "E6"
  | "I6"
  | "I6L"
  | "E5B"
  | "E5R"
  | "I5"
  | "I5L"
  | "E4"
  | "I4"
  | "I4L"
  | "E2"
  | "I2"
  | "I2L";

export interface Population {
  readonly name: PopulationName;
  readonly cellClass: CellClass;
  /** Cortical layer: 2 stands for layer 2/3. */
  readonly layer: 2 | 4 | 5 | 6;
  /** Cells at size factor 1. */
  readonly cellCount: number;
  /** The original's type number, as in its `aux` files. */
  readonly originalType: number;
}

const population = (
  name: PopulationName,
  cellClass: CellClass,
  layer: 2 | 4 | 5 | 6,
  cellCount: number,
  originalType: number,
): Population => ({ name, cellClass, layer, cellCount, originalType });

/** The populations in the order that fixes every cell index and so every seed. */
export const populations: readonly Population[] = [
  population("E6", "E", 6, 60, 8),
  population("I6", "FS", 6, 25, 9),
  population("I6L", "LTS", 6, 13, 11),
  population("E5B", "E", 5, 17, 12),
  population("E5R", "E", 5, 65, 13),
  population("I5", "FS", 5, 25, 14),
  population("I5L", "LTS", 5, 13, 15),
  population("E4", "E", 4, 30, 16),
  population("I4", "FS", 4, 20, 17),
  population("I4L", "LTS", 4, 14, 18),
  population("E2", "E", 2, 150, 19),
  population("I2", "FS", 2, 25, 21),
  population("I2L", "LTS", 2, 13, 24),
];

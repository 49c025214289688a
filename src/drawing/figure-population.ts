import type { CellClass, PopulationName } from "../model/populations.ts";

/** A population as figures need it; that of a built network is one. */
export interface FigurePopulation {
  readonly name: PopulationName;
  readonly cellClass: CellClass;
  /** Cortical layer: 2 stands for layer 2/3. */
  readonly layer: 2 | 4 | 5 | 6;
  readonly firstCell: number;
  readonly cellCount: number;
}

import type { CellClass, PopulationName } from "../model/populations.ts";

/** A population in a figure, such as one of a `Network` or a `Manifest`. */
export interface FigurePopulation {
  readonly name: PopulationName;
  readonly cellClass: CellClass;
  /** Cortical layer; 2 means layer 2/3. */
  readonly layer: 2 | 4 | 5 | 6;
  readonly firstCell: number;
  readonly cellCount: number;
  /** The column it belongs to, where there are several. */
  readonly column?: number | undefined;
}

/** Name of a population in tables: of several columns, with its column. */
export const populationKey = ({
  name,
  column,
}: Pick<FigurePopulation, "name" | "column">): string =>
  column === undefined ? name : `column_${column}_${name}`;

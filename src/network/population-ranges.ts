import { cellCounts } from "../model/cell-counts.ts";
import { type CellClass, type PopulationName, populations } from "../model/populations.ts";

/** A population in a network: cells `firstCell` to `firstCell + cellCount − 1`. */
export interface PopulationRange {
  readonly name: PopulationName;
  readonly cellClass: CellClass;
  readonly layer: 2 | 4 | 5 | 6;
  readonly originalType: number;
  readonly firstCell: number;
  readonly cellCount: number;
  /** The column it belongs to, from 0 on, where there are several. */
  readonly column?: number;
}

/** Columns of a network, each with as many cells. */
export const columnCountOf = ({
  populations: ranges,
}: {
  readonly populations: readonly Pick<PopulationRange, "column">[];
}): number => 1 + (ranges.at(-1)?.column ?? 0);

/** The populations of each column. */
export const populationsByColumn = <P extends Pick<PopulationRange, "column">>(
  ranges: readonly P[],
): P[][] =>
  Array.from({ length: columnCountOf({ populations: ranges }) }, (_, own) =>
    ranges.filter(({ column = 0 }) => column === own),
  );

/** Range of each population's cells at a size factor, column by column. */
export function populationRanges(sizeFactor: number, columns = 1): readonly PopulationRange[] {
  const counts = cellCounts(sizeFactor);
  let firstCell = 0;
  return Array.from({ length: columns }, (_, column) =>
    populations.map(({ name, cellClass, layer, originalType }) => {
      const cellCount = counts[name];
      const range = { name, cellClass, layer, originalType, firstCell, cellCount };
      firstCell += cellCount;
      return columns === 1 ? range : { ...range, column };
    }),
  ).flat();
}

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
}

/** Range of each population's cells at a size factor. */
export function populationRanges(sizeFactor: number): readonly PopulationRange[] {
  const counts = cellCounts(sizeFactor);
  let firstCell = 0;
  return populations.map(({ name, cellClass, layer, originalType }) => {
    const cellCount = counts[name];
    const range = { name, cellClass, layer, originalType, firstCell, cellCount };
    firstCell += cellCount;
    return range;
  });
}

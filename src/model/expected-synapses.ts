import { cellCounts } from "./cell-counts.ts";
import { columnCount, neighbours } from "./column-grid.ts";
import type { Parameters } from "./parameters.ts";
import {
  projectionsBetweenColumns,
  type WiredProjection,
  wiredProjections,
} from "./projections.ts";

/** Of pairs of cells that may be connected, the part near enough to each other; 0.48 as published. */
const NEAR_PART = 0.5;

/** About how many synapses a network has that is not built yet. */
export function expectedSynapses(parameters: Parameters): number {
  const counts = cellCounts(parameters.sizeFactor);
  const expected = (wired: readonly WiredProjection[]) =>
    wired.reduce(
      (sum, { presynaptic, postsynaptic, probability }) =>
        sum + counts[presynaptic] * counts[postsynaptic] * Math.min(1, probability),
      0,
    );
  const within = NEAR_PART * expected(wiredProjections(parameters));
  const columns = columnCount(parameters);
  if (columns === 1) return within;
  const between =
    neighbours(0, parameters).length * expected(projectionsBetweenColumns(parameters));
  return columns * (within + between);
}

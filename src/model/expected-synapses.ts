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

/** About how many synapses a network has that is not built yet, those between columns with them. */
export function expectedSynapses(parameters: Parameters): number {
  const within = NEAR_PART * pairsConnected(parameters, wiredProjections(parameters));
  return columnCount(parameters) * within + expectedInterColumnSynapses(parameters);
}

/** About how many of them connect columns. */
export function expectedInterColumnSynapses(parameters: Parameters): number {
  const columns = columnCount(parameters);
  if (columns === 1) return 0;
  let pairs = 0;
  for (let column = 0; column < columns; column++) pairs += neighbours(column, parameters).length;
  return pairs * pairsConnected(parameters, projectionsBetweenColumns(parameters));
}

/** Pairs of a cell of one column and one of another, or of the same, that projections connect on average. */
function pairsConnected({ sizeFactor }: Parameters, wired: readonly WiredProjection[]): number {
  const counts = cellCounts(sizeFactor);
  return wired.reduce(
    (sum, { presynaptic, postsynaptic, probability }) =>
      sum + counts[presynaptic] * counts[postsynaptic] * Math.min(1, probability),
    0,
  );
}

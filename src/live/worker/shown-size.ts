import type { Parameters } from "../../index.ts";
import { cellCountOf } from "../../model/column-grid.ts";
import { expectedSynapses } from "../../model/expected-synapses.ts";

/** Size of a network up to which a page simulates it, within the memory of a browser's worker. */
const MOST_CELLS = 20_000;
const MOST_SYNAPSES = 3_000_000;

/** Cells of a record up to which a page shows it. */
const MOST_RECORDED_CELLS = 50_000;

/** A network that is too large for a page. */
export class ShownSizeError extends RangeError {
  override readonly name = "ShownSizeError";
}

/**
 * Checks the size of a network before it is built.
 *
 * @throws {ShownSizeError} when a page cannot simulate it
 */
export function checkPlayedSize(parameters: Parameters): void {
  const cells = cellCountOf(parameters);
  const synapses = Math.round(expectedSynapses(parameters));
  if (cells <= MOST_CELLS && synapses <= MOST_SYNAPSES) return;
  throw new ShownSizeError(
    `This network has ${grouped(cells)} cells and about ${grouped(synapses)} synapses. The page ` +
      `simulates up to ${grouped(MOST_CELLS)} cells and ${grouped(MOST_SYNAPSES)} synapses. ` +
      "Choose fewer columns (columnsX, columnsY) or a smaller sizeFactor, or use isocortex run.",
  );
}

/** @throws {ShownSizeError} when a page cannot show a record of so many cells */
export function checkRecordedSize(cells: number): void {
  if (cells <= MOST_RECORDED_CELLS) return;
  throw new ShownSizeError(
    `This run has ${grouped(cells)} cells. The page shows up to ${grouped(MOST_RECORDED_CELLS)}. ` +
      "Use isocortex plot and isocortex statistics.",
  );
}

const grouped = (value: number): string => value.toLocaleString("en").replaceAll(",", " ");

/** Cells and class of a population, such as those of a `Network` or a `Manifest`. */
export interface CellPopulation {
  readonly cellClass: "E" | "LTS" | "FS";
  readonly firstCell: number;
  readonly cellCount: number;
}

/**
 * Cells of the populations for which `passes` is true, in the order of the populations.
 *
 * @param passes filter of the populations; by default all pass
 * @returns cell indices
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const { populations } = run.manifest;
 * const excitatory = analysis.cellsOf(populations, ({ cellClass }) => cellClass === "E");
 * console.log(excitatory.length);
 * ```
 */
export function cellsOf<P extends CellPopulation>(
  populations: readonly P[],
  passes: (population: P) => boolean = () => true,
): Uint32Array {
  const indices = populations
    .filter(passes)
    .flatMap(({ firstCell, cellCount }) =>
      Array.from({ length: cellCount }, (_, k) => firstCell + k),
    );
  return Uint32Array.from(indices);
}

export const isExcitatory = ({ cellClass }: CellPopulation): boolean => cellClass === "E";

export const isInhibitory = ({ cellClass }: CellPopulation): boolean => cellClass !== "E";

/** Place of each cell in a list of cells, each once; −1 for others below the largest. */
export function placesOfCells(cells: Uint32Array): Int32Array {
  const places = new Int32Array(1 + cells.reduce((most, cell) => Math.max(most, cell), 0)).fill(-1);
  cells.forEach((cell, place) => {
    places[cell] = place;
  });
  return places;
}

/** 1 for each cell of a list, 0 for others below the largest. */
export function maskOfCells(cells: Uint32Array): Uint8Array {
  return Uint8Array.from(placesOfCells(cells), (place) => (place < 0 ? 0 : 1));
}

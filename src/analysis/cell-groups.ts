/** A population's cells and their class; that of a built network is one. */
export interface CellPopulation {
  readonly cellClass: "E" | "LTS" | "FS";
  readonly firstCell: number;
  readonly cellCount: number;
}

/**
 * The cells of the populations that pass, in the populations' order; of all by default.
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

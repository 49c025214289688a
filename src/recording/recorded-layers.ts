import type { Manifest } from "./manifest.ts";

/** Layer whose excitatory cells have recorded potentials. */
export interface RecordedLayer {
  /** 2 stands for layer 2/3. */
  readonly layer: number;
  readonly column?: number;
  /** Excitatory cells with recorded potentials. */
  readonly cells: readonly number[];
}

/** Layers with recorded potentials of excitatory cells, by column, from the surface down. */
export function recordedLayers(
  populations: Manifest["populations"],
  recordedCells: readonly number[],
): RecordedLayer[] {
  const all = populations.filter(({ cellClass }) => cellClass === "E");
  const places = new Map(all.map(({ layer, column }) => [`${column} ${layer}`, { layer, column }]));
  return [...places.values()]
    .sort((a, b) => (a.column ?? 0) - (b.column ?? 0) || a.layer - b.layer)
    .map(({ layer, column }) => {
      const own = all.filter((one) => one.layer === layer && one.column === column);
      const cells = recordedCells.filter((cell) =>
        own.some(({ firstCell, cellCount }) => cell >= firstCell && cell < firstCell + cellCount),
      );
      return { layer, ...(column !== undefined && { column }), cells };
    })
    .filter(({ cells }) => cells.length > 0);
}

/** Column of a table; its name includes the unit. */
export interface Column {
  readonly name: string;
  readonly values: Float64Array | Uint32Array;
}

/** Numbers of a figure, as columns of equal length. */
export interface Table {
  /** Name of the table in kebab case, part of the file name. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Rows and columns of the grid, if the rows of the table are the values of a grid, row by row. */
  readonly shape?: readonly [number, number];
}

/** The name of a run's table: a usual one, or where runs are compared the run's label. */
export function runTableName(
  usual: string,
  runs: readonly { readonly label?: string }[],
  index: number,
): string {
  if (runs.length === 1) return usual;
  const slug = (runs[index]!.label ?? "").replace(/[^\w.-]+/g, "-").replace(/^-+|-+$/g, "");
  return slug === "" ? `${usual}-${index + 1}` : slug;
}

/** The tables of several figures, their names set off by prefixes. */
export const concatenatedTables = (
  parts: readonly { readonly prefix: string; readonly tables: readonly Table[] }[],
): Table[] =>
  parts.flatMap(({ prefix, tables }) =>
    tables.map((table) => ({
      ...table,
      name: tables.length === 1 ? prefix : `${prefix}-${table.name}`,
    })),
  );

const field = (value: number): string => (Number.isNaN(value) ? "" : String(value));

/**
 * Table as CSV text with a header line, in pieces of at most `rowsPerChunk` lines. Numbers are the
 * shortest that give the same double; NaN is an empty field.
 *
 * @param rowsPerChunk 8192 by default
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { csvChunks, type FigurePopulation, rasterFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const populations = run.manifest.populations as readonly FigurePopulation[];
 * const raster = analysis.spikeRaster(run.spikes(), populations, { startMs: 0, endMs: 2000 });
 * const { tables } = rasterFigure({ ...raster, populations }, { document: figureDocument() });
 * for (const table of tables) console.log(table.name, [...csvChunks(table)].join("").length);
 * ```
 */
export function* csvChunks({ columns }: Table, rowsPerChunk = 8192): Generator<string> {
  const rowCount = columns[0]?.values.length ?? 0;
  yield `${columns.map(({ name }) => name).join(",")}\n`;
  for (let start = 0; start < rowCount; start += rowsPerChunk) {
    let text = "";
    for (let row = start; row < Math.min(start + rowsPerChunk, rowCount); row++) {
      text += `${columns.map(({ values }) => field(values[row]!)).join(",")}\n`;
    }
    yield text;
  }
}

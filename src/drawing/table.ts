/** One named column; its name carries the unit. */
export interface Column {
  readonly name: string;
  readonly values: Float64Array | Uint32Array;
}

/** The numbers behind a picture: columns of the same length. */
export interface Table {
  /** Content of the rows, in kebab case: a part of a file's name. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Rows and columns of the grid that the rows of the table fill, row by row, where they do. */
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
 * A table as CSV text with a header line, in pieces of at most `rowsPerChunk` lines.
 *
 * Numbers are the shortest that read back to the same double; NaN is an empty field.
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

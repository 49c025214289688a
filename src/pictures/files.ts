import type { Figure } from "../drawing/figure.ts";
import { csvChunks, type Table } from "../drawing/table.ts";
import { type NpzArray, npzFile } from "../export/npz.ts";
import { type Pieces, type Replaceable, writeOutputs } from "../store/output-files.ts";
import type { PictureKind } from "./formats.ts";
import { pictureFile } from "./rendering.ts";

/**
 * Files of a figure and its numbers: the picture, such as `stem.png`; the numbers as `stem.csv`, or
 * `stem-table.csv` for each of several tables; and all tables as `stem.npz`. All files are written,
 * or none.
 *
 * @param stem path of the files without extension; missing folders are created
 * @param kind format and resolution of the picture; SVG by default
 * @param replaceable files that may be replaced: those that isocortex wrote, or any (default)
 * @returns paths of the files, first that of the picture
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 * import { drawRuns, recordRun, writeFigure } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/pictured", overwrite: true, preset: null, label: "pictured", parameters };
 * await recordRun(run, observer);
 * const figure = drawRuns(["runs/pictured"], { kind: "rates" });
 * console.log(await writeFigure(figure, "pictures/rates", { format: "pdf" }));
 * ```
 */
export async function writeFigure(
  figure: Figure,
  stem: string,
  kind: PictureKind = {},
  replaceable?: Replaceable,
): Promise<string[]> {
  const files = await figureFiles(figure, stem, kind);
  await writeOutputs(files, replaceable);
  return [...files.keys()];
}

/** The files of a figure, by their paths: the picture, then tables. */
export async function figureFiles(
  figure: Figure,
  stem: string,
  kind: PictureKind,
): Promise<Map<string, Pieces>> {
  const { tables } = figure;
  const files = new Map<string, Pieces>();
  files.set(`${stem}.${kind.format ?? "svg"}`, [await pictureFile(figure, kind)]);
  for (const table of tables) {
    files.set(tables.length === 1 ? `${stem}.csv` : `${stem}-${table.name}.csv`, csvChunks(table));
  }
  files.set(`${stem}.npz`, [npzFile(arraysOf(tables))]);
  return files;
}

/** Every column by its name, which in a figure of several tables begins with the table's. */
function arraysOf(tables: readonly Table[]): Record<string, NpzArray> {
  const arrays: Record<string, NpzArray> = {};
  for (const { name: tableName, columns, shape } of tables) {
    for (const { name, values } of columns) {
      const key = tables.length === 1 ? name : `${tableName}_${name}`;
      arrays[key] = { values, ...(shape && { shape }) };
    }
  }
  return arrays;
}

import { type NpzArray, npzFile } from "../../export/npz.ts";
import type { Figure } from "../../figures/figure.ts";
import { csvChunks, type Table } from "../../figures/table.ts";
import { writeOutputs } from "../output-files.ts";
import { pictureFile } from "./picture.ts";
import type { PictureKind } from "./picture-formats.ts";

/**
 * Writes a figure and, beside it, its numbers: `stem.png`; `stem.csv` or, for a figure of several
 * tables, one `stem-table.csv` each; and `stem.npz` with all of them.
 *
 * @param stem path of the files without their endings; missing folders are made.
 * @returns the paths, the picture's first. All files appear, or none.
 */
export async function writeFigure(
  figure: Figure,
  stem: string,
  kind: PictureKind = {},
): Promise<string[]> {
  const { tables } = figure;
  const files = new Map<string, Iterable<string | Uint8Array>>();
  files.set(`${stem}.${kind.format ?? "svg"}`, [await pictureFile(figure, kind)]);
  for (const table of tables) {
    files.set(tables.length === 1 ? `${stem}.csv` : `${stem}-${table.name}.csv`, csvChunks(table));
  }
  files.set(`${stem}.npz`, [npzFile(arraysOf(tables))]);
  await writeOutputs(async (outputs) => {
    for (const [path, chunks] of files) await outputs.write(path, chunks);
  });
  return [...files.keys()];
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

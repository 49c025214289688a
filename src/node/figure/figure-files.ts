import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { type NpzArray, npzFile } from "../../export/npz.ts";
import type { Figure } from "../../figures/figure.ts";
import { csvChunks, type Table } from "../../figures/table.ts";
import { pictureFile } from "./picture.ts";
import type { PictureKind } from "./picture-formats.ts";

/**
 * Writes a figure and, beside it, its numbers: `stem.png`; `stem.csv` or, for a figure of several
 * tables, one `stem-table.csv` each; and `stem.npz` with all of them.
 *
 * @param stem path of the files without their endings; missing folders are made.
 * @returns the paths, the picture's first. Each file appears whole or not at all.
 */
export async function writeFigure(
  figure: Figure,
  stem: string,
  kind: PictureKind = {},
): Promise<string[]> {
  await mkdir(dirname(stem), { recursive: true });
  const { tables } = figure;
  const files = new Map<string, Iterable<string | Uint8Array>>();
  files.set(`${stem}.${kind.format ?? "svg"}`, [await pictureFile(figure, kind)]);
  for (const table of tables) {
    files.set(tables.length === 1 ? `${stem}.csv` : `${stem}-${table.name}.csv`, csvChunks(table));
  }
  files.set(`${stem}.npz`, [npzFile(arraysOf(tables))]);
  for (const [path, chunks] of files) await writeWhole(path, chunks);
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

/** Writes a file under another name first, so that no reader finds a part of it. */
export async function writeWhole(
  path: string,
  chunks: Iterable<string | Uint8Array>,
): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, "w");
  try {
    for (const chunk of chunks) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

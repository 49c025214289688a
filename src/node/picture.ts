import { mkdir, open, rename } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { parseHTML } from "linkedom";
import type { Figure } from "../figures/figure.ts";
import { concatenate, pngChunk } from "../figures/indexed-png.ts";
import { csvChunks } from "../figures/table.ts";

export type PictureFormat = "svg" | "png";

/** Resolution of PNG pictures unless another is given: that of print. */
const printDotsPerInch = 300;

const pxPerInch = 96;
const metresPerInch = 0.0254;

// From the package, as machines without fonts must draw the same letters.
const fontFiles = ["400Regular/Arimo_400Regular.ttf", "700Bold/Arimo_700Bold.ttf"].map((file) =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/arimo/${file}`),
);

/** A document for figures to make their elements in. */
export const figureDocument = (): Document => parseHTML("<!doctype html><html></html>").document;

/** A figure as a PNG file, which states its resolution and so its size in print. */
export function pngPicture(figure: Figure, dotsPerInch = printDotsPerInch): Uint8Array {
  const png = new Resvg(figure.svg, {
    fitTo: { mode: "zoom", value: dotsPerInch / pxPerInch },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Arimo" },
  })
    .render()
    .asPng();
  const dotsPerMetre = Math.round(dotsPerInch / metresPerInch);
  const resolution = new DataView(new ArrayBuffer(9));
  resolution.setUint32(0, dotsPerMetre);
  resolution.setUint32(4, dotsPerMetre);
  resolution.setUint8(8, 1);
  // The signature and the header come first, 8 and 25 bytes long.
  const headerEnd = 33;
  return concatenate([
    png.subarray(0, headerEnd),
    pngChunk("pHYs", new Uint8Array(resolution.buffer)),
    png.subarray(headerEnd),
  ]);
}

/**
 * Writes a figure and, beside it, its numbers: `stem.png`, and `stem.csv` or, for a figure of
 * several tables, one `stem-table.csv` each.
 *
 * @param stem path of the files without their endings; missing folders are made.
 * @returns the paths, the picture's first. Each file appears whole or not at all.
 */
export async function writeFigure(
  figure: Figure,
  stem: string,
  format: PictureFormat = "svg",
): Promise<string[]> {
  await mkdir(dirname(stem), { recursive: true });
  const picture = `${stem}.${format}`;
  await writeWhole(picture, [format === "svg" ? figure.svg : pngPicture(figure)]);
  const paths = [picture];
  for (const table of figure.tables) {
    const path = figure.tables.length === 1 ? `${stem}.csv` : `${stem}-${table.name}.csv`;
    await writeWhole(path, csvChunks(table));
    paths.push(path);
  }
  return paths;
}

/** Writes a file under another name first, so that no reader finds a part of it. */
async function writeWhole(path: string, chunks: Iterable<string | Uint8Array>): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, "w");
  try {
    for (const chunk of chunks) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

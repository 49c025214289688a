import { Resvg } from "@resvg/resvg-js";
import { parseHTML } from "linkedom";
import type { Figure } from "../drawing/figure.ts";
import { pngChunk } from "../drawing/indexed-png.ts";
import { concatenated } from "../numeric/concatenation.ts";
import { fontFiles } from "./fonts.ts";
import type { PictureKind } from "./formats.ts";

/** Resolution of PNG pictures unless another is given: that of print. */
const printDotsPerInch = 300;

const pxPerInch = 96;
const metresPerInch = 0.0254;

/**
 * A new document for `FigureOptions.document` in Node.js.
 *
 * @example
 * ```ts
 * import { figureDocument } from "isocortex/node";
 *
 * console.log(figureDocument().createElementNS("http://www.w3.org/2000/svg", "svg").tagName);
 * ```
 */
export const figureDocument = (): Document => parseHTML("<!doctype html><html></html>").document;

/** The file of a figure in a format. */
export async function pictureFile(
  figure: Figure,
  { format = "svg", dotsPerInch }: PictureKind = {},
): Promise<Uint8Array> {
  switch (format) {
    case "svg":
      return new TextEncoder().encode(figure.svg);
    case "png":
      return pngPicture(figure, dotsPerInch);
    case "pdf": {
      const { pdfPicture } = await import("./pdf.ts");
      return pdfPicture(figure);
    }
  }
}

/**
 * A figure as the bytes of a PNG file, which contains its resolution and therefore its printed size.
 *
 * @param dotsPerInch resolution; 300 by default
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { resolveParameters } from "isocortex";
 * import { drawRuns, pngPicture, recordRun } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/png", overwrite: true, preset: null, label: "png", parameters };
 * await recordRun(run, observer);
 * writeFileSync("raster.png", pngPicture(drawRuns(["runs/png"], { kind: "raster" }), 150));
 * ```
 */
export function pngPicture(figure: Figure, dotsPerInch = printDotsPerInch): Uint8Array {
  const png = new Resvg(figure.svg, {
    fitTo: { mode: "zoom", value: dotsPerInch / pxPerInch },
    font: {
      fontFiles: Object.values(fontFiles),
      loadSystemFonts: false,
      defaultFontFamily: "Arimo",
    },
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
  return concatenated([
    png.subarray(0, headerEnd),
    pngChunk("pHYs", new Uint8Array(resolution.buffer)),
    png.subarray(headerEnd),
  ]);
}

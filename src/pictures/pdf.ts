import PdfDocument from "pdfkit";
import svgToPdf from "svg-to-pdfkit";
import type { Figure } from "../drawing/figure.ts";
import { program } from "../host/package.ts";
import { systemClock } from "../host/system-clock.ts";
import { concatenated } from "../numeric/concatenation.ts";
import { fontFiles } from "./fonts.ts";

const pointsPerPx = 72 / 96;

/**
 * A figure as a PDF file: one page of its size, in vectors but for images, with its letters
 * embedded; the caption is the document's subject. The same figure and date give the same bytes.
 *
 * @param createdAt the date that the file states
 * @throws {Error} when the figure has something that PDF files do not get
 */
export async function pdfPicture(
  { svg, widthPx, heightPx, caption }: Figure,
  createdAt = systemClock.date(),
): Promise<Uint8Array> {
  const size: [number, number] = [widthPx * pointsPerPx, heightPx * pointsPerPx];
  const creator = `${program.name} ${program.version}`;
  const info = { Subject: caption, Creator: creator, Producer: creator, CreationDate: createdAt };
  // A font at once: the metrics of PDF's standard fonts, the default, are not shipped.
  const document = new PdfDocument({ size, margin: 0, info, font: fontFiles.regular });
  document.registerFont("regular", fontFiles.regular).registerFont("bold", fontFiles.bold);
  const pieces: Uint8Array[] = [];
  const written = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (piece: Uint8Array) => pieces.push(piece));
    document.on("end", () => resolve(concatenated(pieces)));
    document.on("error", reject);
  });
  svgToPdf(document, svg, 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (_family, isBold) => (isBold ? "bold" : "regular"),
    warningCallback: (warning) => {
      throw new Error(`The figure cannot be drawn as PDF: ${warning}.`);
    },
  });
  document.end();
  return written;
}

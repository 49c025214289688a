import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeFigure } from "../../src/pictures/files.ts";
import { figureDocument, pngPicture } from "../../src/pictures/rendering.ts";

const folder = mkdtempSync(join(tmpdir(), "isocortex-picture-"));
afterAll(() => rmSync(folder, { recursive: true }));

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48" font-family="Helvetica, Arial, Arimo">${content}</svg>`;

const figure = (content = "", tables = ["samples"]) => ({
  svg: svg(content),
  widthPx: 96,
  heightPx: 48,
  notes: [],
  caption: "",
  tables: tables.map((name) => ({
    name,
    columns: [{ name: "time_ms", values: Float64Array.of(1.5) }],
  })),
});

test("a PNG has the size of the figure at its resolution, and says so", () => {
  const png = pngPicture(figure(), 300);
  const view = new DataView(png.buffer, png.byteOffset);
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([300, 150]);
  expect(Buffer.from(png.subarray(37, 41)).toString()).toBe("pHYs");
  expect([view.getUint32(41), view.getUint32(45), png[49]]).toEqual([11811, 11811, 1]);
});

test("letters are drawn on machines without fonts, in regular and in bold", () => {
  const text = (weight: string) =>
    pngPicture(figure(`<text y="30" font-size="20" font-weight="${weight}">Cell</text>`));
  const [blank, regular, bold] = [pngPicture(figure()), text("normal"), text("bold")];
  expect(Buffer.compare(blank, regular)).not.toBe(0);
  expect(Buffer.compare(regular, bold)).not.toBe(0);
});

test("an image inside a figure is drawn", () => {
  const dot = Buffer.from(pngPicture(figure('<rect width="96" height="48"/>'))).toString("base64");
  const image = `<image width="96" height="48" href="data:image/png;base64,${dot}"/>`;
  expect(Buffer.compare(pngPicture(figure(image)), pngPicture(figure()))).not.toBe(0);
});

test("a figure is written with its numbers beside it, into a folder that is made", async () => {
  const stem = join(folder, "one", "activity");
  const paths = await writeFigure(figure("<rect/>"), stem, { format: "svg" });
  expect(paths).toEqual([`${stem}.svg`, `${stem}.csv`, `${stem}.npz`]);
  expect(readFileSync(paths[0]!, "utf8")).toBe(svg("<rect/>"));
  expect(readFileSync(paths[1]!, "utf8")).toBe("time_ms\n1.5\n");
  expect(readdirSync(join(folder, "one")).sort()).toEqual([
    ".isocortex.sha256",
    "activity.csv",
    "activity.npz",
    "activity.svg",
  ]);
});

test("several tables are named after what they hold", async () => {
  const stem = join(folder, "raster");
  const paths = await writeFigure(figure("", ["spikes", "rates"]), stem, { format: "png" });
  expect(paths).toEqual([`${stem}.png`, `${stem}-spikes.csv`, `${stem}-rates.csv`, `${stem}.npz`]);
  expect(readFileSync(paths[0]!)).toEqual(Buffer.from(pngPicture(figure())));
});

test("the document for figures makes SVG elements", () => {
  const element = figureDocument().createElementNS("http://www.w3.org/2000/svg", "path");
  expect(element.localName).toBe("path");
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { spikeRaster } from "../../src/analysis/firing/spike-raster.ts";
import { rasterFigure } from "../../src/figures/raster.ts";
import { pdfPicture } from "../../src/pictures/pdf.ts";
import { document, periods, regularSpikes, smallColumn } from "../figures/small-column.ts";

const folder = mkdtempSync(join(tmpdir(), "isocortex-pdf-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A raster of few spikes, drawn as lines, or of many, drawn as an image. */
const rasterOf = (durationMs: number) =>
  rasterFigure(
    {
      ...spikeRaster(regularSpikes(durationMs), smallColumn, { startMs: 0, endMs: durationMs }),
      populations: smallColumn,
      periods,
    },
    { document, title: "Raster of a small column" },
  );

const figure = rasterOf(2000);
const createdAt = new Date("2024-05-06T07:08:09Z");
const pdf = await pdfPicture(figure, createdAt);
const text = Buffer.from(pdf).toString("latin1");

/** The contents of all compressed streams, as text. */
const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body]) => {
  try {
    return inflateSync(Buffer.from(body!, "latin1")).toString("latin1");
  } catch {
    return "";
  }
});

describe("a PDF picture", () => {
  it("is one page as large as the figure", () => {
    expect(text.slice(0, 5)).toBe("%PDF-");
    expect(text.trimEnd().slice(-5)).toBe("%%EOF");
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text)!;
    expect(Number(width)).toBeCloseTo(figure.widthPx * 0.75, 3);
    expect(Number(height)).toBeCloseTo(figure.heightPx * 0.75, 3);
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  it("embeds its typeface, in regular and in bold", () => {
    const fonts = new Set([...text.matchAll(/\/FontName \/\w+\+(\S+)/g)].map(([, name]) => name));
    expect([...fonts].sort()).toEqual(["Arimo-Bold", "Arimo-Regular"]);
    expect(text.match(/\/FontFile2 \d+ 0 R/g)).toHaveLength(2);
  });

  it("holds lines as lines", () => {
    const page = streams.reduce((longest, one) => (one.length > longest.length ? one : longest));
    // One line a spike at least: moves to its top, and a line from there.
    const spikeCount = figure.tables[0]!.columns[0]!.values.length;
    expect(page.match(/ l\n/g)!.length).toBeGreaterThan(spikeCount);
    expect(text).not.toContain("/Subtype /Image");
  });

  it("holds many spikes as an image", async () => {
    const many = Buffer.from(await pdfPicture(rasterOf(20_000))).toString("latin1");
    expect(many).toContain("/Subtype /Image");
  });

  it("is the same for the same figure and date", async () => {
    expect(Buffer.from(await pdfPicture(figure, createdAt)).equals(pdf)).toBe(true);
    expect(Buffer.from(await pdfPicture(figure, new Date(0))).equals(pdf)).toBe(false);
  });

  it("refuses what it cannot draw", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="data:,x"/></svg>';
    await expect(pdfPicture({ ...figure, svg })).rejects.toThrow(/cannot be drawn as PDF/);
  });

  const hasPoppler = spawnSync("pdftoppm", ["-v"]).status === 0;

  // On a machine without Poppler there is nothing to open it with; CI installs it.
  it.skipIf(!hasPoppler && !process.env["CI"])(
    "is opened, read and drawn by another program",
    () => {
      const path = join(folder, "a.pdf");
      writeFileSync(path, pdf);
      const words = spawnSync("pdftotext", [path, "-"], { encoding: "utf8" });
      expect(words.stderr).toBe("");
      expect(words.stdout).toMatch(/Raster of a small column/);
      expect(words.stdout).toMatch(/Time \(s\)/);
      const drawn = spawnSync("pdftoppm", ["-r", "96", "-singlefile", path, join(folder, "a")]);
      expect(drawn.status).toBe(0);
      const [, width, height, body] = /^P6\n(\d+) (\d+)\n255\n([\s\S]*)$/.exec(
        readFileSync(join(folder, "a.ppm"), "latin1"),
      )!;
      expect([Number(width), Number(height)]).toEqual([figure.widthPx, figure.heightPx]);
      // Neither blank nor black: some ink on white.
      const white = body!.match(/\xff\xff\xff/g)!.length / (figure.widthPx * figure.heightPx);
      expect(white).toBeGreaterThan(0.5);
      expect(white).toBeLessThan(0.97);
    },
  );
});

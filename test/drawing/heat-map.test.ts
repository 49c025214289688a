import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { colorScale, type HeatMapGrid, heatMap } from "../../src/drawing/heat-map.ts";
import { document } from "../figures/small-column.ts";

/** Red, green and blue of a colour. */
const parts = (color: string) =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number, number];

const luminance = (color: string) => {
  const [red, green, blue] = parts(color).map((part) => (part / 255) ** 2.2);
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

describe("colours of a heat map", () => {
  it.each(["color", "grey"] as const)("grow lighter with the value (%s)", (kind) => {
    const { colors } = colorScale([0, 1], kind);
    expect(colors).toHaveLength(255);
    const lightness = colors.map(luminance);
    lightness.slice(1).forEach((value, k) => {
      expect(value).toBeGreaterThanOrEqual(lightness[k]! - 1e-3);
    });
    expect(lightness.at(-1)! - lightness[0]!).toBeGreaterThan(0.6);
  });

  it("are greys for the past", () => {
    for (const color of colorScale([0, 1], "grey").colors) {
      expect(new Set(parts(color)).size).toBe(1);
    }
  });
});

/** Rows of palette indices of the image that a grid becomes, from the top. */
function imageRows(grid: HeatMapGrid, part?: { from: number; to: number }) {
  const size = { widthPx: 4, heightPx: 2 };
  const draw = heatMap(grid, colorScale([0, 2]), size, part);
  const place = { marginLeft: 10, marginTop: 5 } as Parameters<typeof draw>[3];
  const context = { document } as Parameters<typeof draw>[4];
  const none = {} as Parameters<typeof draw>[2];
  const image = draw([], { scales: {} }, none, place, context)!;
  const png = Buffer.from(image.getAttribute("href")!.split(",")[1]!, "base64");
  const width = png.readUInt32BE(16);
  const at = png.indexOf("IDAT");
  const bytes = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const rows = Array.from({ length: png.readUInt32BE(20) }, (_, y) => [
    ...bytes.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)),
  ]);
  return { image, rows };
}

describe("a heat map", () => {
  const values = Float64Array.of(0, 1, 2, Number.NaN);

  it("has a block of pixels for each value, rows from the bottom, and nothing for none", () => {
    const { rows, image } = imageRows({ values, rowCount: 2, columnCount: 2 });
    expect(rows).toHaveLength(6);
    expect(rows[0]).toEqual([...Array(6).fill(255), ...Array(6).fill(0)]);
    expect(rows[5]).toEqual([...Array(6).fill(1), ...Array(6).fill(128)]);
    expect(image.getAttribute("x")).toBe("10");
  });

  it("can fill a part of its frame", () => {
    const { rows, image } = imageRows(
      { values, rowCount: 2, columnCount: 2 },
      { from: 0.5, to: 1 },
    );
    expect(rows[0]).toHaveLength(6);
    expect([image.getAttribute("x"), image.getAttribute("width")]).toEqual(["12", "2"]);
  });

  it("shows values outside the domain as its ends", () => {
    const outside = Float64Array.of(-5, 9);
    const { rows } = imageRows({ values: outside, rowCount: 1, columnCount: 2 });
    expect(new Set(rows[0])).toEqual(new Set([1, 255]));
  });
});

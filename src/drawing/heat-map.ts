import * as Plot from "@observablehq/plot";
import { indexedPng, pngAddress, type Rgba } from "./indexed-png.ts";
import { svgElement } from "./svg-element.ts";
import { fontSizesPx, type Theme } from "./theme.ts";

/** Values on a grid: `values[row * columnCount + column]`; rows from the bottom, what is not finite is blank. */
export interface HeatMapGrid {
  readonly values: Float64Array;
  readonly rowCount: number;
  readonly columnCount: number;
}

/** Mapping of values to colours. */
export interface ColorScale {
  readonly domain: readonly [number, number];
  /** Even steps from the least value's colour to the greatest's, "#rrggbb". */
  readonly colors: readonly string[];
}

/** Steps of colour: with the transparent one they fill a palette of 256. */
const steps = 255;

/** Pixels of the image per px of the figure. */
const pixelsPerPx = 3;

/**
 * The scale of a domain, of colours that grow lighter with the value, so
 * that order stays visible in grey and to colour-blind readers.
 *
 * @param kind "color" for what a figure is about, "grey" for the past of it
 */
export function colorScale(
  domain: readonly [number, number],
  kind: "color" | "grey" = "color",
): ColorScale {
  const scheme = kind === "grey" ? "Greys" : "Viridis";
  const scale = Plot.scale({
    color: {
      type: "linear",
      domain: [0, steps - 1],
      scheme,
      reverse: kind === "grey",
    },
  });
  const colors = Array.from({ length: steps }, (_, step) => hexColor(scale.apply(step) as string));
  return { domain, colors };
}

/** "rgb(1, 2, 3)" or "#010203" as "#010203". */
function hexColor(color: string): string {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  if (!parts) return color;
  return `#${parts
    .slice(1)
    .map((part) => Number(part).toString(16).padStart(2, "0"))
    .join("")}`;
}

/** A part of a frame, as fractions of its width from the left. */
export interface HeatMapPart {
  readonly from: number;
  readonly to: number;
}

/** A grid as an image that fills a frame, or a part of it, of this size in px. */
export function heatMap(
  grid: HeatMapGrid,
  scale: ColorScale,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  { from, to }: HeatMapPart = { from: 0, to: 1 },
): Plot.RenderFunction {
  const partWidthPx = widthPx * (to - from);
  const href = pngAddress(gridPng(grid, scale, partWidthPx, heightPx));
  return (_index, _scales, _values, { marginLeft, marginTop }, { document }) =>
    svgElement(document, "image", {
      x: marginLeft + widthPx * from,
      y: marginTop,
      width: partWidthPx,
      height: heightPx,
      preserveAspectRatio: "none",
      href,
    });
}

function gridPng(grid: HeatMapGrid, scale: ColorScale, widthPx: number, heightPx: number) {
  const { values, rowCount, columnCount } = grid;
  const width = Math.max(1, Math.round(widthPx * pixelsPerPx));
  const height = Math.max(1, Math.round(heightPx * pixelsPerPx));
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((height - y - 0.5) / height) * rowCount);
    for (let x = 0; x < width; x++) {
      const column = Math.floor(((x + 0.5) / width) * columnCount);
      pixels[y * width + x] = colorIndex(values[row * columnCount + column]!, scale);
    }
  }
  return indexedPng({ width, height, pixels, palette: [transparent, ...scale.colors.map(opaque)] });
}

const transparent: Rgba = [0, 0, 0, 0];

const opaque = (color: string): Rgba => {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return [red!, green!, blue!, 255];
};

/** 0 for no value, else 1 and up. */
function colorIndex(value: number, { domain: [least, most], colors }: ColorScale): number {
  if (!Number.isFinite(value)) return 0;
  const part = most > least ? (value - least) / (most - least) : 0.5;
  return 1 + Math.round(Math.min(1, Math.max(0, part)) * (colors.length - 1));
}

const barWidthPx = 9;
const barGapPx = 8;

/**
 * A bar with the scale's colours right of the frame, its ends and what it measures.
 *
 * @param extent the least and the greatest value drawn, where they may lie beyond the scale
 */
export function colorBar(
  scale: ColorScale,
  label: string,
  theme: Theme,
  frame: { readonly widthPx: number; readonly heightPx: number },
  extent: readonly [number, number] = scale.domain,
): Plot.RenderFunction {
  const column = Float64Array.from(scale.colors, (_, step) => {
    const [least, most] = scale.domain;
    return least + ((most - least) * step) / (scale.colors.length - 1);
  });
  const grid = { values: column, rowCount: column.length, columnCount: 1 };
  const href = pngAddress(gridPng(grid, scale, barWidthPx, frame.heightPx));
  return (_index, _scales, _values, { marginLeft, marginTop }, { document }) => {
    const left = marginLeft + frame.widthPx + barGapPx;
    const group = svgElement(document, "g", { fill: theme.ink });
    const place = { x: left, y: marginTop, width: barWidthPx, height: frame.heightPx };
    group.append(svgElement(document, "image", { ...place, preserveAspectRatio: "none", href }));
    const text = (content: string, attributes: Record<string, string | number>) => {
      const element = svgElement(document, "text", attributes);
      element.textContent = content;
      group.append(element);
    };
    const ends = {
      "font-size": fontSizesPx.note,
      "text-anchor": "start",
      x: left + barWidthPx + 3,
    };
    text((extent[1] > scale.domain[1] ? "≥ " : "") + endText(scale.domain[1]), {
      ...ends,
      y: marginTop + 7,
    });
    text((extent[0] < scale.domain[0] ? "≤ " : "") + endText(scale.domain[0]), {
      ...ends,
      y: marginTop + frame.heightPx,
    });
    const middleX = left + barWidthPx + 11;
    const middleY = marginTop + frame.heightPx / 2;
    text(label, {
      "font-size": fontSizesPx.note,
      "text-anchor": "middle",
      transform: `translate(${middleX},${middleY}) rotate(-90)`,
    });
    return group;
  };
}

function endText(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const text = Math.abs(rounded) < 1e6 ? String(rounded) : rounded.toExponential();
  return text.replace("e+", "e").replace("-", "−");
}

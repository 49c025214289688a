import * as Plot from "@observablehq/plot";
import { fontSizesPx } from "./theme.ts";

export interface LineLabel {
  readonly text: string;
  readonly color: string;
  /** End of its line, px below the top of the frame. */
  readonly yPx: number;
}

const spacingPx = 10;

/** Heights close to those wished for, in their order, none nearer to another than the spacing. */
export function spreadHeights(wishedPx: readonly number[], frameHeightPx: number): number[] {
  const order = wishedPx.map((_, index) => index).sort((a, b) => wishedPx[a]! - wishedPx[b]!);
  const heights: number[] = [];
  let lowest = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    lowest = Math.max(wishedPx[index]!, lowest + spacingPx);
    heights[index] = lowest;
  }
  // What was pushed out at the bottom moves up again, and with it what is then too near.
  let highest = frameHeightPx + spacingPx;
  for (const index of order.reverse()) {
    highest = Math.min(heights[index]!, highest - spacingPx);
    heights[index] = highest;
  }
  return heights;
}

/** Labels right of the ends of lines. */
export function lineLabels(labels: readonly LineLabel[], frameHeightPx: number): Plot.Markish {
  const heights = spreadHeights(
    labels.map(({ yPx }) => yPx),
    frameHeightPx,
  );
  return labels.map(({ text, color }, index) =>
    Plot.text([text], {
      frameAnchor: "top-right",
      lineAnchor: "middle",
      textAnchor: "start",
      dx: 6,
      dy: heights[index]!,
      fill: color,
      fontSize: fontSizesPx.note,
    }),
  );
}

import type { Layout, Panel } from "./panel.ts";
import { svgElement } from "./svg-element.ts";
import { fontSizesPx, type Theme } from "./theme.ts";

/**
 * Style of the lines of one of several compared runs, distinguishable by colour and, in greyscale,
 * by dashes.
 */
export interface RunStyle {
  readonly color: string;
  /** Lengths of dashes and gaps; unbroken when absent. */
  readonly dash?: string;
}

const dashes = [undefined, "6 2.5", "2 2", "8 2 2 2", "10 3", "4 4", "1 3"];

/** A style a run where several are compared; none for a single one. */
export function runStyles(runs: readonly unknown[], theme: Theme): (RunStyle | undefined)[] {
  if (runs.length === 1) return [undefined];
  return runs.map((_, k) => {
    const dash = dashes[k % dashes.length];
    return { color: theme.series[k % theme.series.length]!, ...(dash && { dash }) };
  });
}

const rowHeightPx = 15;
const topPx = 4;
const swatchPx = 22;
const gapPx = 18;
/** Mean width of a letter, as a part of the type size; on the safe side. */
const letterWidth = 0.56;

interface LegendEntry extends RunStyle {
  readonly label: string;
}

/** Names of compared runs beside pieces of their lines, in as many rows as they need. */
export function runLegend(
  layout: Layout,
  runs: readonly { readonly label?: string; readonly branchMs?: number }[],
): Panel[] {
  const styles = runStyles(runs, layout.theme);
  if (runs.length === 1) return [];
  const entries: LegendEntry[] = runs.map(({ label = "" }, k) => ({ label, ...styles[k]! }));
  if (runs.some(({ branchMs }) => branchMs !== undefined)) {
    entries.push({ label: "past, before the branch", color: layout.theme.quietInk });
  }
  return [legendPanel(layout, entries)];
}

function legendPanel({ document, theme, widthPx, marginLeftPx }: Layout, entries: LegendEntry[]) {
  const svg = svgElement(document, "svg", {});
  let x = marginLeftPx;
  let row = 0;
  for (const { label, color, dash } of entries) {
    const entryWidthPx = swatchPx + 5 + label.length * letterWidth * fontSizesPx.tick;
    if (x > marginLeftPx && x + entryWidthPx > widthPx) {
      x = marginLeftPx;
      row++;
    }
    const y = topPx + (row + 0.5) * rowHeightPx;
    const line = { x1: x, x2: x + swatchPx, y1: y, y2: y, stroke: color, "stroke-width": 1.8 };
    svg.append(
      svgElement(document, "line", { ...line, ...(dash && { "stroke-dasharray": dash }) }),
    );
    const text = svgElement(document, "text", {
      x: x + swatchPx + 5,
      y: y + 3,
      "font-size": fontSizesPx.tick,
      "text-anchor": "start",
      fill: theme.ink,
    });
    text.textContent = label;
    svg.append(text);
    x += entryWidthPx + gapPx;
  }
  return { svg, heightPx: topPx + (row + 1) * rowHeightPx };
}

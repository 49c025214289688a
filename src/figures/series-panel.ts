import * as Plot from "@observablehq/plot";
import { type LineLabel, lineLabels } from "./line-labels.ts";
import { type Layout, type Panel, panel, panelTitle } from "./panel.ts";
import type { Series, SeriesGroup } from "./series.ts";
import type { TimeAxis } from "./time-axis.ts";

export interface SeriesPanelOptions {
  readonly axisLabel: string;
  /** A value marked by a line across the panel. */
  readonly reference?: number;
  /** The axis reaches at least this value. */
  readonly reachesTo?: number;
  /** Drawn under everything else. */
  readonly background: Plot.Markish;
  /** Whether the time axis has numbers and a name. */
  readonly isLast: boolean;
  /** Whether every value has a dot: where there are few, lines alone mislead. */
  readonly isDotted?: boolean;
  /** Height between the axes' ends, px; 120 by default. */
  readonly frameHeightPx?: number;
}

const usualFrameHeightPx = 120;
const marginTopPx = { titled: 20, untitled: 8 };
const marginBottomPx = { last: 40, other: 6 };

/** Lines with their bands against time, from 0 upwards. */
export function seriesPanel(
  layout: Layout,
  time: TimeAxis,
  { title, titleColor = layout.theme.ink, series }: SeriesGroup,
  options: SeriesPanelOptions,
): Panel {
  const { axisLabel, reference, background, isLast, isDotted = false } = options;
  const { frameHeightPx = usualFrameHeightPx } = options;
  const top = Math.max(highestOf(series, reference), options.reachesTo ?? 0) * 1.06;
  const bottomPx = isLast ? marginBottomPx.last : marginBottomPx.other;
  const topPx = title === undefined ? marginTopPx.untitled : marginTopPx.titled;
  return panel(layout, {
    heightPx: topPx + frameHeightPx + bottomPx,
    marginTopPx: topPx,
    marginBottomPx: bottomPx,
    x: { domain: time.domain, numbered: isLast, ...(isLast ? { label: time.label } : {}) },
    y: { domain: [0, top], label: axisLabel },
    marks: [
      background,
      reference === undefined
        ? null
        : Plot.ruleY([reference], { stroke: layout.theme.quietInk, strokeWidth: 0.5 }),
      ...series.map((one) => band(time, one, series.length > 2)),
      ...series.map((one) => line(time, one, series.length > 20)),
      ...(isDotted ? series.map((one) => dots(time, one)) : []),
      lineLabels(labelsOf(series, top, frameHeightPx), frameHeightPx),
      title === undefined ? null : panelTitle(title, titleColor),
    ],
  });
}

/** The highest value drawn; 1 when all are 0 or none is given. */
function highestOf(series: readonly Series[], reference = 0): number {
  let highest = reference;
  for (const { center, spread } of series) {
    center.forEach((value, k) => {
      const edge = value + (spread?.[k] ?? 0);
      if (edge > highest) highest = edge;
    });
  }
  return highest > 0 ? highest : 1;
}

/** The band, down to the axis at most; fainter where several may overlap. */
const band = (time: TimeAxis, { timesMs, center, spread, color }: Series, isFaint: boolean) =>
  spread === undefined
    ? null
    : Plot.areaY(timesMs, {
        x: timesMs.map(time.at),
        y1: center.map((value, k) => Math.max(0, value - spread[k]!)),
        y2: center.map((value, k) => value + spread[k]!),
        fill: color,
        fillOpacity: isFaint ? 0.14 : 0.22,
      });

const line = (
  time: TimeAxis,
  { timesMs, center, color, dash, isThin = false }: Series,
  isOneOfMany: boolean,
) =>
  Plot.lineY(timesMs, {
    x: timesMs.map(time.at),
    y: center,
    stroke: color,
    strokeWidth: isOneOfMany ? 0.5 : isThin ? 0.8 : 1.2,
    ...(dash && { strokeDasharray: dash }),
  });

const dots = (time: TimeAxis, { timesMs, center, color }: Series) =>
  Plot.dot(timesMs, { x: timesMs.map(time.at), y: center, r: 2, fill: color });

/** One label a name, at the height where its first line ends. */
function labelsOf(series: readonly Series[], top: number, frameHeightPx: number): LineLabel[] {
  const labels = new Map<string, LineLabel>();
  for (const { label, color, center } of series) {
    const end = center.findLast((value) => !Number.isNaN(value));
    if (end === undefined || label === "" || labels.has(label)) continue;
    labels.set(label, { text: label, color, yPx: frameHeightPx * (1 - end / top) });
  }
  return [...labels.values()];
}

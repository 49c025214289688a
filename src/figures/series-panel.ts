import * as Plot from "@observablehq/plot";
import { type LineLabel, lineLabels } from "./line-labels.ts";
import { type Layout, type Panel, type PanelAxis, panel, panelTitle } from "./panel.ts";
import type { Series, SeriesGroup } from "./series.ts";
import type { TimeAxis } from "./time-axis.ts";
import { logarithmicAxis } from "./value-axis.ts";

export interface SeriesPanelOptions {
  readonly axisLabel: string;
  /** A value marked by a line across the panel. */
  readonly reference?: number;
  /** The axis reaches at least this value. */
  readonly reachesTo?: number;
  /** Whether the axis is logarithmic where the lines span a very large ratio. */
  readonly mayBeLogarithmic?: boolean;
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

/** From this ratio of the lines' values on, an axis that may be is logarithmic. */
const LEAST_LOGARITHMIC_RATIO = 1000;

/** About so many powers of ten have ticks. */
const LOGARITHMIC_TICKS = 5;

/** Lines with their bands against time, from 0 upwards. */
export function seriesPanel(
  layout: Layout,
  time: TimeAxis,
  { title, titleColor = layout.theme.ink, series }: SeriesGroup,
  options: SeriesPanelOptions,
): Panel {
  const { axisLabel, reference, background, isLast, isDotted = false } = options;
  const { frameHeightPx = usualFrameHeightPx } = options;
  const highest = Math.max(highestOf(series, reference), options.reachesTo ?? 0);
  const axis = options.mayBeLogarithmic ? wideAxis(series, highest) : undefined;
  const y = axis ?? { domain: [0, highest * 1.06] as const };
  const bottomPx = isLast ? marginBottomPx.last : marginBottomPx.other;
  const topPx = title === undefined ? marginTopPx.untitled : marginTopPx.titled;
  return panel(layout, {
    heightPx: topPx + frameHeightPx + bottomPx,
    marginTopPx: topPx,
    marginBottomPx: bottomPx,
    x: { domain: time.domain, numbered: isLast, ...(isLast ? { label: time.label } : {}) },
    y: { ...y, label: axisLabel },
    marks: [
      background,
      reference === undefined
        ? null
        : Plot.ruleY([reference], { stroke: layout.theme.quietInk, strokeWidth: 0.5 }),
      ...series.map((one) => band(time, one, y.domain[0], series.length > 2)),
      ...series.map((one) => line(time, one, series.length > 20)),
      ...(isDotted ? series.map((one) => dots(time, one)) : []),
      lineLabels(labelsOf(series, y, frameHeightPx), frameHeightPx),
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

/** A logarithmic axis from the least positive value of a line; undefined where a linear one will do. */
function wideAxis(series: readonly Series[], highest: number): PanelAxis | undefined {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const { center } of series) {
    for (const value of center) {
      if (value > 0 && value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (!(most >= LEAST_LOGARITHMIC_RATIO * least)) return undefined;
  const axis = logarithmicAxis(least, highest);
  const [from, to] = axis.domain.map(Math.log10) as [number, number];
  const step = Math.ceil((to - from) / LOGARITHMIC_TICKS);
  const ticks: number[] = [];
  for (let power = step * Math.ceil(from / step); power <= to; power += step) {
    ticks.push(Number(`1e${power}`));
  }
  return { ...axis, ticks };
}

/** The band, down to the axis at most; fainter where several may overlap. */
const band = (
  time: TimeAxis,
  { timesMs, center, spread, color }: Series,
  bottom: number,
  isFaint: boolean,
) =>
  spread === undefined
    ? null
    : Plot.areaY(timesMs, {
        x: timesMs.map(time.at),
        y1: center.map((value, k) => Math.max(bottom, value - spread[k]!)),
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
function labelsOf(
  series: readonly Series[],
  { domain: [bottom, top], type }: PanelAxis,
  frameHeightPx: number,
): LineLabel[] {
  const partOf = (value: number) =>
    type === "log"
      ? Math.log(Math.max(value, bottom) / bottom) / Math.log(top / bottom)
      : value / top;
  const labels = new Map<string, LineLabel>();
  for (const { label, color, center } of series) {
    const end = center.findLast((value) => !Number.isNaN(value));
    if (end === undefined || label === "" || labels.has(label)) continue;
    labels.set(label, { text: label, color, yPx: frameHeightPx * (1 - partOf(end)) });
  }
  return [...labels.values()];
}

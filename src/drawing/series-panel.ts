import * as Plot from "@observablehq/plot";
import type { Band } from "./band.ts";
import { counted, noteOf } from "./figure-notes.ts";
import { isolatedPlaces } from "./isolated.ts";
import { type LineLabel, lineLabels } from "./line-labels.ts";
import { type Layout, type Panel, type PanelAxis, panel, panelTitle } from "./panel.ts";
import type { Series, SeriesGroup } from "./series.ts";
import type { TimeAxis } from "./time-axis.ts";
import { above, logarithmicAxis, powerTicks } from "./value-axis.ts";

export interface SeriesPanelOptions {
  readonly axisLabel: string;
  /** A value marked by a line across the panel. */
  readonly reference?: number;
  /** The axis reaches at least this value. */
  readonly reachesTo?: number;
  /** A logarithmic axis reaches down to this value at least. */
  readonly reachesFrom?: number;
  /** From this ratio of positive values, bands' included, on, the axis is logarithmic; never when absent. */
  readonly logarithmicFromRatio?: number;
  /** Noun for the values behind a line: cells by default. */
  readonly countedNoun?: string;
  /** Drawn under everything else. */
  readonly background: Plot.Markish;
  /** True if the time axis has numbers and a name. */
  readonly isLast: boolean;
  /** True if every value has a dot: where there are few, lines alone mislead. */
  readonly isDotted?: boolean;
  /** Height between the axes' ends, px; 120 by default. */
  readonly frameHeightPx?: number;
}

const usualFrameHeightPx = 120;
const marginTopPx = { titled: 20, untitled: 8 };
const marginBottomPx = { last: 40, other: 6 };

/** Lines with their bands against time, from 0 or from the least value below it. */
export function seriesPanel(
  layout: Layout,
  time: TimeAxis,
  { title, titleColor = layout.theme.ink, series: given }: SeriesGroup,
  options: SeriesPanelOptions,
): Panel {
  const series = given.map(finiteSeries);
  const { axisLabel, reference, background, isLast, isDotted = false } = options;
  const { frameHeightPx = usualFrameHeightPx } = options;
  const highest = Math.max(highestOf(series, reference), options.reachesTo ?? 0);
  const axis = wideAxis(series, highest, options);
  const y = axis ?? { domain: [above(lowestOf(series)), above(highest)] as const };
  const bottomPx = isLast ? marginBottomPx.last : marginBottomPx.other;
  const topPx = title === undefined ? marginTopPx.untitled : marginTopPx.titled;
  return panel(layout, {
    heightPx: topPx + frameHeightPx + bottomPx,
    marginTopPx: topPx,
    marginBottomPx: bottomPx,
    x: { domain: time.domain, numbered: isLast, ...(isLast ? { label: time.label } : {}) },
    y: { ...y, label: axisLabel },
    notes: notesOf(time, given, y, { title, noun: options.countedNoun ?? "cell" }),
    bands: bandsOf(time, series),
    marks: [
      background,
      reference === undefined
        ? null
        : Plot.ruleY([reference], { stroke: layout.theme.quietInk, strokeWidth: 0.5 }),
      ...series.map((one) => line(time, one, series.length > 20)),
      ...series.map((one) => dots(time, one, isDotted)),
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
      const edge = Math.min(Number.MAX_VALUE, spread?.upper[k] ?? value);
      if (edge > highest) highest = edge;
    });
  }
  return highest > 0 ? highest : 1;
}

/** The least value drawn, or 0 where none is below. */
const lowestOf = (series: readonly Series[]): number =>
  series.reduce(
    (lowest, { center }) =>
      center.reduce((least, value) => (value < least ? value : least), lowest),
    0,
  );

/** A line without the points that are infinite, which no axis has. */
function finiteSeries(series: Series): Series {
  const { center, spread } = series;
  if (!center.some((value) => Math.abs(value) === Infinity)) return series;
  const known = (values: Float64Array) =>
    values.map((value, k) => (Number.isFinite(center[k]) ? value : Number.NaN));
  return {
    ...series,
    center: known(center),
    ...(spread && {
      spread: { ...spread, lower: known(spread.lower), upper: known(spread.upper) },
    }),
  };
}

/** Names of a panel and of counted items in notes. */
interface PanelNames {
  readonly title: string | undefined;
  readonly noun: string;
}

/** Notes on lines outside the panel. */
function notesOf(
  time: TimeAxis,
  series: readonly Series[],
  { domain: [bottom], type }: Pick<PanelAxis, "domain" | "type">,
  { title: name, noun }: PanelNames,
): string[] {
  const values = series.flatMap(({ center }) => [...center]);
  const known = values.filter(Number.isFinite);
  const hidden = type === "log" ? known.filter((value) => value <= 0).length : 0;
  const isCut = series.some(({ center, spread }) =>
    center.some((value, k) => value > 0 && (spread?.lower[k] ?? value) < bottom),
  );
  return [
    ...notFiniteNotes(time, series, { title: name, noun }),
    ...(known.length === 0 ? [noteOf(name, "no values in this time range")] : []),
    ...(hidden > 0
      ? [noteOf(name, `${counted(hidden, "value")} at or below 0 not on the logarithmic axis`)]
      : []),
    ...(isCut ? [noteOf(name, "bands are clipped at the lower end of the axis")] : []),
  ];
}

/** Of values that are infinite or not a number: since when, and how many lines or cells have them. */
function notFiniteNotes(
  time: TimeAxis,
  series: readonly Series[],
  { title: name, noun }: PanelNames,
): string[] {
  let first = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const { timesMs, center, notFiniteCount } of series) {
    center.forEach((value, k) => {
      const count = notFiniteCount?.[k] ?? +(Math.abs(value) === Infinity);
      if (count > 0) first = Math.min(first, timesMs[k]!);
    });
    most += notFiniteCount?.reduce((largest, count) => Math.max(largest, count), 0) ?? 0;
  }
  if (first === Number.POSITIVE_INFINITY) return [];
  const whose = most > 0 ? ` of up to ${counted(most, noun)}` : "";
  const text = `values${whose} infinite or NaN from ${time.moment(first)} on, excluded`;
  return [noteOf(name, text)];
}

/** A logarithmic axis from the least positive value of a line; undefined where a linear one will do. */
function wideAxis(
  series: readonly Series[],
  highest: number,
  {
    reachesFrom: lowest = Infinity,
    logarithmicFromRatio: fromRatio = Infinity,
  }: SeriesPanelOptions,
): PanelAxis | undefined {
  const least = series.reduce(
    (least, { center }) => Math.min(least, leastPositive(center)),
    lowest,
  );
  if (!(highest >= fromRatio * least)) return undefined;
  const axis = logarithmicAxis(least, highest);
  return { ...axis, ticks: powerTicks(axis.domain) };
}

/** The least of the values above 0; Infinity without any. */
export const leastPositive = (values: Float64Array): number =>
  values.reduce((least, value) => (value > 0 && value < least ? value : least), Infinity);

/** The bands of lines; fainter where several may overlap. */
const bandsOf = (time: TimeAxis, series: readonly Series[]): Band[] =>
  series.flatMap(({ timesMs, spread, color }) =>
    spread
      ? [
          {
            ...spread,
            x: timesMs.map(time.at),
            color,
            opacity: series.length > 2 ? 0.14 : 0.22,
          },
        ]
      : [],
  );

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

/** Dots at all points, or at those that no line shows. */
function dots(time: TimeAxis, { timesMs, center, color }: Series, isDotted: boolean) {
  const places = isDotted ? Array.from(center, (_, k) => k) : isolatedPlaces(center);
  return Plot.dot(places, {
    x: (k: number) => time.at(timesMs[k]!),
    y: (k: number) => center[k]!,
    r: 2,
    fill: color,
  });
}

/** One label a name, at the height where its first line ends. */
function labelsOf(
  series: readonly Series[],
  { domain: [bottom, top], type }: PanelAxis,
  frameHeightPx: number,
): LineLabel[] {
  const partOf = (value: number) =>
    type === "log"
      ? (Math.log(Math.max(value, bottom)) - Math.log(bottom)) / (Math.log(top) - Math.log(bottom))
      : (value - bottom) / (top - bottom);
  const labels = new Map<string, LineLabel>();
  for (const { label, color, center } of series) {
    const end = center.findLast((value) => !Number.isNaN(value));
    if (end === undefined || label === "" || labels.has(label)) continue;
    labels.set(label, { text: label, color, yPx: frameHeightPx * (1 - partOf(end)) });
  }
  return [...labels.values()];
}

import * as Plot from "@observablehq/plot";
import { cutBandNotes, middleLine } from "../drawing/band-lines.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { type Layout, type Panel, panel } from "../drawing/panel.ts";
import { panelGrid } from "../drawing/panel-grid.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { runLegend, runStyles } from "../drawing/run-styles.ts";
import type { Table } from "../drawing/table.ts";
import { fontSizesPx, lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { type TimeAxis, timeAxis } from "../drawing/time-axis.ts";
import { type ValueAxis, valueAxis } from "../drawing/value-axis.ts";

/** A quantity against time: the median over runs, or the like, with its limits, and how many runs. */
export interface TimedBand {
  /** Name of the values in the middle, as in tables: "median". */
  readonly statistic: string;
  /** Meaning of the limits, which the figure states: "mean ± SD over seeds". */
  readonly shows: string;
  readonly timesMs: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly count: Uint32Array;
  /** True if two points make a step, which no dots mark. */
  readonly isStepped?: boolean;
  /** Single runs by name, drawn as thin lines. */
  readonly traces?: readonly { readonly name: string; readonly values: Float64Array }[];
  /** Ends of runs without the event that a curve of survival is about, marked by ticks. */
  readonly censored?: readonly { readonly timeMs: number; readonly value: number }[];
}

/** Curves that are drawn together. */
export interface CurvePanel {
  /** In kebab case, part of a file's name; empty where there is one panel. */
  readonly name: string;
  /** In one line or several. */
  readonly title: string;
  /** Quantity on the axis, such as "Activity (Hz)". */
  readonly axisLabel: string;
  /** One a group, in the groups' order; without points where a group has none. */
  readonly lines: readonly TimedBand[];
  /** Sentences on data outside the panel. */
  readonly notes?: readonly string[];
}

export interface CurveGridData {
  /** Subject at the start of the caption: "Activity of E cells". */
  readonly subject: string;
  /**
   * Labels that distinguish groups of runs, such as "scaling on"; one without a name if nothing
   * does.
   */
  readonly groups: readonly string[];
  readonly panels: readonly CurvePanel[];
  /** Meaning of the lines, such as "medians over 5 seeds"; undefined for single runs. */
  readonly lines?: string | undefined;
  /** Panels in a row. */
  readonly columns: number;
  /** True if all panels have the same axis of values. */
  readonly isShared: boolean;
}

const marginTopPx = 20;
const titleLineHeightPx = 11;

/**
 * Curves against time in a grid of panels: medians over runs, or the like, with their bands, a line a
 * group.
 *
 * @throws {FigureDataError} when there are no curves
 */
export function curveGridFigure(data: CurveGridData, options: FigureOptions): Figure {
  const lines = data.panels.flatMap((one) => one.lines);
  const ends = lines
    .flatMap(({ timesMs }) => [timesMs.at(-1) ?? Number.NaN])
    .filter(Number.isFinite);
  if (ends.length === 0) throw new FigureDataError("There are no curves to draw.");
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 54, marginRightPx: 14 };
  const time = timeAxis({ startMs: 0, endMs: Math.max(...ends) });
  const shared = data.isShared ? axisOf(lines) : undefined;
  const { columns, panels, groups } = data;
  const titleLines = Math.max(...panels.map(({ title }) => title.split("\n").length));
  const cells = panels.map((one, index) => (cell: Layout) => {
    const isLowest = index + columns >= panels.length;
    const axis = shared ?? axisOf(one.lines);
    return curvePanel(cell, time, one, { axis, isLowest, columns, titleLines });
  });
  const legend = runLegend(
    layout,
    groups.map((label) => ({ label })),
  );
  const grid = panelGrid(layout, cells, { columns, marginLeftPx: 54, marginRightPx: 14 });
  const thin = lines.some(({ traces }) => traces) ? "; thin: single runs" : "";
  const over = data.lines ? [`Lines: ${data.lines}${thin}.`] : [];
  const notes = [...over, ...(options.notes ?? [])];
  return {
    ...stackPanels(layout, [...legend, ...grid], `${data.subject}.`, { ...options, notes }),
    tables: panels.flatMap((one) =>
      one.lines.map((line, k) => tableOf(one, line, groups[k]!, groups.length > 1)),
    ),
  };
}

/** Properties that a panel shares with its neighbours. */
interface CellPlace {
  readonly axis: ValueAxis;
  readonly isLowest: boolean;
  readonly columns: number;
  /** Lines of the longest title. */
  readonly titleLines: number;
}

const axisOf = (lines: readonly TimedBand[]): ValueAxis =>
  valueAxis(
    lines.flatMap((line) => [
      { ...line, x: line.timesMs },
      ...(line.traces ?? []).map(({ values }) => {
        return { x: line.timesMs, middle: values, lower: values, upper: values };
      }),
    ]),
    "zero",
  );

function curvePanel(
  layout: Layout,
  time: TimeAxis,
  { title, axisLabel, lines, notes = [] }: CurvePanel,
  { axis, isLowest, columns, titleLines }: CellPlace,
): Panel {
  const { theme } = layout;
  const styles = runStyles(lines, theme);
  const marginBottomPx = isLowest ? 40 : 16;
  const lineTexts = title.split("\n");
  const placed = lines.map((line, k) => {
    return { ...line, x: line.timesMs.map(time.at), color: theme.ink, ...styles[k] };
  });
  const topPx = marginTopPx + (titleLines - 1) * titleLineHeightPx;
  return panel(layout, {
    heightPx: topPx + (columns > 2 ? 76 : 110) + marginBottomPx,
    marginTopPx: topPx,
    marginBottomPx,
    x: { domain: time.domain, numbered: isLowest, ...(isLowest && { label: time.label }) },
    y: { ...axis, label: axisLabel },
    notes: [...notes, ...cutBandNotes(placed, axis.domain, title.replaceAll("\n", ", "))],
    bands: placed.map((line) => ({ ...line, ...(line.traces && { opacity: 0.12 }) })),
    marks: [
      ...placed.flatMap((line) => [
        ...(line.traces ?? []).map(({ values }) => thinLine(line.x, values, line.color)),
        middleLine(line, { ...line, isDotted: line.x.length < 30 && !line.isStepped }),
        Plot.dot(line.censored ?? [], {
          x: ({ timeMs }) => time.at(timeMs),
          y: "value",
          symbol: "plus",
          r: 3,
          stroke: line.color,
        }),
      ]),
      ...lineTexts.map((text, k) => titleLine(text, lineTexts.length - 1 - k, theme.ink)),
    ],
  });
}

/** A single run. */
const thinLine = (x: Float64Array, values: Float64Array, stroke: string): Plot.Markish =>
  Plot.lineY(values, { x, stroke, strokeWidth: 0.6, strokeOpacity: 0.45 });

/** A line of a panel's title, so many lines above its frame. */
const titleLine = (text: string, linesAbove: number, color: string): Plot.Markish =>
  Plot.text([text], {
    frameAnchor: "top-left",
    lineAnchor: "bottom",
    dy: -5 - linesAbove * titleLineHeightPx,
    fill: color,
    fontWeight: "bold",
    fontSize: fontSizesPx.tick,
  });

function tableOf(panelOf: CurvePanel, line: TimedBand, group: string, isOneOfMany: boolean): Table {
  const ownName = isOneOfMany ? group.replace(/[^\w.]+/g, "-").replace(/^-+|-+$/g, "") : "";
  const { statistic, timesMs, middle, lower, upper, count } = line;
  return {
    name: [panelOf.name, ownName].filter((part) => part !== "").join("-"),
    columns: [
      { name: "time_ms", values: timesMs },
      { name: statistic, values: middle },
      { name: "lower", values: lower },
      { name: "upper", values: upper },
      { name: "count", values: count },
      ...(line.traces ?? []),
    ],
  };
}

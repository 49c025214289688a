import * as Plot from "@observablehq/plot";
import { type BandLine, cutBandNotes, meanLine } from "../drawing/band-lines.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { barePanel, type Layout, type Panel, panelTitle } from "../drawing/panel.ts";
import { panelGrid } from "../drawing/panel-grid.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { type AxisPlaces, axisPlaces, type ParameterAxis } from "../drawing/parameter-axis.ts";
import { runLegend, runStyles } from "../drawing/run-styles.ts";
import type { Table } from "../drawing/table.ts";
import { fontSizesPx, lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { valueAxis } from "../drawing/value-axis.ts";

/** One measure of the runs of a study against a parameter. */
export interface MeasurePanel {
  /** In kebab case, part of a file's name. */
  readonly name: string;
  readonly title: string;
  /** "1" for plain numbers. */
  readonly unit: string;
  /** One a group of runs, in the groups' order; a value for each of the parameter's. */
  readonly lines: readonly MeasureLine[];
  /** A value marked by a line across. */
  readonly reference?: number;
  /** Sentences on data outside the panel. */
  readonly notes?: readonly string[];
}

/** Means over runs, with limits where there are several; how many runs there are. */
export interface MeasureLine extends Omit<BandLine, "x"> {
  /** Meaning of the limits, which the figure states: "mean ± SD over seeds". */
  readonly shows: string;
  readonly count: Uint32Array;
}

export interface MeasureFigureData {
  readonly parameter: ParameterAxis;
  /**
   * Labels that distinguish groups of runs, such as "scaling on"; one without a name if nothing
   * does.
   */
  readonly groups: readonly string[];
  readonly panels: readonly MeasurePanel[];
  /** Items averaged over: "5 seeds", …; undefined for single runs. */
  readonly averaged?: string | undefined;
  /** Panels in a row; 2 by default. */
  readonly columns?: number;
}

/** Ticks that have room on an axis of the page's width. */
const WIDE_TICKS = 14;

const frameHeightPx = 110;
const marginTopPx = 22;
const marginBottomPx = 40;

/**
 * Measures of a study's runs against one of its parameters: means over seeds with their bands, a
 * panel a measure and a line a group.
 *
 * @throws {FigureDataError} when there is nothing to draw
 */
export function measureFigure(data: MeasureFigureData, options: FigureOptions): Figure {
  const { parameter, groups, panels, columns = 2 } = data;
  if (panels.length === 0 || parameter.values.length === 0) {
    throw new FigureDataError("There are no measures to draw; name at least one.");
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 54, marginRightPx: 12 };
  const axis = axisPlaces(parameter, widthPx / columns >= pageWidthPx ? WIDE_TICKS : undefined);
  const legend = runLegend(
    layout,
    groups.map((label) => ({ label })),
  );
  const cells = panels.map((one) => (cell: Layout) => measurePanel(cell, axis, one));
  const grid = panelGrid(layout, cells, { columns, marginLeftPx: 54, marginRightPx: 12 });
  const over = data.averaged ? ` Means over ${data.averaged}.` : "";
  const caption = `Measures of the runs against ${parameter.name}.${over}`;
  return {
    ...stackPanels(layout, [...legend, ...grid], caption, options),
    tables: panels.map((one) => tableOf(data, one)),
  };
}

function measurePanel(
  layout: Layout,
  axis: AxisPlaces,
  { title, unit, lines, reference, notes = [] }: MeasurePanel,
): Panel {
  const { theme } = layout;
  const styles = runStyles(lines, theme);
  const isJoined = axis.isNumeric;
  const offset = (k: number) => (isJoined ? 0 : 0.12 * (k - (lines.length - 1) / 2));
  const placed = lines.map((line, k) => {
    const x = axis.places.map((place) => place + offset(k));
    return { ...line, x, color: theme.ink, ...styles[k], isJoined };
  });
  const y = valueAxis(placed, "least");
  return barePanel(layout, {
    heightPx: marginTopPx + frameHeightPx + marginBottomPx,
    marginTopPx,
    marginBottomPx,
    x: { domain: axis.domain },
    y,
    notes: [...notes, ...cutBandNotes(placed, y.domain, title)],
    bands: placed,
    marks: [
      reference === undefined
        ? null
        : Plot.ruleY([reference], { stroke: theme.quietInk, strokeWidth: 0.5 }),
      ...placed.map((line) => meanLine(line, { ...line, isDotted: true })),
      ...parameterAxes(axis),
      panelTitle(unit === "1" ? title : `${title} (${unit})`, theme.ink),
    ],
  });
}

/** Axes of a panel with a parameter below. */
export const parameterAxes = ({ label, ticks, tickText }: AxisPlaces): Plot.Markish[] => [
  Plot.frame({ anchor: "left" }),
  Plot.frame({ anchor: "bottom" }),
  Plot.axisX({
    label: null,
    tickSize: 4,
    tickPadding: 3,
    fontSize: fontSizesPx.tick,
    ticks: [...ticks],
    tickFormat: tickText,
  }),
  Plot.axisY({
    label: null,
    tickSize: 4,
    tickPadding: 3,
    fontSize: fontSizesPx.tick,
    tickSpacing: 28,
    tickFormat: (value: number) => String(Number(value.toPrecision(12))),
  }),
  Plot.text([label], {
    frameAnchor: "bottom",
    dy: 30,
    fontSize: fontSizesPx.label,
    textAnchor: "middle",
  }),
];

/** A row for each value of the parameter; of a switch or choice, its place in their order. */
function tableOf({ parameter, groups }: MeasureFigureData, { name, lines }: MeasurePanel): Table {
  const values = Float64Array.from(parameter.values, (value, index) =>
    typeof value === "number" ? value : index,
  );
  const columnsOf = lines.flatMap((line, k) => {
    const group = groups[k]!.replace(/[^\w.]+/g, "_").replace(/^_+|_+$/g, "");
    const prefix = group === "" ? "" : `${group}_`;
    return (["mean", "lower", "upper", "count"] as const).map((column) => ({
      name: `${prefix}${column}`,
      values: line[column],
    }));
  });
  return { name, columns: [{ name: parameter.name, values }, ...columnsOf] };
}

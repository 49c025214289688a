import * as Plot from "@observablehq/plot";
import type { CensoredValue } from "../analysis/statistics/median.ts";
import { type BandLine, cutBandNotes, middleLine } from "../drawing/band-lines.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import {
  axisStyle,
  barePanel,
  type Layout,
  labelStyle,
  type Panel,
  panelTitle,
} from "../drawing/panel.ts";
import { panelGrid } from "../drawing/panel-grid.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { type AxisPlaces, axisPlaces, type ParameterAxis } from "../drawing/parameter-axis.ts";
import { runLegend, runStyles } from "../drawing/run-styles.ts";
import type { Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
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

/** A run's value at one of the parameter's, by its index. */
export interface RunPoint extends CensoredValue {
  readonly place: number;
}

/** Medians over runs, or the like, with limits where there are several; how many runs there are. */
export interface MeasureLine extends Omit<BandLine, "x"> {
  /** Name of the values in the middle, as in tables: "median". */
  readonly statistic: string;
  /** Meaning of the limits, which the figure states: "mean ± SD over seeds". */
  readonly shows: string;
  readonly count: Uint32Array;
  /** Single runs, drawn as circles, or triangles if they are censored. */
  readonly runs?: readonly RunPoint[];
}

export interface MeasureFigureData {
  readonly parameter: ParameterAxis;
  /**
   * Labels that distinguish groups of runs, such as "scaling on"; one without a name if nothing
   * does.
   */
  readonly groups: readonly string[];
  readonly panels: readonly MeasurePanel[];
  /** Meaning of the dots: "medians over 5 seeds"; undefined for single runs. */
  readonly dots?: string | undefined;
  /** Panels in a row; 2 by default. */
  readonly columns?: number;
}

/** Ticks that have room on an axis of the page's width. */
const WIDE_TICKS = 14;

const frameHeightPx = 110;
const marginTopPx = 22;
const marginBottomPx = 40;

/**
 * Measures of a study's runs against one of its parameters: single runs, and medians or the like with
 * their limits, a panel a measure and a line a group.
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
  const isEach = panels.some(({ lines }) => lines.some(({ runs }) => runs));
  const over = data.dots ? [`Dots: ${data.dots}${isEach ? "; circles: single runs" : ""}.`] : [];
  const notes = [...over, ...(options.notes ?? [])];
  const caption = `Measures of the runs against ${parameter.name}.`;
  return {
    ...stackPanels(layout, [...legend, ...grid], caption, { ...options, notes }),
    tables: panels.flatMap((one) => [tableOf(data, one), ...runTable(data, one)]),
  };
}

function measurePanel(
  layout: Layout,
  axis: AxisPlaces,
  { title, unit, lines, reference, notes = [] }: MeasurePanel,
): Panel {
  const { theme } = layout;
  const styles = runStyles(lines, theme);
  const placed = placedLines(lines, axis).map((line, k) => {
    return { ...line, color: theme.ink, ...styles[k] };
  });
  const y = valueAxis([...placed, ...placed.map(runLine)], "least");
  return barePanel(layout, {
    heightPx: marginTopPx + frameHeightPx + marginBottomPx,
    marginTopPx,
    marginBottomPx,
    x: { domain: axis.domain },
    y,
    notes: [...notes, ...cutBandNotes(placed, y.domain, title)],
    bands: placed.map((line) => ({ ...line, isJoined: false, barWidthPx: 1.2 })),
    marks: [
      reference === undefined
        ? null
        : Plot.ruleY([reference], { stroke: theme.quietInk, strokeWidth: 0.5 }),
      ...placed.flatMap((line) => [
        ...runMarks(line, theme.background),
        middleLine(line, { ...line, isDotted: true }),
      ]),
      ...parameterAxes(axis),
      panelTitle(unit === "1" ? title : `${title} (${unit})`, theme.ink),
    ],
  });
}

/** Width of a group at a place, and of each run in it beside the first, as parts of the axis. */
const slotParts = { group: 0.016, run: 0.011 };

/** The groups' lines side by side at every place, and in each of them its runs, in their order. */
function placedLines(lines: readonly MeasureLine[], { places, domain, isNumeric }: AxisPlaces) {
  const length = domain[1] - domain[0];
  const gap = Math.min(length, ...places.slice(1).map((place, k) => place - places[k]!));
  const most = Math.max(1, ...lines.flatMap(({ count }) => [...count]));
  const slot = Math.min(
    (0.8 * gap) / lines.length,
    length * (slotParts.group + slotParts.run * (most - 1)),
  );
  const step = Math.min(length * slotParts.run, (0.8 * slot) / Math.max(1, most - 1));
  return lines.map((line, k) => {
    const x = places.map((place) => place + slot * (k - (lines.length - 1) / 2));
    const { runs = [] } = line;
    const placedRuns = x.flatMap((centre, place) => {
      const own = runs.filter((run) => run.place === place);
      return own.map((run, index) => ({
        ...run,
        x: centre + step * (index - (own.length - 1) / 2),
      }));
    });
    return { ...line, x, runs: placedRuns, isJoined: isNumeric };
  });
}

interface PlacedRun extends RunPoint {
  readonly x: number;
}

/** Single runs as a line, whose axis is to show them. */
function runLine({ runs }: { readonly runs: readonly PlacedRun[] }): BandLine {
  const values = Float64Array.from(runs, ({ value }) => value);
  return { x: runs.map(({ x }) => x), middle: values, lower: values, upper: values };
}

function runMarks(
  { runs, color }: { readonly runs: readonly PlacedRun[]; readonly color: string },
  background: string,
): Plot.Markish[] {
  const known = runs.filter(({ isCensored }) => !isCensored);
  const censored = runs.filter(({ isCensored }) => isCensored);
  const at = { x: "x", y: "value", stroke: color };
  const open = { symbol: "triangle", r: 2.2, strokeWidth: 1, fill: background } as const;
  return [
    Plot.dot(known, { ...at, r: 1.7, strokeWidth: 0.7 }),
    Plot.dot(censored, { ...at, ...open }),
  ];
}

/** Axes of a panel with a parameter below. */
export const parameterAxes = ({ label, ticks, tickText }: AxisPlaces): Plot.Markish[] => [
  Plot.frame({ anchor: "left" }),
  Plot.frame({ anchor: "bottom" }),
  Plot.axisX({ ...axisStyle, ticks: [...ticks], tickFormat: tickText }),
  Plot.axisY({
    ...axisStyle,
    tickSpacing: 28,
    tickFormat: (value: number) => String(Number(value.toPrecision(12))),
  }),
  Plot.text([label], { ...labelStyle, frameAnchor: "bottom", dy: 30 }),
];

/** Number of a value of the parameter: the value or, of a switch or choice, its place in their order. */
export const numberOf = ({ values }: ParameterAxis, index: number): number => {
  const value = values[index]!;
  return typeof value === "number" ? value : index;
};

/** A row for each value of the parameter. */
function tableOf({ parameter, groups }: MeasureFigureData, { name, lines }: MeasurePanel): Table {
  const values = Float64Array.from(parameter.values, (_, index) => numberOf(parameter, index));
  const columnsOf = lines.flatMap((line, k) => {
    const group = groups[k]!.replace(/[^\w.]+/g, "_").replace(/^_+|_+$/g, "");
    const prefix = group === "" ? "" : `${group}_`;
    return [
      { name: `${prefix}${line.statistic}`, values: line.middle },
      { name: `${prefix}lower`, values: line.lower },
      { name: `${prefix}upper`, values: line.upper },
      { name: `${prefix}count`, values: line.count },
    ];
  });
  return { name, columns: [{ name: parameter.name, values }, ...columnsOf] };
}

/** A row for each run; groups are numbered in their order. */
function runTable({ parameter }: MeasureFigureData, { name, lines }: MeasurePanel): Table[] {
  const runs = lines.flatMap(({ runs = [] }, group) => runs.map((run) => ({ ...run, group })));
  if (runs.length === 0) return [];
  const column = (name: string, of: (run: (typeof runs)[number]) => number) => ({
    name,
    values: Float64Array.from(runs, of),
  });
  return [
    {
      name: `${name}-runs`,
      columns: [
        column(parameter.name, ({ place }) => numberOf(parameter, place)),
        column("group", ({ group }) => group),
        column("value", ({ value }) => value),
        column("is_censored", ({ isCensored }) => Number(isCensored)),
      ],
    },
  ];
}

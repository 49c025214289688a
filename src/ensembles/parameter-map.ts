import * as Plot from "@observablehq/plot";
import type { MedianBand } from "../analysis/statistics/median.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { type ColorScale, colorBar, colorScale, heatMap } from "../drawing/heat-map.ts";
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
import type { Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { numberOf, parameterAxes } from "./measure.ts";

/** A measure at every pair of two parameters' values. */
export interface MapPanel {
  /** In kebab case, part of a file's name. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** Panels of the same measure have the same colours. */
  readonly measure: string;
  /** Medians, `median[row * columns + column]`, rows along y; NaN for none. */
  readonly medians: MedianBand;
  /** Cells whose median exceeds the ends of their runs, and is unknown; marked by triangles. */
  readonly censored?: readonly number[];
  /** Sentences on data outside the panel. */
  readonly notes?: readonly string[];
}

export interface ParameterMapData {
  readonly x: ParameterAxis;
  readonly y: ParameterAxis;
  readonly panels: readonly MapPanel[];
  /** Meaning of the colours, such as "medians over 5 seeds"; undefined for single runs. */
  readonly shows?: string | undefined;
}

const frameHeightPx = 150;
const marginTopPx = 22;
const marginBottomPx = 40;
const margins = { marginLeftPx: 64, marginRightPx: 52 };

/**
 * Measures of a study's runs over two of its parameters as heat maps, a panel a measure.
 *
 * @throws {FigureDataError} when there is nothing to draw
 */
export function parameterMapFigure(data: ParameterMapData, options: FigureOptions): Figure {
  if (data.panels.length === 0) {
    throw new FigureDataError("There are no measures to draw; name at least one.");
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, ...margins };
  const [x, y] = [data.x, data.y].map(evenPlaces) as [AxisPlaces, AxisPlaces];
  const cells = data.panels.map((one) => {
    const alike = data.panels.filter(({ measure }) => measure === one.measure);
    const scale = scaleOf(alike.map(({ medians }) => medians.median));
    return (cell: Layout) => mapPanel(cell, x, y, one, scale);
  });
  const grid = panelGrid(layout, cells, { columns: 2, ...margins });
  const notes = [...(data.shows ? [`Colours: ${data.shows}.`] : []), ...(options.notes ?? [])];
  const caption = `Measures of the runs against ${data.x.name} and ${data.y.name}.`;
  return {
    ...stackPanels(layout, grid, caption, { ...options, notes }),
    tables: data.panels.map((one) => tableOf(data, one)),
  };
}

/** Every value has a cell of the same size. */
function evenPlaces(parameter: ParameterAxis): AxisPlaces {
  const { label, tickText, places, isNumeric, ticks } = axisPlaces(parameter);
  const shown = new Set(ticks);
  const even = places.map((_, index) => index);
  return {
    label,
    isNumeric,
    places: even,
    domain: [-0.5, places.length - 0.5],
    ticks: even.filter((index) => shown.has(places[index]!)),
    tickText: (index) => tickText(places[index]!),
  };
}

function mapPanel(
  layout: Layout,
  x: AxisPlaces,
  y: AxisPlaces,
  { title, unit, medians, censored = [], notes = [] }: MapPanel,
  scale: ColorScale,
): Panel {
  const { theme, widthPx, marginLeftPx, marginRightPx } = layout;
  const frame = { widthPx: widthPx - marginLeftPx - marginRightPx, heightPx: frameHeightPx };
  const columnCount = x.places.length;
  const grid = { values: medians.median, rowCount: y.places.length, columnCount };
  return barePanel(layout, {
    heightPx: marginTopPx + frameHeightPx + marginBottomPx,
    marginTopPx,
    marginBottomPx,
    x: { domain: x.domain },
    y: { domain: y.domain },
    notes,
    marks: [
      heatMap(grid, scale, frame),
      Plot.dot(censored, {
        x: (cell: number) => cell % columnCount,
        y: (cell: number) => Math.floor(cell / columnCount),
        symbol: "triangle",
        r: 3,
        stroke: theme.ink,
      }),
      medians.median.some(Number.isFinite)
        ? colorBar(scale, unit === "1" ? "" : unit, theme, frame)
        : null,
      ...mapAxes(x, y),
      panelTitle(title, theme.ink),
    ],
  });
}

function scaleOf(panels: readonly Float64Array[]): ColorScale {
  const known = panels.flatMap((values) => [...values]).filter(Number.isFinite);
  if (known.length === 0) return colorScale([0, 1]);
  const [least, most] = [
    known.reduce((a, b) => Math.min(a, b)),
    known.reduce((a, b) => Math.max(a, b)),
  ];
  return colorScale([least, most]);
}

function mapAxes(x: AxisPlaces, y: AxisPlaces): Plot.Markish[] {
  const [left, bottom, axisX, , labelX] = parameterAxes(x);
  return [
    left!,
    bottom!,
    axisX!,
    labelX!,
    Plot.axisY({ ...axisStyle, ticks: [...y.ticks], tickFormat: y.tickText }),
    Plot.text([y.label], { ...labelStyle, frameAnchor: "left", rotate: -90, dx: -52 }),
  ];
}

/** A row for each pair of values; of a switch or choice, the value's place in their order. */
function tableOf({ x, y }: ParameterMapData, { name, medians }: MapPanel): Table {
  const { median, lower, upper, count } = medians;
  const columns = x.values.length;
  return {
    name,
    columns: [
      { name: x.name, values: Float64Array.from(median, (_, k) => numberOf(x, k % columns)) },
      {
        name: y.name,
        values: Float64Array.from(median, (_, k) => numberOf(y, Math.floor(k / columns))),
      },
      { name: "median", values: median },
      { name: "lower", values: lower },
      { name: "upper", values: upper },
      { name: "count", values: count },
    ],
  };
}

import * as Plot from "@observablehq/plot";
import type { Interval } from "../analysis/firing/interval.ts";
import type { CellChange, ScalingState } from "../analysis/state/cell-change.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { counted, noteOf } from "../drawing/figure-notes.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { panelGrid } from "../drawing/panel-grid.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import type { Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx, type Theme } from "../drawing/theme.ts";

/** Change of a run's cells, with its correlations. */
export interface ChangeFigureData extends CellChange {
  /** Spearman's rank correlations of the E and of the I cells' rates. */
  readonly rankCorrelations: readonly [excitatory: number, inhibitory: number];
  /** Spearman's rank correlation of scale factor and in-degree. */
  readonly scaleInDegreeCorrelation: number;
  readonly populations: readonly FigurePopulation[];
}

/**
 * Rates of single cells before and after, their scale factors against their excitatory in-degree,
 * and sensed rates against targets.
 *
 * @throws {FigureDataError} when no cell survives
 */
export function changeFigure(data: ChangeFigureData, options: FigureOptions): Figure {
  if (data.cells.length === 0) {
    throw new FigureDataError("No cell lives to the end of the time compared with the baseline.");
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const { scaling } = data;
  const hasTargets = scaling?.targets.some((target) => target > 0) ?? false;
  const drawings = [
    (cell: Layout) => ratesPanel(cell, data),
    ...(scaling ? [(cell: Layout) => scalePanel(cell, data, scaling)] : []),
    ...(scaling && hasTargets ? [(cell: Layout) => targetPanel(cell, data, scaling)] : []),
  ];
  const grid = { columns: 3, marginLeftPx: 52, marginRightPx: 14 };
  const text = ({ startMs, endMs }: Interval) => `${startMs / 1000} to ${endMs / 1000} s`;
  const caption =
    `Firing rate of each cell that survives, at baseline (${text(data.before)}) and after ` +
    `(${text(data.after)}), with Spearman's rank correlation ρ; dashed: no change.` +
    (scaling
      ? " Scale factor of each excitatory cell against its number of synapses from living excitatory cells."
      : "") +
    (hasTargets ? " Sensed activity against its target; dashed: equality." : "");
  return {
    ...stackPanels(layout, panelGrid(layout, drawings, grid), caption, options),
    tables: tablesOf(data),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly color: string;
}

function ratesPanel(layout: Layout, data: ChangeFigureData): Panel {
  const colors = colorsOf(data.populations, layout.theme);
  const points = [...data.cells].map((cell, k) => {
    return { x: data.beforeHz[k]!, y: data.afterHz[k]!, color: colors[cell]! };
  });
  const [E, I] = data.rankCorrelations.map(correlationText);
  return scatterPanel(layout, points, {
    title: `Rates, ρ = ${E} (E), ${I} (I)`,
    xLabel: "Before (Hz)",
    yLabel: "After (Hz)",
    hasDiagonal: true,
  });
}

function scalePanel(layout: Layout, data: ChangeFigureData, scaling: ScalingState): Panel {
  const colors = colorsOf(data.populations, layout.theme);
  const points = [...scaling.cells].map((cell, k) => {
    return { x: scaling.inDegrees[k]!, y: scaling.scaleFactors[k]!, color: colors[cell]! };
  });
  return scatterPanel(layout, points, {
    title: `Scale factors, ρ = ${correlationText(data.scaleInDegreeCorrelation)}`,
    xLabel: "Excitatory in-degree",
    yLabel: "Scale factor",
    hasDiagonal: false,
  });
}

function targetPanel(layout: Layout, data: ChangeFigureData, scaling: ScalingState): Panel {
  const colors = colorsOf(data.populations, layout.theme);
  const points = [...scaling.cells].map((cell, k) => {
    return { x: scaling.targets[k]!, y: scaling.sensed[k]!, color: colors[cell]! };
  });
  return scatterPanel(layout, points, {
    title: "Targets",
    xLabel: `Target (${scaling.unit})`,
    yLabel: `Sensed (${scaling.unit})`,
    hasDiagonal: true,
  });
}

interface Scatter {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** True if both axes have one range, with a line of equality. */
  readonly hasDiagonal: boolean;
}

function scatterPanel(layout: Layout, points: readonly Point[], scatter: Scatter): Panel {
  const { theme } = layout;
  const shown = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const [x, y] = scatter.hasDiagonal
    ? [rangeOf(shown.flatMap((point) => [point.x, point.y])), undefined]
    : [rangeOf(shown.map((point) => point.x)), rangeOf(shown.map((point) => point.y))];
  const domains = { x, y: y ?? x };
  const left = points.length - shown.length;
  return panel(layout, {
    heightPx: 20 + 150 + 40,
    marginTopPx: 20,
    marginBottomPx: 40,
    notes:
      left > 0
        ? [noteOf(scatter.title, `no value of ${counted(left, "cell")}, or none that is finite`)]
        : [],
    x: { domain: domains.x, label: scatter.xLabel },
    y: { domain: domains.y, label: scatter.yLabel },
    marks: [
      scatter.hasDiagonal
        ? Plot.line(
            [domains.x, domains.x].map(([a, b], k) => (k === 0 ? [a, a] : [b, b])),
            {
              stroke: theme.quietInk,
              strokeDasharray: "3 3",
            },
          )
        : null,
      Plot.dot(shown, { x: "x", y: "y", r: 1.4, fill: "color", fillOpacity: 0.7 }),
      panelTitle(scatter.title, theme.ink),
    ],
  });
}

/** From 0 for values near it, with room on both sides otherwise. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  if (least >= 0 && least <= most / 2) return [0, 1.06 * most || 1];
  const room = 0.06 * (most - least || Math.abs(most) || 1);
  return [least - room, most + room];
}

const colorsOf = (populations: readonly FigurePopulation[], theme: Theme): string[] =>
  populations.flatMap(({ name, cellCount }) =>
    Array.from({ length: cellCount }, () => theme.populations[name]),
  );

const correlationText = (value: number): string =>
  Number.isNaN(value) ? "–" : value.toFixed(2).replace("-", "−");

function tablesOf({ cells, beforeHz, afterHz, scaling }: ChangeFigureData): Table[] {
  const rates = {
    name: "rates",
    columns: [
      { name: "cell", values: cells },
      { name: "before_hz", values: beforeHz },
      { name: "after_hz", values: afterHz },
    ],
  };
  if (!scaling) return [rates];
  const unit = scaling.unit === "Hz" ? "hz" : "mv_per_ms";
  return [
    rates,
    {
      name: "scaling",
      columns: [
        { name: "cell", values: scaling.cells },
        { name: "scale_factor", values: scaling.scaleFactors },
        { name: "excitatory_in_degree", values: scaling.inDegrees },
        { name: `sensed_${unit}`, values: scaling.sensed },
        { name: `target_${unit}`, values: scaling.targets },
      ],
    },
  ];
}

import * as Plot from "@observablehq/plot";
import type { Interval } from "../analysis/firing/interval.ts";
import { drawnPoints } from "../drawing/drawn-points.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { noteOf } from "../drawing/figure-notes.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import { isolatedPlaces } from "../drawing/isolated.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import type { Period } from "../drawing/period.ts";
import {
  periodRules,
  periodSentence,
  periodStrip,
  periodsWithin,
} from "../drawing/period-strip.ts";
import { populationOf } from "../drawing/series.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import type { Column, Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { type TimeAxis, type TimeUnit, timeAxis } from "../drawing/time-axis.ts";

/** Quantities of a cell's membrane, by their names in tables; mV, NaN once it is dead. */
const potentialQuantities = {
  potentialMv: { column: "potential_mv", label: "" },
  driveMv: { column: "drive_mv", label: "drive" },
  ampaMv: { column: "ampa_mv", label: "AMPA" },
  nmdaMv: { column: "nmda_mv", label: "NMDA" },
  gabaProximalMv: { column: "gaba_proximal_mv", label: "GABA prox." },
  gabaDistalMv: { column: "gaba_distal_mv", label: "GABA distal" },
} as const;

export type PotentialQuantity = keyof typeof potentialQuantities;

/** One cell's potentials at the times of the readings, and its spikes. */
export interface PotentialTrace extends Readonly<Record<PotentialQuantity, Float64Array>> {
  readonly cell: number;
  readonly spikeTimesMs: Float64Array;
}

export interface PotentialsFigureData {
  readonly timesMs: Float64Array;
  readonly traces: readonly PotentialTrace[];
  /** In the order of the cells. */
  readonly populations: readonly FigurePopulation[];
  /** Stretches of the protocol to be marked. */
  readonly periods?: readonly Period[];
}

export interface PotentialsFigureOptions extends FigureOptions {
  readonly interval: Interval;
  readonly timeUnit?: TimeUnit;
}

const frameHeightPx = { single: 150, one: 60 };
const marginTopPx = 18;
const marginBottomPx = { last: 40, other: 5 };

/**
 * Membrane potentials of cells against time, a panel each, with their spikes on top; of a single
 * cell its receptors and synaptic drive, too.
 *
 * @throws {FigureDataError} when there are no readings
 */
export function potentialsFigure(
  data: PotentialsFigureData,
  options: PotentialsFigureOptions,
): Figure {
  const { theme = lightTheme, widthPx = pageWidthPx, interval } = options;
  const { traces, timesMs } = data;
  if (timesMs.length === 0 || traces.length === 0) {
    throw new FigureDataError(
      "There are no readings of potentials to draw; choose a time range in which they were " +
        "recorded.",
    );
  }
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const isSingle = traces.length === 1;
  const layout: Layout = {
    document: options.document,
    theme,
    widthPx,
    marginLeftPx: 52,
    marginRightPx: isSingle ? 66 : 14,
  };
  const shared = { layout, time, background: periodRules(layout, time, periods) };
  const domain = potentialDomain(traces);
  const panels = traces.map((_, k) =>
    potentialPanel(data, k, { ...shared, domain, isLast: !isSingle && k === traces.length - 1 }),
  );
  if (isSingle) panels.push(receptorPanel(data, shared));
  const caption = captionOf(data) + periodSentence(time, periods);
  return {
    ...stackPanels(layout, [...periodStrip(layout, time, periods), ...panels], caption, options),
    tables: tablesOf(data),
  };
}

interface PanelContext {
  readonly layout: Layout;
  readonly time: TimeAxis;
  readonly background: Plot.Markish;
}

/** The same for all cells, with room above for spikes. */
function potentialDomain(traces: readonly PotentialTrace[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { potentialMv } of traces) {
    for (const mv of potentialMv) {
      if (mv < low) low = mv;
      if (mv > high) high = mv;
    }
  }
  if (low > high) return [-90, 0];
  const room = 0.05 * (high - low || 10);
  return [low - room, high + 5 * room];
}

function potentialPanel(
  { timesMs, traces, populations }: PotentialsFigureData,
  index: number,
  context: PanelContext & { readonly domain: readonly [number, number]; readonly isLast: boolean },
): Panel {
  const { layout, time, background, domain, isLast } = context;
  const { cell, potentialMv, spikeTimesMs } = traces[index]!;
  const { name } = populationOf(cell, populations);
  const color = layout.theme.populations[name];
  const bottomPx = isLast ? marginBottomPx.last : marginBottomPx.other;
  const heightPx = traces.length === 1 ? frameHeightPx.single : frameHeightPx.one;
  const points = drawnPoints(potentialMv);
  const isolated = isolatedPlaces(points.map((k) => potentialMv[k]!)).map(
    (place) => points[place]!,
  );
  const [, top] = domain;
  return panel(layout, {
    heightPx: marginTopPx + heightPx + bottomPx,
    marginTopPx,
    marginBottomPx: bottomPx,
    x: { domain: time.domain, numbered: isLast, ...(isLast && { label: time.label }) },
    y: { domain, label: "mV" },
    marks: [
      background,
      Plot.lineY(points, {
        x: (k: number) => time.at(timesMs[k]!),
        y: (k: number) => potentialMv[k]!,
        stroke: color,
        strokeWidth: 0.9,
      }),
      Plot.dot(isolated, {
        x: (k: number) => time.at(timesMs[k]!),
        y: (k: number) => potentialMv[k]!,
        r: 2,
        fill: color,
      }),
      Plot.ruleX(spikeTimesMs, {
        x: time.at,
        y1: top - 0.12 * (top - domain[0]),
        y2: top,
        stroke: layout.theme.ink,
        strokeWidth: 1,
      }),
      panelTitle(`Cell ${cell} (${name})`, color),
    ],
    notes: potentialMv.every(Number.isNaN)
      ? [noteOf(`Cell ${cell}`, "dead throughout this time range")]
      : [],
  });
}

function receptorPanel({ timesMs, traces }: PotentialsFigureData, context: PanelContext): Panel {
  const { layout, time, background } = context;
  const trace = traces[0]!;
  const names = ["ampaMv", "nmdaMv", "gabaProximalMv", "gabaDistalMv", "driveMv"] as const;
  const points = drawnPoints(trace.driveMv);
  const at = (values: Float64Array) => Float64Array.from(points, (k) => values[k]!);
  const series = names.map((name, k) => ({
    label: potentialQuantities[name].label,
    color: name === "driveMv" ? layout.theme.ink : layout.theme.series[k]!,
    isThin: true,
    timesMs: at(timesMs),
    center: at(trace[name]),
  }));
  return seriesPanel(
    layout,
    time,
    { title: "Receptors and synaptic drive", series },
    {
      axisLabel: "mV",
      background,
      isLast: true,
    },
  );
}

function captionOf({ traces, populations }: PotentialsFigureData): string {
  const cells = traces.map(({ cell }) => `${cell} (${populationOf(cell, populations).name})`);
  const whose = cells.length === 1 ? `cell ${cells[0]}` : `cells ${cells.join(", ")}`;
  const receptors =
    traces.length === 1
      ? " Below: contributions of AMPA, NMDA and GABA-A receptors, and their sum, the synaptic " +
        "drive."
      : "";
  return `Membrane potential of ${whose}; ticks: spikes.${receptors}`;
}

function tablesOf({ timesMs, traces }: PotentialsFigureData): Table[] {
  const names = Object.keys(potentialQuantities) as PotentialQuantity[];
  const columns: Column[] = traces.flatMap((trace) =>
    names.map((name) => ({
      name: `cell_${trace.cell}_${potentialQuantities[name].column}`,
      values: trace[name],
    })),
  );
  const spikes = traces
    .flatMap(({ cell, spikeTimesMs }) => Array.from(spikeTimesMs, (timeMs) => ({ timeMs, cell })))
    .sort((a, b) => a.timeMs - b.timeMs);
  return [
    { name: "potentials", columns: [{ name: "time_ms", values: timesMs }, ...columns] },
    {
      name: "spikes",
      columns: [
        { name: "time_ms", values: Float64Array.from(spikes, ({ timeMs }) => timeMs) },
        { name: "cell", values: Uint32Array.from(spikes, ({ cell }) => cell) },
      ],
    },
  ];
}

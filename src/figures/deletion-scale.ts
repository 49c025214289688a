import * as Plot from "@observablehq/plot";
import type { Interval } from "../analysis/firing/interval.ts";
import type { SampledVariable } from "../analysis/state/sampled-variable.ts";
import type { BinnedScaleFactors, ScaleAtDeletion } from "../analysis/state/scale-at-deletion.ts";
import type { Band } from "../drawing/band.ts";
import { type BandLine, middleLine } from "../drawing/band-lines.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { counted, noteOf } from "../drawing/figure-notes.ts";
import { type Layout, type Panel, type PanelAxis, panel, panelTitle } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { pastSentence } from "../drawing/past-sentence.ts";
import type { Period } from "../drawing/period.ts";
import {
  periodRules,
  periodSentence,
  periodStrip,
  periodsWithin,
} from "../drawing/period-strip.ts";
import { notFiniteColumn, pastColumn } from "../drawing/sample-table.ts";
import type { Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { durationText, type TimeAxis, type TimeUnit, timeAxis } from "../drawing/time-axis.ts";
import { above, logarithmicAxis, powerTicks } from "../drawing/value-axis.ts";

/** Scale factors of cells when they were deleted, as `scaleAtDeletion` gives them. */
export interface DeletionScaleFigureData extends ScaleAtDeletion {
  /** 1 for each of all cells that is excitatory. */
  readonly isExcitatory: Uint8Array;
  /** Sampled scale factors of the living excitatory and inhibitory cells. */
  readonly living?: SampledVariable;
  /** True to show excitatory cells only. */
  readonly excitatoryOnly?: boolean;
  /** Time at which the run branched off its past: cells deleted earlier are drawn in grey, ms. */
  readonly branchMs?: number;
  readonly periods?: readonly Period[];
}

export interface DeletionScaleFigureOptions extends FigureOptions {
  readonly interval?: Interval;
  readonly timeUnit?: TimeUnit;
}

const groups = [
  { kind: "excitatory", title: "Excitatory cells" },
  { kind: "inhibitory", title: "Inhibitory cells" },
] as const;

/**
 * The scale factor that each cell was deleted with, against time, and mean ± standard deviation of
 * those deleted about the same time; a panel a class of cells that has factors of its own.
 *
 * @throws {FigureDataError} when no cell was deleted
 */
export function deletionScaleFigure(
  data: DeletionScaleFigureData,
  options: DeletionScaleFigureOptions,
): Figure {
  const { deleted, edgesMs } = data;
  if (deleted.cells.length === 0) {
    throw new FigureDataError(
      "No cell was deleted in this time range: there are no scale factors at deletion to draw.",
    );
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const { interval = { startMs: edgesMs[0]!, endMs: edgesMs.at(-1)! } } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  // Cells that are not scaled keep a factor of 1, of which there is nothing to see.
  const shown = groups.filter(
    ({ kind }) =>
      kind === "excitatory" ||
      (!data.excitatoryOnly && dotsOf(data, kind).some(({ factor }) => factor !== 1)),
  );
  const panels = shown.map((group, place) =>
    groupPanel(layout, time, data, group, periods, place === shown.length - 1),
  );
  const binMs = edgesMs[1]! - edgesMs[0]!;
  const caption =
    `Scale factor of each ${shown.length === 1 ? "excitatory cell" : "cell"} at its deletion (dots); mean ` +
    `of those deleted in bins of ${durationText(binMs)} (line)` +
    (data.living ? "; mean of the living cells (dashed)." : ".") +
    pastSentence(time, [data]) +
    periodSentence(time, periods);
  return {
    ...stackPanels(layout, [...periodStrip(layout, time, periods), ...panels], caption, options),
    tables: tablesOf(data),
  };
}

interface Dot {
  readonly timeMs: number;
  readonly factor: number;
}

function dotsOf(
  { deleted: { timesMs, cells, scaleFactors }, isExcitatory }: DeletionScaleFigureData,
  kind: "excitatory" | "inhibitory",
): Dot[] {
  return [...cells].flatMap((cell, k) =>
    (isExcitatory[cell] === 1) === (kind === "excitatory")
      ? [{ timeMs: timesMs[k]!, factor: scaleFactors[k]! }]
      : [],
  );
}

function groupPanel(
  layout: Layout,
  time: TimeAxis,
  data: DeletionScaleFigureData,
  { kind, title }: (typeof groups)[number],
  periods: readonly Period[],
  isLast: boolean,
): Panel {
  const { theme } = layout;
  const all = dotsOf(data, kind);
  const dots = all.filter(({ factor }) => Number.isFinite(factor));
  const living = livingPoints(time, data.living, kind);
  const axis = factorAxis([...dots, ...living]);
  const binned = data.groups.find(({ group }) => group === kind)!;
  const line = binnedLine(time, data.edgesMs, binned, axis.domain[0]);
  const { branchMs = Number.NEGATIVE_INFINITY } = data;
  return panel(layout, {
    heightPx: isLast ? 230 : 196,
    marginTopPx: 20,
    marginBottomPx: isLast ? 40 : 6,
    x: { domain: time.domain, numbered: isLast, ...(isLast ? { label: time.label } : {}) },
    y: { ...axis, label: "Scale factor at deletion" },
    notes: notesOf(all, dots, binned, axis, title),
    bands: [{ ...line, color: theme[kind] }],
    marks: [
      periodRules(layout, time, periods),
      Plot.ruleY([1], { stroke: theme.quietInk, strokeWidth: 0.5 }),
      middleLine(line, { color: theme[kind] }),
      Plot.lineY(living, { x: "x", y: "factor", stroke: theme.ink, strokeDasharray: "4 2" }),
      Plot.dot(dots, {
        x: ({ timeMs }: Dot) => time.at(timeMs),
        y: "factor",
        r: 1.6,
        fill: ({ timeMs }: Dot) => (timeMs < branchMs ? theme.quietInk : theme[kind]),
      }),
      panelTitle(title, theme[kind]),
    ],
  });
}

/** Above this, factors are shown on a logarithmic axis: they multiply, and few are far from 1. */
const highestLinear = 6;

/** Beyond this ratio, a logarithmic axis has no room for a tick at every power of ten. */
const WIDE_RATIO = 1e6;

/** Mean scale factors of the living cells of a class. */
function livingPoints(time: TimeAxis, living: SampledVariable | undefined, kind: string) {
  const means = living?.groups.find(({ group }) => group === kind)?.mean ?? [];
  return Array.from(means, (factor, k) => ({ x: time.at(living!.timesMs[k]!), factor })).filter(
    ({ factor }) => Number.isFinite(factor),
  );
}

function factorAxis(dots: readonly Pick<Dot, "factor">[]): PanelAxis {
  const factors = dots.map(({ factor }) => factor);
  const highest = factors.reduce((most, factor) => Math.max(most, factor), 1);
  if (highest <= highestLinear) {
    const lowest = factors.reduce((least, factor) => Math.min(least, factor), 0);
    return { domain: [above(lowest), 1.06 * highest] };
  }
  const least = factors.reduce((low, factor) => (factor > 0 && factor < low ? factor : low), 0.5);
  const axis = logarithmicAxis(least, highest);
  const isWide = highest > WIDE_RATIO * least;
  return { ...axis, ...(isWide && { ticks: powerTicks(axis.domain) }) };
}

/** Notes on factors outside a panel. */
function notesOf(
  all: readonly Dot[],
  finite: readonly Dot[],
  { mean, standardDeviation }: BinnedScaleFactors,
  { domain: [bottom], type }: Pick<PanelAxis, "domain" | "type">,
  title: string,
): string[] {
  const hidden = type === "log" ? finite.filter(({ factor }) => factor <= 0).length : 0;
  const of = (count: number) => `${count} of ${counted(all.length, "factor")}`;
  return [
    ...(all.length > finite.length
      ? [noteOf(title, `${of(all.length - finite.length)} infinite or NaN, excluded`)]
      : []),
    ...(hidden > 0
      ? [noteOf(title, `${of(hidden)} at or below 0 not on the logarithmic axis`)]
      : []),
    ...(mean.some((value, bin) => value - standardDeviation[bin]! < bottom)
      ? [noteOf(title, "the band is clipped at the lower end of the axis")]
      : []),
  ];
}

/** Mean ± standard deviation at the middles of the bins in which cells were deleted. */
function binnedLine(
  time: TimeAxis,
  edgesMs: Float64Array,
  { mean, standardDeviation, deletedCount }: BinnedScaleFactors,
  lowest: number,
): BandLine & Pick<Band, "shows"> {
  const bins = Array.from(mean.keys()).filter(
    (bin) => deletedCount[bin]! > 0 && mean[bin]! >= lowest,
  );
  const at = (value: (bin: number) => number) => Float64Array.from(bins, value);
  return {
    shows: "mean ± SD over the cells deleted in a bin",
    x: at((bin) => time.at((edgesMs[bin]! + edgesMs[bin + 1]!) / 2)),
    middle: at((bin) => mean[bin]!),
    lower: at((bin) => mean[bin]! - standardDeviation[bin]!),
    upper: at((bin) => mean[bin]! + standardDeviation[bin]!),
  };
}

function tablesOf({
  deleted,
  edgesMs,
  groups: binned,
  branchMs,
  living,
}: DeletionScaleFigureData): Table[] {
  const { timesMs, cells, scaleFactors } = deleted;
  const columns = [
    { name: "time_ms", values: timesMs },
    ...pastColumn(timesMs, branchMs),
    { name: "cell", values: cells },
    { name: "scale_factor", values: scaleFactors },
  ];
  const means = {
    name: "means",
    columns: [
      { name: "start_ms", values: edgesMs.subarray(0, -1) },
      { name: "end_ms", values: edgesMs.subarray(1) },
      ...binned.flatMap(({ group, mean, standardDeviation, deletedCount, notFiniteCount }) => [
        { name: `${group}_mean`, values: mean },
        { name: `${group}_sd`, values: standardDeviation },
        { name: `${group}_deleted_cells`, values: deletedCount },
        ...notFiniteColumn(`${group}_not_finite_cells`, notFiniteCount),
      ]),
    ],
  };
  const ofLiving = (living?.groups ?? []).flatMap(({ group, mean, livingCount }) => [
    { name: `${group}_mean`, values: mean },
    { name: `${group}_living_cells`, values: livingCount },
  ]);
  const times = { name: "time_ms", values: living?.timesMs ?? new Float64Array() };
  return [
    { name: "cells", columns },
    means,
    ...(living ? [{ name: "living", columns: [times, ...ofLiving] }] : []),
  ];
}

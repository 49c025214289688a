import * as Plot from "@observablehq/plot";
import type { Interval } from "../analysis/interval.ts";
import type { GainDistributions } from "../analysis/plastic-gains.ts";
import type { WeightMatrices } from "../analysis/weight-matrices.ts";
import { type Figure, FigureDataError, type FigureOptions } from "./figure.ts";
import type { FigurePopulation } from "./figure-population.ts";
import { gainDomain, gainMatrixPanel } from "./gain-matrix.ts";
import { type Layout, type Panel, panel, panelTitle } from "./panel.ts";
import { stackPanels } from "./panel-stack.ts";
import { comparisonSentence, pastSentence } from "./past-sentence.ts";
import {
  type Period,
  periodRules,
  periodSentence,
  periodStrip,
  periodsWithin,
} from "./period-strip.ts";
import { runLegend, runStyles } from "./run-styles.ts";
import { pastColumn } from "./sample-table.ts";
import { withPast } from "./series.ts";
import { seriesPanel } from "./series-panel.ts";
import { runTableName, type Table } from "./table.ts";
import { lightTheme, pageWidthPx } from "./theme.ts";
import { type TimeAxis, type TimeUnit, timeAxis } from "./time-axis.ts";

/** Plastic gains of one run at the times at which it recorded them. */
export interface WeightsRun {
  /** What people call the run; needed where runs are compared. */
  readonly label?: string;
  /** When it branched off its past: what is earlier is drawn in grey, ms. */
  readonly branchMs?: number;
  /** Gains of the synapses between E cells, as `gainDistributions` gives them. */
  readonly gains: GainDistributions;
  /** By pair of populations at the same times, as `weightMatrices` gives them. */
  readonly matrices: readonly WeightMatrices[];
}

export interface WeightsFigureData extends WeightsRun {
  readonly populations: readonly FigurePopulation[];
  readonly periods?: readonly Period[];
  /** The same of other runs, to compare with. */
  readonly others?: readonly WeightsRun[];
}

export interface WeightsFigureOptions extends FigureOptions {
  readonly interval?: Interval;
  readonly timeUnit?: TimeUnit;
}

/**
 * Plastic gains: mean ± standard deviation between E cells against time, their distribution at
 * every time (the last one of each run where runs are compared), and at the last time the mean by
 * pair of populations.
 *
 * @throws {@link FigureDataError} when a run has no recorded gains
 */
export function weightsFigure(data: WeightsFigureData, options: WeightsFigureOptions): Figure {
  const runs = [data, ...(data.others ?? [])];
  checkGains(runs);
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const ends = runs.map(({ gains }) => gains.timesMs.at(-1)!);
  const { interval = { startMs: 0, endMs: Math.max(...ends) } } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 46 };
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const lasts = runs.map(({ matrices }) => matrices.at(-1)!);
  const domain = gainDomain(lasts, data.populations);
  const panels = [
    coursePanel(layout, time, runs, periods),
    distributionPanel(layout, runs),
    ...runs.map(({ label }, k) => {
      const last = lasts[k]!;
      const whose = runs.length > 1 ? `, ${label ?? ""}` : "";
      const title = `Mean gain by population at ${time.moment(last.timeMs)}${whose}`;
      return gainMatrixPanel(layout, last, data.populations, domain, title);
    }),
  ];
  const caption =
    "Plastic gains of the synapses between excitatory cells: mean ± standard deviation at the times at which they were recorded; " +
    `their distribution${runs.length > 1 ? " at the last of them" : " at up to six of these times, from pale (the first) to full colour (the last)"}; means by pair of populations.` +
    comparisonSentence(runs) +
    pastSentence(time, runs) +
    periodSentence(time, periods);
  const above = [...runLegend(layout, runs), ...periodStrip(layout, time, periods)];
  return {
    ...stackPanels(layout, [...above, ...panels], caption, options.title),
    tables: runs.flatMap((run, k) => tablesOf(run, data.populations, runs, k)),
  };
}

export interface GainCourseOptions extends WeightsFigureOptions {
  /** Whether the periods have bars above the panel; they have by default. */
  readonly hasBars?: boolean;
}

/**
 * Only the plastic gains between E cells against time: mean ± standard deviation.
 *
 * @throws {@link FigureDataError} when a run has no recorded gains
 */
export function gainCourseFigure(data: WeightsFigureData, options: GainCourseOptions): Figure {
  const runs = [data, ...(data.others ?? [])];
  checkGains(runs);
  const { document, theme = lightTheme, widthPx = pageWidthPx, hasBars = true } = options;
  const ends = runs.map(({ gains }) => gains.timesMs.at(-1)!);
  const { interval = { startMs: 0, endMs: Math.max(...ends) } } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const above = [
    ...runLegend(layout, runs),
    ...(hasBars ? periodStrip(layout, time, periods) : []),
  ];
  const caption =
    "Plastic gains of the synapses between excitatory cells: mean ± standard deviation at the times at which they were recorded." +
    comparisonSentence(runs) +
    pastSentence(time, runs) +
    (hasBars ? periodSentence(time, periods) : "");
  const panels = [...above, coursePanel(layout, time, runs, periods)];
  return {
    ...stackPanels(layout, panels, caption, options.title),
    tables: runs.map((run, k) => courseTable(runTableName("gains", runs, k), run)),
  };
}

function checkGains(runs: readonly WeightsRun[]): void {
  if (runs.every(({ gains }) => gains.timesMs.length > 0)) return;
  throw new FigureDataError(
    "No plastic gains were recorded in this time; they always are at the end of a run, and at times chosen with --gains-at.",
  );
}

function coursePanel(
  layout: Layout,
  time: TimeAxis,
  runs: readonly WeightsRun[],
  periods: readonly Period[],
): Panel {
  const { theme } = layout;
  const styles = runStyles(runs, theme);
  const series = runs.flatMap((run, k) => {
    const { timesMs, summaries } = run.gains;
    return withPast(run, theme, {
      label: "",
      color: theme.excitatory,
      ...styles[k],
      timesMs,
      center: Float64Array.from(summaries, ({ mean }) => mean),
      spread: Float64Array.from(summaries, ({ standardDeviation }) => standardDeviation),
    });
  });
  const title = { title: "Synapses between excitatory cells", titleColor: theme.ink };
  return seriesPanel(
    layout,
    time,
    { ...title, series },
    {
      axisLabel: "Plastic gain",
      reference: 1,
      background: periodRules(layout, time, periods),
      isLast: true,
      isDotted: runs.every(({ gains }) => gains.timesMs.length <= 40),
    },
  );
}

/** Percentages of the synapses in bins of gain, on a logarithmic axis. */
function distributionPanel(layout: Layout, runs: readonly WeightsRun[]): Panel {
  const { theme } = layout;
  const styles = runStyles(runs, theme);
  const lines = runs.flatMap((run, k) => {
    const { timesMs, counts } = run.gains;
    const shown = runs.length > 1 ? [counts.length - 1] : spreadOut(counts.length);
    return shown.map((index) => ({
      corners: histogramCorners(run.gains.edges, counts[index]!),
      color: theme.excitatory,
      opacity: (index + 1) / counts.length,
      ...styles[k],
      ...(timesMs[index]! < (run.branchMs ?? -Infinity) && { color: theme.quietInk }),
    }));
  });
  const highest = Math.max(...runs.map(({ gains }) => highestGain(gains)));
  const percents = lines.flatMap(({ corners }) =>
    corners.flatMap(({ percent }) => (percent > 0 ? [percent] : [])),
  );
  const lowest = percents.reduce((least, percent) => Math.min(least, percent), 100);
  return panel(layout, {
    heightPx: 20 + 110 + 40,
    marginTopPx: 20,
    marginBottomPx: 40,
    x: { domain: [0, highest], label: "Plastic gain" },
    y: { domain: [lowest / 1.5, 150], type: "log", label: "Synapses (%)", ticks: decades(lowest) },
    marks: [
      ...lines.map(({ corners, color, opacity, dash }) =>
        Plot.lineY(corners, {
          x: "gain",
          y: ({ percent }: Corner) => (percent > 0 ? percent : Number.NaN),
          stroke: color,
          strokeOpacity: opacity,
          strokeWidth: 1,
          ...(dash && { strokeDasharray: dash }),
        }),
      ),
      panelTitle("Distribution", theme.ink),
    ],
  });
}

/** More distributions in a panel cannot be told apart. */
const mostDistributions = 6;

/** The first and the last of so many indices, and some evenly between them. */
function spreadOut(count: number): number[] {
  const chosen = Math.min(count, mostDistributions);
  return Array.from({ length: chosen }, (_, k) =>
    chosen === 1 ? 0 : Math.round((k * (count - 1)) / (chosen - 1)),
  );
}

interface Corner {
  readonly gain: number;
  readonly percent: number;
}

/** Both ends of every bin, at its height. */
function histogramCorners(edges: Float64Array, counts: Float64Array): Corner[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return [...counts].flatMap((count, bin) => {
    const percent = total > 0 ? (100 * count) / total : 0;
    return [
      { gain: edges[bin]!, percent },
      { gain: edges[bin + 1]!, percent },
    ];
  });
}

/** The end of the last bin that ever holds a synapse; at least 2. */
function highestGain({ edges, counts }: GainDistributions): number {
  const last = Math.max(...counts.map((row) => row.findLastIndex((count) => count > 0)));
  return Math.max(2, edges[last + 1]!);
}

/** 100, 10, 1, … down to a percentage. */
function decades(lowest: number): number[] {
  const ticks: number[] = [];
  for (let tick = 100; tick >= lowest / 1.5; tick /= 10) ticks.push(tick);
  return ticks;
}

function tablesOf(
  run: WeightsRun,
  populations: readonly FigurePopulation[],
  runs: readonly WeightsRun[],
  index: number,
): Table[] {
  const suffix = runs.length === 1 ? "" : `-${runTableName("", runs, index)}`;
  const { gains, matrices } = run;
  return [
    courseTable(`gains${suffix}`, run),
    histogramTable(`distribution${suffix}`, gains),
    matrixTable(`matrices${suffix}`, matrices, populations),
  ];
}

function courseTable(name: string, { gains: { timesMs, summaries }, branchMs }: WeightsRun): Table {
  const of = (value: (summary: (typeof summaries)[number]) => number) =>
    Float64Array.from(summaries, value);
  return {
    name,
    columns: [
      { name: "time_ms", values: timesMs },
      ...pastColumn(timesMs, branchMs),
      { name: "mean", values: of(({ mean }) => mean) },
      { name: "sd", values: of(({ standardDeviation }) => standardDeviation) },
      { name: "least", values: of(({ quantiles }) => quantiles.least) },
      { name: "q05", values: of(({ quantiles }) => quantiles.q05) },
      { name: "median", values: of(({ quantiles }) => quantiles.median) },
      { name: "q95", values: of(({ quantiles }) => quantiles.q95) },
      { name: "most", values: of(({ quantiles }) => quantiles.most) },
    ],
  };
}

const histogramTable = (name: string, { timesMs, edges, counts }: GainDistributions): Table => ({
  name,
  columns: [
    { name: "gain_from", values: edges.subarray(0, -1) },
    { name: "gain_to", values: edges.subarray(1) },
    ...counts.map((values, k) => ({ name: `synapses_at_${timesMs[k]}_ms`, values })),
  ],
});

/** One row a time and pair of populations, which are numbered in the order of the cells. */
function matrixTable(
  name: string,
  matrices: readonly WeightMatrices[],
  populations: readonly FigurePopulation[],
): Table {
  const order = populations.length;
  const size = order * order;
  const filled = (value: (matrix: WeightMatrices, at: number) => number) => {
    const values = new Float64Array(matrices.length * size);
    return values.map((_, k) => value(matrices[Math.floor(k / size)]!, k % size));
  };
  return {
    name,
    columns: [
      { name: "time_ms", values: filled(({ timeMs }) => timeMs) },
      { name: "presynaptic_population", values: filled((_, at) => Math.floor(at / order)) },
      { name: "postsynaptic_population", values: filled((_, at) => at % order) },
      { name: "synapses", values: filled(({ synapseCount }, at) => synapseCount[at]!) },
      { name: "mean_gain", values: filled(({ meanGain }, at) => meanGain[at]!) },
      { name: "mean_weight_mv", values: filled(({ meanWeightMv }, at) => meanWeightMv[at]!) },
      { name: "total_weight_mv", values: filled(({ totalWeightMv }, at) => totalWeightMv[at]!) },
    ],
  };
}

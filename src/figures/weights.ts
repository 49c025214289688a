import type { Interval } from "../analysis/firing/interval.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import type { Layout, Panel } from "../drawing/panel.ts";
import type { Period } from "../drawing/period.ts";
import { periodRules, periodsWithin } from "../drawing/period-strip.ts";
import { stackRuns } from "../drawing/run-stack.ts";
import { runStyles } from "../drawing/run-styles.ts";
import { withPast } from "../drawing/series.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import { runTableName } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { type TimeAxis, type TimeUnit, timeAxis } from "../drawing/time-axis.ts";
import { wideRatio } from "../drawing/value-axis.ts";
import { gainDistributionPanel } from "./gain-distribution.ts";
import { gainDomain, gainMatrixPanel } from "./gain-matrix.ts";
import { gainCourseTable, weightTables } from "./weight-tables.ts";
import type { WeightsRun } from "./weights-run.ts";

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
 * Plastic gains: median and quantiles between E cells against time, their distribution at
 * every time (the last one of each run where runs are compared), and at the last time the mean by
 * pair of populations.
 *
 * @throws {FigureDataError} when a run has no recorded gains
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
    gainDistributionPanel(layout, runs),
    ...runs.flatMap(({ label }, k) => {
      const last = lasts[k]!;
      const whose = runs.length > 1 ? `, ${label ?? ""}` : "";
      return columnsOf(data.populations).map((column) => {
        const where = column === undefined ? "" : `, column ${column}`;
        const title = `Mean gain by population at ${time.moment(last.timeMs)}${where}${whose}`;
        const cells = { populations: data.populations, column };
        return gainMatrixPanel(layout, last, cells, domain, title);
      });
    }),
  ];
  const sentence =
    "Plastic gains of the synapses between excitatory cells: medians at the times at which they were recorded; " +
    `their distribution${runs.length > 1 ? " at the last of them" : " at up to six of these times, from pale (the first) to full colour (the last)"}; means by pair of populations.`;
  return {
    ...stackRuns(layout, { runs, time, periods, panels, sentence }, options),
    tables: runs.flatMap((_, k) => weightTables(runs, k, data.populations)),
  };
}

/** Columns of the populations; undefined for the only one. */
const columnsOf = (populations: readonly FigurePopulation[]) => [
  ...new Set(populations.map(({ column }) => column)),
];

export interface GainCourseOptions extends WeightsFigureOptions {
  /** True if the periods have bars above the panel; they have by default. */
  readonly hasBars?: boolean;
}

/**
 * Only the plastic gains between E cells against time: median and quantiles.
 *
 * @throws {FigureDataError} when a run has no recorded gains
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
  const barred = hasBars ? periods : [];
  const sentence =
    "Plastic gains of the synapses between excitatory cells: medians at the times at which they were recorded.";
  const panels = [coursePanel(layout, time, runs, periods)];
  return {
    ...stackRuns(layout, { runs, time, periods: barred, panels, sentence }, options),
    tables: runs.map((run, k) => gainCourseTable(runTableName("gains", runs, k), run)),
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
    const quantile = (of: "q05" | "median" | "q95") =>
      Float64Array.from(summaries, ({ quantiles }) => quantiles[of]);
    return withPast(run, theme, {
      label: "",
      color: theme.excitatory,
      ...styles[k],
      timesMs,
      center: quantile("median"),
      spread: {
        lower: quantile("q05"),
        upper: quantile("q95"),
        shows: "5 to 95 % quantile of synapses, about their median",
      },
      notFiniteCount: Uint32Array.from(summaries, ({ notFinite }) => notFinite),
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
      logarithmicFromRatio: wideRatio,
      countedNoun: "synapse",
      background: periodRules(layout, time, periods),
      isLast: true,
      isDotted: runs.every(({ gains }) => gains.timesMs.length <= 40),
    },
  );
}

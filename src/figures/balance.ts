import type { Interval } from "../analysis/firing/interval.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import type { Layout, Panel } from "../drawing/panel.ts";
import type { Period } from "../drawing/period.ts";
import { periodRules, periodsWithin } from "../drawing/period-strip.ts";
import { stackRuns } from "../drawing/run-stack.ts";
import { runStyles } from "../drawing/run-styles.ts";
import { pastColumn } from "../drawing/sample-table.ts";
import { withPast } from "../drawing/series.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import { runTableName, type Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { type TimeUnit, timeAxis } from "../drawing/time-axis.ts";
import { wideRatio } from "../drawing/value-axis.ts";

/** Synaptic input of one run's excitatory cells, and its recurrent gain, at successive times. */
export interface BalanceRun {
  /** Label of the run; required in comparisons. */
  readonly label?: string;
  /** Time of the branch, ms; earlier data are drawn in grey. */
  readonly branchMs?: number;
  readonly timesMs: Float64Array;
  /** Means over the living excitatory cells of the summed effective weights, mV. */
  readonly excitatoryMv: Float64Array;
  readonly inhibitoryMv: Float64Array;
  /** Spectral radius of the effective weights between excitatory cells, relative to threshold. */
  readonly recurrentGain: Float64Array;
}

/** Data of `balanceFigure`. */
export interface BalanceFigureData {
  /** At least one; several are drawn in the same panels. */
  readonly runs: readonly BalanceRun[];
  /** Periods of the protocol, marked above the panels. */
  readonly periods?: readonly Period[];
}

/** Options of `balanceFigure`. */
export interface BalanceFigureOptions extends FigureOptions {
  /** Time range; by default from 0 to the last time. */
  readonly interval?: Interval;
  readonly timeUnit?: TimeUnit;
}

const courses = [
  { values: "excitatoryMv", title: "Excitation of E cells", axisLabel: "Weights (mV)" },
  { values: "inhibitoryMv", title: "Inhibition of E cells", axisLabel: "Weights (mV)" },
  { values: "ratio", title: "E/I balance of E cells", axisLabel: "Ratio" },
  { values: "recurrentGain", title: "Recurrent gain between E cells", axisLabel: "Gain" },
] as const;

/**
 * Figure of the effective weights onto excitatory cells (mV), their balance, and the recurrent gain
 * as a function of time, a line per run.
 *
 * @throws {FigureDataError} when they are known at no time of a run
 * @example
 * ```ts
 * import { balanceFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const run = {
 *   timesMs: Float64Array.of(0, 10_000),
 *   excitatoryMv: Float64Array.of(40, 60),
 *   inhibitoryMv: Float64Array.of(80, 90),
 *   recurrentGain: Float64Array.of(0.6, 0.9),
 * };
 * const figure = balanceFigure({ runs: [run] }, { document: figureDocument() });
 * console.log(figure.caption);
 * ```
 */
export function balanceFigure(data: BalanceFigureData, options: BalanceFigureOptions): Figure {
  const { runs } = data;
  if (runs.some(({ timesMs }) => timesMs.length === 0)) {
    throw new FigureDataError(
      "Gains and scale factors are known at no time in this range; gains are recorded at the end of a run, and at times chosen with --gains-at.",
    );
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const endMs = Math.max(...runs.map(({ timesMs }) => timesMs.at(-1)!));
  const { interval = { startMs: 0, endMs } } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const styles = runStyles(runs, theme);
  const panels = courses.map(({ values, title, axisLabel }, place): Panel => {
    const series = runs.flatMap((run, k) =>
      withPast(run, theme, {
        label: "",
        color: values === "inhibitoryMv" ? theme.inhibitory : theme.excitatory,
        ...styles[k],
        timesMs: run.timesMs,
        center: values === "ratio" ? ratioOf(run) : run[values],
      }),
    );
    return seriesPanel(
      layout,
      time,
      { title, titleColor: theme.ink, series },
      {
        axisLabel,
        logarithmicFromRatio: wideRatio,
        frameHeightPx: 80,
        background: periodRules(layout, time, periods),
        isLast: place === courses.length - 1,
        isDotted: runs.every(({ timesMs }) => timesMs.length <= 40),
      },
    );
  });
  const sentence =
    "Sums of the effective AMPA and GABA-A weights onto excitatory cells, means over the living cells; " +
    "the ratio of both; and the spectral radius of the effective weights between excitatory cells " +
    "relative to the distance of their threshold from rest, at the times at which gains are known.";
  return {
    ...stackRuns(layout, { runs, time, periods, panels, sentence }, options),
    tables: runs.map((run, k) => tableOf(runTableName("balance", runs, k), run)),
  };
}

const ratioOf = ({ excitatoryMv, inhibitoryMv }: BalanceRun) =>
  excitatoryMv.map((weightMv, k) => weightMv / inhibitoryMv[k]!);

const tableOf = (name: string, run: BalanceRun): Table => ({
  name,
  columns: [
    { name: "time_ms", values: run.timesMs },
    ...pastColumn(run.timesMs, run.branchMs),
    { name: "excitatory_mv", values: run.excitatoryMv },
    { name: "inhibitory_mv", values: run.inhibitoryMv },
    { name: "ratio", values: ratioOf(run) },
    { name: "recurrent_gain", values: run.recurrentGain },
  ],
});

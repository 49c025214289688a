import type { Interval } from "../analysis/firing/interval.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { type FigurePopulation, populationKey } from "../drawing/figure-population.ts";
import type { Layout } from "../drawing/panel.ts";
import type { Period } from "../drawing/period.ts";
import { periodRules, periodsWithin } from "../drawing/period-strip.ts";
import { stackRuns } from "../drawing/run-stack.ts";
import { runStyles } from "../drawing/run-styles.ts";
import { pastColumn } from "../drawing/sample-table.ts";
import { type Series, type SeriesGroup, withPast } from "../drawing/series.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import { runTableName, type Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx, type Theme } from "../drawing/theme.ts";
import { durationText, type TimeUnit, timeAxis } from "../drawing/time-axis.ts";

/** Firing rates of one run in bins: spikes per second and living cell; NaN if no cell lives. */
export interface RatesRun {
  /** Label of the run; required in comparisons. */
  readonly label?: string;
  /** Time of the branch, ms; earlier data are drawn in grey. */
  readonly branchMs?: number;
  /** Edges of the bins, ms: one more than the number of bins. */
  readonly edgesMs: Float64Array;
  readonly excitatoryHz: Float64Array;
  readonly inhibitoryHz: Float64Array;
  /** Rates of all fast-spiking and of all low-threshold-spiking cells. */
  readonly fastSpikingHz: Float64Array;
  readonly lowThresholdSpikingHz: Float64Array;
  /** Rates of each population, in the order of `populations`. */
  readonly populationsHz: readonly Float64Array[];
  /** Rates of the excitatory and the inhibitory cells of each column, where there are several. */
  readonly columnsHz?: readonly (readonly [excitatory: Float64Array, inhibitory: Float64Array])[];
}

/** Data of `ratesFigure`. */
export interface RatesFigureData extends RatesRun {
  readonly populations: readonly FigurePopulation[];
  /** Periods of the protocol, marked above the panels. */
  readonly periods?: readonly Period[];
  /** Other runs, drawn in the same panels for comparison. */
  readonly others?: readonly RatesRun[];
}

/** Options of `ratesFigure`. */
export interface RatesFigureOptions extends FigureOptions {
  readonly interval?: Interval;
  readonly timeUnit?: TimeUnit;
}

/**
 * Figure of firing rates as a function of time: of excitatory cells together and by population, and
 * of inhibitory cells together and by class. In comparisons, only the rates of all cells of a class
 * are shown, with one colour per run.
 *
 * @throws {FigureDataError} if there are no bins
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { type FigurePopulation, ratesFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const populations = run.manifest.populations as readonly FigurePopulation[];
 * const ratesOf = (passes: (population: FigurePopulation) => boolean) => {
 *   const cells = analysis.cellsOf(populations, passes);
 *   const bins = { startMs: 0, endMs: 2000, binMs: 100 };
 *   return analysis.populationRates(run.spikes(), [cells], bins).ratesHz[0]!;
 * };
 * const data = {
 *   edgesMs: Float64Array.from({ length: 21 }, (_, k) => 100 * k),
 *   excitatoryHz: ratesOf(({ cellClass }) => cellClass === "E"),
 *   inhibitoryHz: ratesOf(({ cellClass }) => cellClass !== "E"),
 *   fastSpikingHz: ratesOf(({ cellClass }) => cellClass === "FS"),
 *   lowThresholdSpikingHz: ratesOf(({ cellClass }) => cellClass === "LTS"),
 *   populationsHz: populations.map((own) => ratesOf(({ name }) => name === own.name)),
 *   populations,
 * };
 * console.log(ratesFigure(data, { document: figureDocument() }).caption);
 * ```
 */
export function ratesFigure(data: RatesFigureData, options: RatesFigureOptions): Figure {
  const runs = [data, ...(data.others ?? [])];
  const { theme = lightTheme, widthPx = pageWidthPx, interval = spannedInterval(runs) } = options;
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const isSingle = runs.length === 1;
  const layout: Layout = {
    document: options.document,
    theme,
    widthPx,
    marginLeftPx: 52,
    marginRightPx: isSingle ? 34 : 14,
  };
  const groups = isSingle ? singleGroups(data, theme) : comparedGroups(runs, theme);
  const panels = groups.map((group, index) =>
    seriesPanel(layout, time, group, {
      axisLabel: "Rate (Hz)",
      background: periodRules(layout, time, periods),
      isLast: index === groups.length - 1,
    }),
  );
  const binMs = data.edgesMs[1]! - data.edgesMs[0]!;
  const sentence =
    `Firing rates of the excitatory and of the inhibitory cells, per living cell, in bins of ${durationText(binMs)}` +
    (isSingle ? `: all (thick) and by ${data.columnsHz ? "column" : "population or class"}.` : ".");
  return {
    ...stackRuns(layout, { runs, time, periods, panels, sentence }, options),
    tables: runs.map((run, k) => tableOf(run, data.populations, runTableName("rates", runs, k))),
  };
}

function spannedInterval(runs: readonly RatesRun[]): Interval {
  const ends = runs.map(({ edgesMs }) => edgesMs.at(-1));
  const starts = runs.map(({ edgesMs }) => edgesMs[0]);
  if ([...starts, ...ends].some((edge) => edge === undefined)) {
    throw new FigureDataError("There are no bins of time to draw rates in; give at least one.");
  }
  return { startMs: Math.min(...(starts as number[])), endMs: Math.max(...(ends as number[])) };
}

const titles = { excitatory: "Excitatory cells", inhibitory: "Inhibitory cells" } as const;

function singleGroups(data: RatesFigureData, theme: Theme): SeriesGroup[] {
  if (data.columnsHz) return columnGroups(data, data.columnsHz, theme);
  const line = (label: string, color: string, ratesHz: Float64Array, isThin: boolean) =>
    withPast(data, theme, { label, color, isThin, ...points(data, ratesHz) });
  const excitatory = data.populations.flatMap(({ name, cellClass }, k) =>
    cellClass === "E" ? line(name, theme.populations[name], data.populationsHz[k]!, true) : [],
  );
  const classColor = (wanted: "FS" | "LTS") => {
    const found = data.populations.find(({ cellClass }) => cellClass === wanted);
    return found ? theme.populations[found.name] : theme.inhibitory;
  };
  return [
    {
      title: titles.excitatory,
      titleColor: theme.excitatory,
      series: [...excitatory, ...line("all", theme.ink, data.excitatoryHz, false)],
    },
    {
      title: titles.inhibitory,
      titleColor: theme.inhibitory,
      series: [
        ...line("FS", classColor("FS"), data.fastSpikingHz, true),
        ...line("LTS", classColor("LTS"), data.lowThresholdSpikingHz, true),
        ...line("all", theme.ink, data.inhibitoryHz, false),
      ],
    },
  ];
}

/** All cells of a class, and those of each column. */
const columnGroups = (
  data: RatesFigureData,
  columnsHz: NonNullable<RatesRun["columnsHz"]>,
  theme: Theme,
): SeriesGroup[] =>
  (["excitatory", "inhibitory"] as const).map((group, k) => {
    const line = (label: string, color: string, ratesHz: Float64Array, isThin: boolean) =>
      withPast(data, theme, { label, color, isThin, ...points(data, ratesHz) });
    return {
      title: titles[group],
      titleColor: theme[group],
      series: [
        ...columnsHz.flatMap((ratesHz, column) =>
          line(`col ${column}`, theme.series[column % theme.series.length]!, ratesHz[k]!, true),
        ),
        ...line("all", theme.ink, data[`${group}Hz`], false),
      ],
    };
  });

function comparedGroups(runs: readonly RatesRun[], theme: Theme): SeriesGroup[] {
  const styles = runStyles(runs, theme);
  return (["excitatory", "inhibitory"] as const).map((group) => ({
    title: titles[group],
    titleColor: theme.ink,
    series: runs.flatMap((run, k) =>
      withPast(run, theme, { label: "", ...styles[k]!, ...points(run, run[`${group}Hz`]) }),
    ),
  }));
}

/** Rates at the middles of their bins. */
const points = (
  { edgesMs }: RatesRun,
  ratesHz: Float64Array,
): Pick<Series, "timesMs" | "center"> => ({
  timesMs: ratesHz.map((_, bin) => (edgesMs[bin]! + edgesMs[bin + 1]!) / 2),
  center: ratesHz,
});

function tableOf(run: RatesRun, populations: readonly FigurePopulation[], name: string): Table {
  const starts = run.edgesMs.subarray(0, -1);
  return {
    name,
    columns: [
      { name: "start_ms", values: starts },
      { name: "end_ms", values: run.edgesMs.subarray(1) },
      ...pastColumn(starts, run.branchMs),
      { name: "excitatory_hz", values: run.excitatoryHz },
      { name: "inhibitory_hz", values: run.inhibitoryHz },
      { name: "fast_spiking_hz", values: run.fastSpikingHz },
      { name: "low_threshold_spiking_hz", values: run.lowThresholdSpikingHz },
      ...(run.columnsHz ?? []).flatMap(([excitatory, inhibitory], column) => [
        { name: `column_${column}_excitatory_hz`, values: excitatory },
        { name: `column_${column}_inhibitory_hz`, values: inhibitory },
      ]),
      ...populations.map((population, k) => ({
        name: `${populationKey(population)}_hz`,
        values: run.populationsHz[k]!,
      })),
    ],
  };
}

import type { Interval } from "../analysis/firing/interval.ts";
import type { SampledVariable } from "../analysis/state/sampled-variable.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import type { Layout } from "../drawing/panel.ts";
import type { Period } from "../drawing/period.ts";
import { periodRules, periodsWithin } from "../drawing/period-strip.ts";
import { stackRuns } from "../drawing/run-stack.ts";
import { type Scaling, sampleTables } from "../drawing/sample-table.ts";
import { type SampledRun, seriesGroups } from "../drawing/series.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { type TimeUnit, timeAxis } from "../drawing/time-axis.ts";
import { wideRatio } from "../drawing/value-axis.ts";

/** Data of `activityFigure` and `scaleFigure`: the result of `analysis.sampledVariable`, and the populations. */
export interface SampleFigureData extends SampledRun {
  /** Populations in the order of the cells. */
  readonly populations: readonly FigurePopulation[];
  /** Periods of the protocol, marked above the panels. */
  readonly periods?: readonly Period[];
  /** Other runs, drawn in the same panels for comparison. */
  readonly others?: readonly SampledRun[];
}

/** Options of `activityFigure` and `scaleFigure`. */
export interface SampleFigureOptions extends FigureOptions {
  /** Time range, which contains all samples; by default from 0 to the last sample. */
  readonly interval?: Interval;
  readonly timeUnit?: TimeUnit;
  /** Minimum upper end of the axis, in the unit of the figure, for comparable panels. */
  readonly reachesTo?: number;
  /** Maximum lower end of a logarithmic axis, in the unit of the figure, for comparable panels. */
  readonly reachesFrom?: number;
  /** Value marked by a horizontal line, in the unit of the figure. */
  readonly reference?: number;
  /** Ratio of positive values from which on the axis is logarithmic; 1000 for scale factors, else none. */
  readonly logarithmicFromRatio?: number;
  /** True if panels have the names of their groups of cells as titles, as by default. */
  readonly isTitled?: boolean;
  /** True if periods are marked by bars above the panels, as by default. */
  readonly hasBars?: boolean;
  /** Height of a panel, px of 1/96 inch; 120 by default. */
  readonly frameHeightPx?: number;
}

/** Properties of the figure of one sampled variable. */
interface Quantity extends Scaling {
  readonly axisLabel: string;
  /** A value to be marked by a line across. */
  readonly reference?: number;
  /** From this ratio of its values on, its axis is logarithmic. */
  readonly logarithmicFromRatio?: number;
}

/**
 * Figure of the sensed rates (kHz, drawn in Hz) as a function of time: mean ± standard deviation over
 * living cells, one panel per group, or one line per chosen cell.
 *
 * @throws {FigureDataError} if there are no samples, or samples outside the interval
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { activityFigure, type FigurePopulation } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const text = "{ duration: 2 s, record: { samples: { from: 0 s, every: 500 ms } } }";
 * const run = await runExperiment(readExperiment(text));
 * const populations = run.manifest.populations as readonly FigurePopulation[];
 * const sampled = analysis.sampledVariable(run.samples(), "sensedRateKhz", populations);
 * const figure = activityFigure({ ...sampled, populations }, { document: figureDocument() });
 * console.log(figure.caption);
 * ```
 */
export function activityFigure(data: SampleFigureData, options: SampleFigureOptions): Figure {
  const quantity = { axisLabel: "Sensed rate (Hz)", factor: 1000, unitSuffix: "_hz" };
  return sampleFigure(data, options, quantity);
}

/** Figure of the sensed charges of the 2014 model, as of the sensed rates. */
export function chargeFigure(data: SampleFigureData, options: SampleFigureOptions): Figure {
  const quantity = { axisLabel: "Sensed charge (mV/ms)", factor: 1, unitSuffix: "_mv_per_ms" };
  return sampleFigure(data, options, quantity);
}

/**
 * Figure of the scale factors as a function of time: mean ± standard deviation over living cells, one
 * panel per group, or one line per chosen cell. The axis is logarithmic if they diverge.
 *
 * @throws {FigureDataError} if there are no samples, or samples outside the interval
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { type FigurePopulation, scaleFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const text = "{ duration: 2 s, record: { samples: { from: 0 s, every: 500 ms } } }";
 * const run = await runExperiment(readExperiment(text));
 * const populations = run.manifest.populations as readonly FigurePopulation[];
 * const sampled = analysis.sampledVariable(run.samples(), "scaleFactor", populations, [0, 1, 2]);
 * const figure = scaleFigure({ ...sampled, populations }, { document: figureDocument() });
 * console.log(figure.caption);
 * ```
 */
export function scaleFigure(data: SampleFigureData, options: SampleFigureOptions): Figure {
  return sampleFigure(data, options, {
    axisLabel: "Scale factor",
    factor: 1,
    unitSuffix: "",
    reference: 1,
    logarithmicFromRatio: wideRatio,
  });
}

function sampleFigure(
  data: SampleFigureData,
  options: SampleFigureOptions,
  quantity: Quantity,
): Figure {
  const runs = [data, ...(data.others ?? [])];
  const { theme = lightTheme, widthPx = pageWidthPx, hasBars = true, isTitled = true } = options;
  const { interval = wholeInterval(runs, data.periods) } = options;
  for (const { timesMs } of runs) checkTimes(timesMs, interval);
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const barred = hasBars ? periods : [];
  const groups = seriesGroups(runs, { ...quantity, populations: data.populations, theme });
  const layout: Layout = {
    document: options.document,
    theme,
    widthPx,
    marginLeftPx: 52,
    marginRightPx: data.traces.length > 0 ? 60 : 14,
  };
  const background = periodRules(layout, time, periods);
  const panels = groups.map(({ title, ...group }, index) => {
    const titled = { ...group, ...(isTitled && title && { title }) };
    const isLast = index === groups.length - 1;
    const each = { ...quantity, ...panelOptions(options), background, isLast };
    return seriesPanel(layout, time, titled, each);
  });
  const sentence = `${quantity.axisLabel} of ${subjectOf(data)}.`;
  return {
    ...stackRuns(layout, { runs, time, periods: barred, panels, sentence }, options),
    tables: sampleTables(runs, quantity),
  };
}

/** Options of all panels. */
const panelOptions = ({
  reachesTo,
  reachesFrom,
  reference,
  logarithmicFromRatio,
  frameHeightPx,
}: SampleFigureOptions) => ({
  ...(reachesTo !== undefined && { reachesTo }),
  ...(reachesFrom !== undefined && { reachesFrom }),
  ...(reference !== undefined && { reference }),
  ...(logarithmicFromRatio !== undefined && { logarithmicFromRatio }),
  ...(frameHeightPx !== undefined && { frameHeightPx }),
});

function wholeInterval(runs: readonly SampledRun[], periods: readonly Period[] = []): Interval {
  const ends = runs.map(({ timesMs }) => timesMs.at(-1) ?? 0);
  return { startMs: 0, endMs: Math.max(...ends, ...periods.map(({ endMs }) => endMs)) };
}

function checkTimes(timesMs: Float64Array, { startMs, endMs }: Interval): void {
  if (timesMs.length === 0) {
    throw new FigureDataError(
      "There are no samples of the cells to draw; choose a longer interval, or sample more often.",
    );
  }
  if (timesMs[0]! >= startMs && timesMs.at(-1)! <= endMs) return;
  throw new FigureDataError(
    `Samples from ${timesMs[0]} to ${timesMs.at(-1)} ms exceed the interval from ${startMs} to ` +
      `${endMs} ms; pass only those within it.`,
  );
}

/** Description of the cells and the form of the drawn variable. */
function subjectOf({ groups, traces, averaged }: SampledVariable): string {
  const names = groups.map(({ group }) => (group === "all" ? "all cells" : `${group} cells`));
  const over = averaged ? `${averaged} runs, of the means over those alive` : "those alive";
  const means = `${names.join(" and of ")}: ${groups[0]?.quantiles ? "medians" : "means"} over ${over}`;
  const cells = traces.length === 1 ? `cell ${traces[0]!.cell}` : `${traces.length} chosen cells`;
  return [...(groups.length > 0 ? [means] : []), ...(traces.length > 0 ? [cells] : [])].join("; ");
}

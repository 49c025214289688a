import type { Interval } from "../analysis/interval.ts";
import type { SampledVariable } from "../analysis/sampled-variable.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import type { FigurePopulation } from "../drawing/figure-population.ts";
import type { Layout } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { comparisonSentence, pastSentence } from "../drawing/past-sentence.ts";
import type { Period } from "../drawing/period.ts";
import {
  periodRules,
  periodSentence,
  periodStrip,
  periodsWithin,
} from "../drawing/period-strip.ts";
import { runLegend } from "../drawing/run-styles.ts";
import { type Scaling, sampleTables } from "../drawing/sample-table.ts";
import { type SampledRun, seriesGroups } from "../drawing/series.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { type TimeUnit, timeAxis } from "../drawing/time-axis.ts";

/** A sampled variable, as `sampledVariable` gives it, and what puts it in its place. */
export interface SampleFigureData extends SampledRun {
  /** In the order of the cells. */
  readonly populations: readonly FigurePopulation[];
  /** Stretches of the protocol to be marked. */
  readonly periods?: readonly Period[];
  /** The same of other runs, to compare with. */
  readonly others?: readonly SampledRun[];
}

/** Options of a figure of samples. */
export interface SampleFigureOptions extends FigureOptions {
  /** The stretch of time shown, with all samples in it; by default from 0 to the last of all. */
  readonly interval?: Interval;
  readonly timeUnit?: TimeUnit;
  /** The axis reaches at least this value, in the figure's unit: so do panels compare. */
  readonly reachesTo?: number;
  /** A value to be marked by a line across, in the figure's unit. */
  readonly reference?: number;
  /** True if panels are named after their groups of cells; they are by default. */
  readonly isTitled?: boolean;
  /** True if the periods have bars above the panels; they have by default. */
  readonly hasBars?: boolean;
  /** Height of a panel between the axes' ends, px; 120 by default. */
  readonly frameHeightPx?: number;
}

/** Properties of the figure of one sampled variable. */
interface Quantity extends Scaling {
  readonly axisLabel: string;
  /** A value to be marked by a line across. */
  readonly reference?: number;
  /** True if its axis may be logarithmic. */
  readonly mayBeLogarithmic?: boolean;
}

/**
 * Sensed rates in kHz, drawn in Hz, against time: mean ± standard deviation over living cells, a
 * panel a group, or chosen cells, a line each.
 *
 * @throws {FigureDataError} when there are no samples, or some outside the interval.
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

/**
 * Scale factors against time, from 0 or, where they run away, on a logarithmic axis: mean ± standard
 * deviation over living cells, a panel a group, or chosen cells, a line each.
 *
 * @throws {FigureDataError} when there are no samples, or some outside the interval.
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
    mayBeLogarithmic: true,
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
  const caption =
    `${quantity.axisLabel} of ${subjectOf(data)}.` +
    comparisonSentence(runs) +
    pastSentence(time, runs) +
    periodSentence(time, barred);
  const above = [...runLegend(layout, runs), ...periodStrip(layout, time, barred)];
  return {
    ...stackPanels(layout, [...above, ...panels], caption, options),
    tables: sampleTables(runs, quantity),
  };
}

/** Options of all panels. */
const panelOptions = ({ reachesTo, reference, frameHeightPx }: SampleFigureOptions) => ({
  ...(reachesTo !== undefined && { reachesTo }),
  ...(reference !== undefined && { reference }),
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
function subjectOf({ groups, traces }: SampledVariable): string {
  const names = groups.map(({ group }) => (group === "all" ? "all cells" : `${group} cells`));
  const means = `${names.join(" and of ")}: mean ± standard deviation over those alive`;
  const cells = traces.length === 1 ? `cell ${traces[0]!.cell}` : `${traces.length} chosen cells`;
  return [...(groups.length > 0 ? [means] : []), ...(traces.length > 0 ? [cells] : [])].join("; ");
}

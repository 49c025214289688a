import type {
  CellTrace,
  GroupStatistics,
  SampledVariable,
} from "../analysis/state/sampled-variable.ts";
import { FigureDataError } from "./figure.ts";
import type { FigurePopulation } from "./figure-population.ts";
import { type RunStyle, runStyles } from "./run-styles.ts";
import type { Theme } from "./theme.ts";

/** Sampled variable of one run, from `analysis.sampledVariable`. */
export interface SampledRun extends SampledVariable {
  /** Label of the run; required in comparisons. */
  readonly label?: string;
  /** Time of the branch, ms; earlier data are drawn in grey. */
  readonly branchMs?: number;
}

/** A line to draw; NaN where there is nothing. */
export interface Series {
  /** Empty for none. */
  readonly label: string;
  readonly color: string;
  /** Lengths of dashes and gaps; unbroken when absent. */
  readonly dash?: string;
  readonly timesMs: Float64Array;
  readonly center: Float64Array;
  /** True if the line stands behind a more important one. */
  readonly isThin?: boolean;
  readonly spread?: Spread;
  /** Per time, how many of the values behind the line are infinite or not a number. */
  readonly notFiniteCount?: Uint32Array;
}

/** The band around a line. */
export interface Spread {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Its meaning, which the figure states: "mean ± SD over living cells". */
  readonly shows: string;
}

/** Lines that share a panel, under a title if they share one. */
export interface SeriesGroup {
  readonly title?: string;
  readonly titleColor?: string;
  readonly series: readonly Series[];
}

/** Context for drawing a variable's lines. */
interface SeriesContext {
  /** From the variable's unit to that of the figure. */
  readonly factor: number;
  readonly populations: readonly FigurePopulation[];
  readonly theme: Theme;
}

/**
 * A panel for each group of cells, and one for all single cells together: few have a colour and a
 * label each, many those of their population or class. Runs that are compared share the groups'
 * panels, in a colour each; their single cells have a panel a run.
 */
export function seriesGroups(runs: readonly SampledRun[], context: SeriesContext): SeriesGroup[] {
  const styles = runStyles(runs, context.theme);
  const panels = runs[0]!.groups.map(({ group }, index) => {
    const series = runs.flatMap((run, k) =>
      groupSeries(run, run.groups[index]!, styles[k]!, context),
    );
    const titleColor = runs.length === 1 ? groupColor(group, context.theme) : context.theme.ink;
    return { title: groupTitles[group], titleColor, series };
  });
  if (runs[0]!.traces.length === 0) return panels;
  return [
    ...panels,
    ...runs.map((run): SeriesGroup => {
      const series = run.traces.flatMap((_, index) => cellSeries(run, index, context));
      return runs.length === 1 ? { series } : { title: run.label ?? "", series };
    }),
  ];
}

export const groupTitles = {
  all: "All cells",
  excitatory: "Excitatory cells",
  inhibitory: "Inhibitory cells",
} as const;

const groupColor = (group: GroupStatistics["group"], theme: Theme): string =>
  group === "all" ? theme.ink : theme[group];

function groupSeries(
  run: SampledRun,
  statistics: GroupStatistics,
  style: RunStyle | undefined,
  { factor, theme }: SeriesContext,
): Series[] {
  const { group, mean, quantiles, notFiniteCount } = statistics;
  return withPast(run, theme, {
    label: "",
    color: style?.color ?? groupColor(group, theme),
    ...(style?.dash === undefined ? {} : { dash: style.dash }),
    timesMs: run.timesMs,
    center: (quantiles?.median ?? mean).map((value) => value * factor),
    spread: spreadOf(run, statistics, factor),
    notFiniteCount,
  });
}

/** The quantiles of cells where they are known, else mean ± standard deviation. */
function spreadOf(
  { averaged }: SampledRun,
  { mean, standardDeviation, quantiles }: GroupStatistics,
  factor: number,
): Spread {
  if (!quantiles) {
    const shows = averaged
      ? `mean ± SD over ${averaged} runs, of the means over living cells`
      : "mean ± SD over living cells";
    return deviation(mean, standardDeviation, shows, factor);
  }
  const [lower, upper] = [quantiles.q05, quantiles.q95].map((values) =>
    values.map((value) => value * factor),
  ) as [Float64Array, Float64Array];
  return { lower, upper, shows: "5 to 95 % quantile of living cells, about their median" };
}

/** Means ± standard deviations, from their unit to that of the figure. */
const deviation = (
  mean: Float64Array,
  standardDeviation: Float64Array,
  shows: string,
  factor = 1,
): Spread => ({
  lower: mean.map((value, k) => factor * value - factor * standardDeviation[k]!),
  upper: mean.map((value, k) => factor * value + factor * standardDeviation[k]!),
  shows,
});

function cellSeries(run: SampledRun, index: number, context: SeriesContext): Series[] {
  const { factor, populations, theme } = context;
  const { cell, values, notFiniteCount }: CellTrace = run.traces[index]!;
  const { name, cellClass } = populationOf(cell, populations);
  const areFew = run.traces.length <= theme.series.length;
  return withPast(run, theme, {
    label: areFew ? `${cell} (${name})` : cellClass === "E" ? name : cellClass,
    color: areFew ? theme.series[index]! : theme.populations[name],
    timesMs: run.timesMs,
    center: values.map((value) => value * factor),
    notFiniteCount,
  });
}

/** A line in two parts, the past in grey; they meet at the first sample after the branch. */
export function withPast(
  { branchMs = Number.NEGATIVE_INFINITY }: { readonly branchMs?: number },
  theme: Theme,
  series: Series,
): Series[] {
  const { timesMs, center, spread, notFiniteCount } = series;
  const first = timesMs.findIndex((timeMs) => timeMs >= branchMs);
  const own = first < 0 ? timesMs.length : first;
  if (own === 0) return [series];
  const part = (start: number, end: number) => ({
    timesMs: timesMs.subarray(start, end),
    center: center.subarray(start, end),
    ...(spread && {
      spread: {
        ...spread,
        lower: spread.lower.subarray(start, end),
        upper: spread.upper.subarray(start, end),
      },
    }),
    ...(notFiniteCount && { notFiniteCount: notFiniteCount.subarray(start, end) }),
  });
  const past = { ...series, ...part(0, own + 1), label: "", color: theme.quietInk };
  return [past, { ...series, ...part(own, timesMs.length) }];
}

/** @throws {FigureDataError} when the cell is in none of the populations */
export function populationOf(
  cell: number,
  populations: readonly FigurePopulation[],
): FigurePopulation {
  const found = populations.find(
    ({ firstCell, cellCount }) => cell >= firstCell && cell < firstCell + cellCount,
  );
  if (found) return found;
  throw new FigureDataError(
    `Cell ${cell} is in none of the ${populations.length} populations; give the populations of its network.`,
  );
}

import type { Interval } from "../analysis/firing/interval.ts";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import type { Layout } from "../drawing/panel.ts";
import type { Period } from "../drawing/period.ts";
import { periodRules, periodsWithin } from "../drawing/period-strip.ts";
import { stackRuns } from "../drawing/run-stack.ts";
import { runStyles } from "../drawing/run-styles.ts";
import { pastColumn } from "../drawing/sample-table.ts";
import { groupTitles, type Series, withPast } from "../drawing/series.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import { stepPoints } from "../drawing/steps.ts";
import { runTableName, type Table } from "../drawing/table.ts";
import { lightTheme, pageWidthPx, type Theme } from "../drawing/theme.ts";
import { type TimeUnit, timeAxis } from "../drawing/time-axis.ts";

/** Groups of cells of which a quantity is drawn, a panel each. */
type Group = keyof typeof groupTitles;

/** A quantity of a run that holds from each time to the next. */
export interface StepCourse {
  /** Label of the run; required in comparisons. */
  readonly label?: string;
  /** Time of the branch, ms; earlier data are drawn in grey. */
  readonly branchMs?: number;
  readonly timesMs: Float64Array;
  /** A value for each time, of each group. */
  readonly values: Readonly<Partial<Record<Group, Float64Array>>>;
}

export interface StepCoursesData {
  readonly runs: readonly StepCourse[];
  /** Name of the table of a single run in kebab case, and of its columns in snake case. */
  readonly name: string;
  readonly column: string;
  /** Subject of the caption: "Dead cells". */
  readonly subject: string;
  readonly axisLabel: string;
  /** A value marked by a line across. */
  readonly reference?: number;
  readonly periods?: readonly Period[];
}

export interface StepCoursesOptions extends FigureOptions {
  readonly interval?: Interval;
  readonly timeUnit?: TimeUnit;
}

/**
 * A quantity that changes in steps against time, a panel for each group of cells; compared runs
 * share them.
 *
 * @throws {FigureDataError} when there is nothing to draw
 */
export function stepCoursesFigure(data: StepCoursesData, options: StepCoursesOptions): Figure {
  const { runs, name, column, subject, axisLabel, reference } = data;
  if (runs.every(({ timesMs }) => timesMs.length === 0)) {
    throw new FigureDataError(
      `There are no values of the ${subject.toLowerCase()} in this time range.`,
    );
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const {
    interval = { startMs: 0, endMs: Math.max(...runs.map((run) => run.timesMs.at(-1) ?? 0)) },
  } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const time = timeAxis(interval, options.timeUnit);
  const periods = periodsWithin(data.periods, interval);
  const groups = Object.keys(runs[0]!.values) as Group[];
  const panels = groups.map((group, index) =>
    seriesPanel(
      layout,
      time,
      {
        ...(groups.length > 1 && { title: groupTitles[group] }),
        titleColor: runs.length > 1 || group === "all" ? theme.ink : theme[group],
        series: seriesOf(runs, group, theme),
      },
      {
        axisLabel,
        ...(reference !== undefined && { reference }),
        background: periodRules(layout, time, periods),
        isLast: index === groups.length - 1,
      },
    ),
  );
  const sentence = `${subject} against time.`;
  return {
    ...stackRuns(layout, { runs, time, periods, panels, sentence }, options),
    tables: runs.map((run, k) => tableOf(run, { name: runTableName(name, runs, k), column })),
  };
}

function seriesOf(runs: readonly StepCourse[], group: Group, theme: Theme): Series[] {
  const styles = runStyles(runs, theme);
  return runs.flatMap((run, k) => {
    const points = stepPoints(run.timesMs);
    return withPast(run, theme, {
      label: "",
      color: group === "all" ? theme.ink : theme[group],
      ...styles[k],
      timesMs: points.timesMs,
      center: points.of(run.values[group]!),
    });
  });
}

const tableOf = (
  { timesMs, branchMs, values }: StepCourse,
  { name, column }: Pick<StepCoursesData, "name" | "column">,
): Table => ({
  name,
  columns: [
    { name: "time_ms", values: timesMs },
    ...pastColumn(timesMs, branchMs),
    ...Object.entries(values).map(([group, own]) => ({
      name: group === "all" ? column : `${group}_${column}`,
      values: own,
    })),
  ],
});

import type { Interval } from "../analysis/firing/interval.ts";
import type { Figure, FigureOptions } from "../drawing/figure.ts";
import type { Layout } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { pastColumn } from "../drawing/sample-table.ts";
import { groupTitles, type SampledRun, withPast } from "../drawing/series.ts";
import { seriesPanel } from "../drawing/series-panel.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import { type TimeUnit, timeAxis } from "../drawing/time-axis.ts";

export interface LivingCellsFigureOptions extends FigureOptions {
  readonly interval?: Interval;
  readonly timeUnit?: TimeUnit;
}

/**
 * Number of living cells of each group against time; the groups are those of a sampled variable.
 */
export function livingCellsFigure(run: SampledRun, options: LivingCellsFigureOptions): Figure {
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const { interval = { startMs: 0, endMs: run.timesMs.at(-1) ?? 1 } } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 24 };
  const time = timeAxis(interval, options.timeUnit);
  const series = run.groups.flatMap(({ group, livingCount }) =>
    withPast(run, theme, {
      label: group === "all" ? "all" : group === "excitatory" ? "E" : "I",
      color: group === "all" ? theme.ink : theme[group],
      timesMs: run.timesMs,
      center: Float64Array.from(livingCount),
      ...(group === "inhibitory" && { dash: "6 2.5" }),
    }),
  );
  const panel = seriesPanel(
    layout,
    time,
    { series },
    {
      axisLabel: "Living cells",
      background: [],
      isLast: true,
    },
  );
  const names = run.groups.map(({ group }) => groupTitles[group].toLowerCase());
  const caption = `Living cells: ${names.join(", ")}.`;
  const columns = run.groups.map(({ group, livingCount }) => ({
    name: `${group}_living_cells`,
    values: livingCount,
  }));
  const times = [
    { name: "time_ms", values: run.timesMs },
    ...pastColumn(run.timesMs, run.branchMs),
  ];
  return {
    ...stackPanels(layout, [panel], caption, options),
    tables: [{ name: "living-cells", columns: [...times, ...columns] }],
  };
}

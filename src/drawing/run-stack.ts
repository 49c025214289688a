import type { Figure, FigureOptions } from "./figure.ts";
import type { Layout, Panel } from "./panel.ts";
import { stackPanels } from "./panel-stack.ts";
import { comparisonSentence, pastSentence, type ShownRun } from "./past-sentence.ts";
import type { Period } from "./period.ts";
import { periodSentence, periodStrip } from "./period-strip.ts";
import { runLegend } from "./run-styles.ts";
import type { TimeAxis } from "./time-axis.ts";

/** Contents of a figure of runs against time. */
interface RunPanels {
  readonly runs: readonly ShownRun[];
  readonly time: TimeAxis;
  /** Those with bars above the panels. */
  readonly periods: readonly Period[];
  readonly panels: readonly Panel[];
  /** Caption, without what is compared, grey, or a period. */
  readonly sentence: string;
}

/** Puts panels of runs below the names of the runs and the bars of periods, and names both. */
export const stackRuns = (
  layout: Layout,
  { runs, time, periods, panels, sentence }: RunPanels,
  options: Pick<FigureOptions, "title" | "notes" | "drawsNotes">,
): Omit<Figure, "tables"> =>
  stackPanels(
    layout,
    [...runLegend(layout, runs), ...periodStrip(layout, time, periods), ...panels],
    sentence + comparisonSentence(runs) + pastSentence(time, runs) + periodSentence(time, periods),
    options,
  );

import * as Plot from "@observablehq/plot";
import { noteOf } from "../drawing/figure-notes.ts";
import { type Layout, type Panel, panel, panelTitle } from "../drawing/panel.ts";
import { runStyles } from "../drawing/run-styles.ts";
import type { GainDistributions } from "../synapses/plastic-gains.ts";
import type { WeightsRun } from "./weights-run.ts";

/** Percentages of the synapses in bins of gain, on a logarithmic axis. */
export function gainDistributionPanel(layout: Layout, runs: readonly WeightsRun[]): Panel {
  const { theme } = layout;
  const styles = runStyles(runs, theme);
  const lines = runs.flatMap((run, k) => {
    const { timesMs, counts } = run.gains;
    const shown = runs.length > 1 ? [counts.length - 1] : spreadOut(counts.length);
    return shown.map((index) => ({
      corners: histogramCorners(run.gains, index),
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
    notes: runs.flatMap((run) => outsideNotes(run, runs.length > 1 ? run.label : undefined)),
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

/** Of the last distribution with gains in no bin, how many there are. */
function outsideNotes({ gains }: WeightsRun, label: string | undefined): string[] {
  const { timesMs, outsideCounts, summaries } = gains;
  const last = outsideCounts.findLastIndex((count) => count > 0);
  if (last < 0) return [];
  const { count, notFinite } = summaries[last]!;
  const text =
    `${outsideCounts[last]} of ${count + notFinite} gains at ${timesMs[last]! / 1000} s outside ` +
    `the distribution, ${notFinite} of them infinite or NaN`;
  return [noteOf(label, text)];
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

/** Both ends of every bin, at its height: its part of all gains. */
function histogramCorners({ edges, counts, summaries }: GainDistributions, at: number): Corner[] {
  const { count: finite, notFinite } = summaries[at]!;
  const total = finite + notFinite;
  return [...counts[at]!].flatMap((count, bin) => {
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
  for (let power = 2; power >= Math.log10(lowest / 1.5); power--) ticks.push(10 ** power);
  return ticks;
}

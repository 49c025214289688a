import {
  type Observation,
  type SurvivalCurve,
  survivalCurve,
} from "../analysis/statistics/survival.ts";
import { stepPoints } from "../drawing/steps.ts";
import type { CurvePanel, TimedBand } from "../ensembles/curve-grid.ts";
import { runValue } from "./medians.ts";
import type { StudyRun } from "./table.ts";

/** Onsets of hyperactivity in several networks. */
export interface Onsets {
  readonly networks: number;
  /** Networks that became hyperactive. */
  readonly hyperactive: number;
  /** Fraction of networks without an onset so far, against time, s. */
  readonly survival: SurvivalCurve;
  readonly observations: readonly Observation[];
  /** The latest end of a run, s. */
  readonly endS: number;
}

/** Onsets of hyperactivity of complete runs; a run without one ends unharmed. */
export function onsetsOf(runs: readonly StudyRun[]): Onsets {
  const observations = runs.flatMap((run) => {
    const onset = runValue(run, "hyperactivityOnsetS");
    return onset ? [{ time: onset.value, isEvent: !onset.isCensored }] : [];
  });
  return {
    networks: runs.length,
    hyperactive: observations.filter(({ isEvent }) => isEvent).length,
    survival: survivalCurve(observations),
    observations,
    endS: Math.max(0, ...runs.map(({ endMs }) => endMs / 1000)),
  };
}

/** Survival curves, a line for each group of networks. */
export const onsetPanel = (groups: readonly Onsets[]): CurvePanel => ({
  name: "survival",
  title: "Networks not hyperactive so far",
  axisLabel: "Not hyperactive",
  lines: groups.map(steps),
  notes: groups.some(({ networks, hyperactive }) => networks > hyperactive)
    ? ["Crosses: ends of runs without hyperactivity (censored)."]
    : [],
});

/** A survival curve to the end of all observations. */
function steps({ survival, observations, endS }: Onsets): TimedBand {
  const { times, fraction, lower, upper, atRisk } = survival;
  const points = stepPoints(
    Array.from(times, (timeS) => 1000 * timeS),
    1000 * endS,
  );
  return {
    shows: "pointwise 95 % limits of the fraction without hyperactivity (Kaplan–Meier)",
    statistic: "fraction",
    timesMs: points.timesMs,
    middle: points.of(fraction),
    lower: points.of(lower),
    upper: points.of(upper),
    count: Uint32Array.from(points.of(atRisk)),
    isStepped: true,
    censored: observations
      .filter(({ isEvent }) => !isEvent)
      .map(({ time }) => ({
        timeMs: 1000 * time,
        value: fraction[times.findLastIndex((earlier) => earlier <= time)]!,
      })),
  };
}

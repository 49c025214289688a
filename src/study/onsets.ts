import { type SurvivalCurve, survivalCurve } from "../analysis/statistics/survival.ts";
import { stepPoints } from "../drawing/steps.ts";
import type { CurvePanel, TimedBand } from "../figures/curve-grid.ts";
import type { StudyRun } from "./table.ts";

/** Onsets of hyperactivity in several networks. */
export interface Onsets {
  readonly networks: number;
  /** Networks that became hyperactive. */
  readonly hyperactive: number;
  /** Fraction of networks without an onset so far, against time, s. */
  readonly survival: SurvivalCurve;
  /** The latest end of a run, s. */
  readonly endS: number;
}

/** Onsets of hyperactivity of complete runs; a run without one ends unharmed. */
export function onsetsOf(runs: readonly StudyRun[]): Onsets {
  const observations = runs.map(({ endMs, measures: { hyperactivityOnsetS } }) => {
    const endS = endMs / 1000;
    return { time: hyperactivityOnsetS ?? endS, isEvent: hyperactivityOnsetS !== null, endS };
  });
  return {
    networks: runs.length,
    hyperactive: observations.filter(({ isEvent }) => isEvent).length,
    survival: survivalCurve(observations),
    endS: Math.max(0, ...observations.map(({ endS }) => endS)),
  };
}

/** Survival curves, a line for each group of networks. */
export const onsetPanel = (groups: readonly Onsets[]): CurvePanel => ({
  name: "survival",
  title: "Networks not hyperactive so far",
  axisLabel: "Fraction",
  lines: groups.map(steps),
});

/** A survival curve to the end of all observations. */
function steps({ survival: { times, fraction, lower, upper, atRisk }, endS }: Onsets): TimedBand {
  const points = stepPoints(
    Array.from(times, (timeS) => 1000 * timeS),
    1000 * endS,
  );
  return {
    shows: "pointwise 95 % limits of the Kaplan–Meier estimate",
    timesMs: points.timesMs,
    mean: points.of(fraction),
    lower: points.of(lower),
    upper: points.of(upper),
    count: Uint32Array.from(points.of(atRisk)),
    isStepped: true,
  };
}

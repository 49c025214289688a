import { type SurvivalCurve, survivalCurve } from "../analysis/statistics/survival.ts";
import type { CurvePanel, TimedBand } from "../figures/curve-grid.ts";
import { durationMs } from "../model/timeline.ts";
import type { Study } from "./folder.ts";
import { taskCourse } from "./planning/plan.ts";
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
export function onsetsOf(study: Study, runs: readonly StudyRun[]): Onsets {
  const observations = runs.map(({ task, measures: { hyperactivityOnsetS } }) => {
    const endS = durationMs(taskCourse(study.plan.header, task).parameters) / 1000;
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
  title: "Networks not hyperactive so far, with 95 % limits",
  axisLabel: "Fraction",
  lines: groups.map(steps),
});

/** A survival curve to the end of all observations, each step as two points. */
function steps({ survival: { times, fraction, lower, upper, atRisk }, endS }: Onsets): TimedBand {
  const twice = (all: ArrayLike<number>) => Array.from(all).flatMap((one) => [one, one]);
  return {
    timesMs: Float64Array.from([...twice(times).slice(1), endS], (timeS) => 1000 * timeS),
    mean: Float64Array.from(twice(fraction)),
    lower: Float64Array.from(twice(lower)),
    upper: Float64Array.from(twice(upper)),
    count: Uint32Array.from(twice(atRisk)),
    isStepped: true,
  };
}

import { medianCurve } from "../analysis/statistics/median.ts";
import type { CurvePanel, TimedBand } from "../ensembles/curve-grid.ts";
import type { CurveName } from "../measures/curves.ts";
import { readRunCurves } from "./curve-file.ts";
import type { Study } from "./folder.ts";
import { limitNotes, limitsShown, type Pool } from "./medians.ts";
import type { StudyRun } from "./table.ts";

/** Runs whose curves are read and drawn for one panel's line. */
const MOST_CURVES_PER_LINE = 50;

/** So many of a list at most, evenly spread over it. */
export function evenlyChosen<T>(all: readonly T[], most: number): T[] {
  const part = (k: number) => Math.floor((k * most) / all.length);
  return all.length <= most ? [...all] : all.filter((_, k) => part(k) !== part(k - 1));
}

/**
 * The medians of a curve over groups of runs of different seeds, with limits, the single runs, and
 * notes on what is left out of them.
 *
 * @param title of the panel, in one line or several
 */
export function curveLines(
  study: Study,
  groups: readonly (readonly StudyRun[])[],
  labels: readonly string[],
  name: CurveName,
  title: string,
  pool: Pool | undefined,
): Required<Pick<CurvePanel, "lines" | "notes">> {
  const parts = groups.map((runs, k) => {
    const whose = [...title.split("\n"), labels[k]!].filter((text) => text !== "").join(", ");
    return curveBand(study, runs, name, { whose, pool });
  });
  return { lines: parts.map(({ band }) => band), notes: parts.flatMap(({ notes }) => notes) };
}

function curveBand(
  study: Study,
  runs: readonly StudyRun[],
  name: CurveName,
  { whose, pool }: { readonly whose: string; readonly pool: Pool | undefined },
): { readonly band: TimedBand; readonly notes: string[] } {
  const curves = evenlyChosen(runs, MOST_CURVES_PER_LINE).map(({ task }) => ({
    name: `seed_${task.seed}`,
    ...readRunCurves(study.runDirectory(task))[name],
  }));
  const timesMs = curves[0]?.timesMs ?? new Float64Array(0);
  // Runs of other lengths have other times.
  const alike = curves.filter((curve) => curve.timesMs.length === timesMs.length);
  const gaps = alike.filter(({ values }) => !values.every(Number.isFinite)).length;
  const note = (text: string) => (whose === "" ? `${text}.` : `${whose}: ${text}.`);
  const { median, ...limits } = medianCurve(alike.map(({ values }) => values));
  return {
    band: {
      statistic: "median",
      shows: pool ? `pointwise ${limitsShown(limits.count, pool)}` : "",
      timesMs,
      middle: median,
      ...limits,
      ...(alike.length > 1 && { traces: alike }),
    },
    notes: [
      ...limitNotes(limits.count, pool),
      ...(alike.length < runs.length
        ? [note(`${alike.length} of ${runs.length} runs are shown`)]
        : []),
      ...(gaps > 0
        ? [note(`some values are missing, infinite or NaN in ${gaps} of ${alike.length} runs`)]
        : []),
    ],
  };
}

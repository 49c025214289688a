import { medianCurve } from "../analysis/statistics/median.ts";
import type { CurvePanel, TimedBand } from "../ensembles/curve-grid.ts";
import type { Curve, CurveName } from "../measures/curves.ts";
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
  const { timesMs } = curves.reduce<Curve>(
    (longest, curve) => (curve.timesMs.length > longest.timesMs.length ? curve : longest),
    { timesMs: new Float64Array(0), values: new Float64Array(0) },
  );
  const placed = curves.flatMap((curve) => placedAt(timesMs, curve) ?? []);
  const gaps = placed.filter(({ known }) => !known.every(Number.isFinite)).length;
  const hasEnded = placed.some(({ known }) => known.length < timesMs.length);
  const note = (text: string) => (whose === "" ? `${text}.` : `${whose}: ${text}.`);
  const { median, ...limits } = medianCurve(placed.map(({ values }) => values));
  return {
    band: {
      statistic: "median",
      shows: pool ? `pointwise ${limitsShown(limits.count, pool)}` : "",
      timesMs,
      middle: median,
      ...limits,
      ...(placed.length > 1 && { traces: placed }),
    },
    notes: [
      ...limitNotes(limits.count, pool),
      ...(placed.length < runs.length
        ? [note(`${placed.length} of ${runs.length} runs are shown`)]
        : []),
      ...(hasEnded ? ["Runs that end early: drawn until then; medians are over the others."] : []),
      ...(gaps > 0
        ? [note(`some values are missing, infinite or NaN in ${gaps} of ${placed.length} runs`)]
        : []),
    ],
  };
}

/**
 * A curve at given times, of which it may know the first only, and NaN at the others; undefined where
 * it has other times. The last point of a run that was ended early is of a time of its own, and left
 * out.
 */
function placedAt<C extends Curve>(timesMs: Float64Array, curve: C) {
  const other = curve.timesMs.findIndex((timeMs, point) => timeMs !== timesMs[point]);
  const count = other < 0 ? curve.timesMs.length : other;
  if (count < curve.timesMs.length - 1) return undefined;
  const known = curve.values.subarray(0, count);
  const values = new Float64Array(timesMs.length).fill(Number.NaN);
  values.set(known);
  return { ...curve, values, known };
}

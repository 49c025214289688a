import { meanBand } from "../analysis/statistics/confidence.ts";
import type { CurvePanel } from "../figures/curve-grid.ts";
import type { CurveName } from "../measures/curves.ts";
import { readRunCurves } from "./curve-file.ts";
import type { Study } from "./folder.ts";
import { bandsOf, limitsShown } from "./groups.ts";
import type { StudyRun } from "./table.ts";

/** Runs whose curves are read for one panel's line. */
const MOST_CURVES_PER_LINE = 50;

/** Single runs beside a mean that a reader can follow. */
const MOST_TRACES = 30;

/** So many of a list at most, evenly spread over it. */
export function evenlyChosen<T>(all: readonly T[], most: number): T[] {
  const part = (k: number) => Math.floor((k * most) / all.length);
  return all.length <= most ? [...all] : all.filter((_, k) => part(k) !== part(k - 1));
}

/**
 * The means of a curve over groups of runs, with 95 % limits, and notes on what is left out of them.
 *
 * @param title of the panel, in one line or several
 * @param isTraced true if single runs of different seeds are shown, where they are few
 */
export function curveLines(
  study: Study,
  groups: readonly (readonly StudyRun[])[],
  labels: readonly string[],
  name: CurveName,
  title: string,
  isTraced = false,
): Required<Pick<CurvePanel, "lines" | "notes">> {
  const parts = groups.map((runs, k) => {
    const whose = [...title.split("\n"), labels[k]!].filter((text) => text !== "").join(", ");
    return curveBand(study, runs, name, { whose, isTraced });
  });
  return { lines: parts.map(({ band }) => band), notes: parts.flatMap(({ notes }) => notes) };
}

function curveBand(
  study: Study,
  runs: readonly StudyRun[],
  name: CurveName,
  { whose, isTraced }: { readonly whose: string; readonly isTraced: boolean },
) {
  const curves = evenlyChosen(runs, MOST_CURVES_PER_LINE).map(({ task }) => ({
    name: `seed_${task.seed}`,
    ...readRunCurves(study.runDirectory(task))[name],
  }));
  const [first] = curves;
  const shows = `pointwise ${limitsShown("seeds")}`;
  if (!first) return { band: { shows, timesMs: new Float64Array(0), ...bandsOf([]) }, notes: [] };
  // Runs of other lengths have other times.
  const alike = curves.filter(({ timesMs }) => timesMs.length === first.timesMs.length);
  const gaps = alike.filter(({ values }) => !values.every(Number.isFinite)).length;
  const note = (text: string) => (whose === "" ? `${text}.` : `${whose}: ${text}.`);
  return {
    band: {
      shows,
      timesMs: first.timesMs,
      ...meanBand(alike.map(({ values }) => values)),
      ...(isTraced && alike.length > 1 && alike.length <= MOST_TRACES && { traces: alike }),
    },
    notes: [
      ...(alike.length < runs.length
        ? [note(`mean over ${alike.length} of ${runs.length} runs`)]
        : []),
      ...(gaps > 0
        ? [note(`some values are missing, infinite or NaN in ${gaps} of ${alike.length} runs`)]
        : []),
    ],
  };
}

import type { Interval } from "../analysis/firing/interval.ts";
import { FigureDataError } from "../drawing/figure.ts";
import type { VolleysFigureData } from "../figures/volleys.ts";
import { runVolleyLocking } from "../measures/volley-locking.ts";
import { type DrawnRun, identityOf, populationsOf } from "./drawn-run.ts";

/**
 * Firing of a run's populations relative to its volleys in the shown time.
 *
 * @throws {FigureDataError} when there is no whole period of volleys
 */
export function volleysRun(run: DrawnRun, shown: Interval): VolleysFigureData {
  const all = populationsOf(run);
  if (all.some(({ column = 0 }) => column > 0)) {
    throw new FigureDataError(
      `${run.label} has several columns, and volleys shows the populations of one. Plot rates or raster.`,
    );
  }
  const locking = runVolleyLocking(run.history, shown);
  if (!locking) {
    throw new FigureDataError(
      `${run.label} has no whole period of volleys from ${shown.startMs / 1000} to ${shown.endMs / 1000} s; ` +
        "runs of training have volleys, during learning.",
    );
  }
  const populations = locking.populations.map((wanted) => all.find(({ name }) => name === wanted)!);
  const { label } = identityOf(run, shown);
  return { ...locking, label, populations };
}

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
  const locking = runVolleyLocking(run.history, shown);
  if (!locking) {
    throw new FigureDataError(
      `${run.label} has no whole period of volleys from ${shown.startMs / 1000} to ${shown.endMs / 1000} s; ` +
        "runs of training have volleys, during learning.",
    );
  }
  const all = populationsOf(run);
  const populations = locking.populations.map((wanted) => all.find(({ name }) => name === wanted)!);
  const { label } = identityOf(run, shown);
  return { ...locking, label, populations };
}

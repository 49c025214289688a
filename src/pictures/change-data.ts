import type { Interval } from "../analysis/firing/interval.ts";
import { FigureDataError } from "../drawing/figure.ts";
import type { ChangeFigureData } from "../figures/change.ts";
import { cellChange, changeSummary } from "../measures/change.ts";
import { type DrawnRun, populationsOf } from "./drawn-run.ts";
import type { FigureRequest } from "./request.ts";

/**
 * Rates of a run's cells at baseline, and in the time range asked for or that of the final rate.
 *
 * @throws {FigureDataError} when one of the two is not recorded
 */
export function changeRun(
  { label, history }: DrawnRun,
  shown: Interval,
  { fromMs, toMs }: FigureRequest,
): ChangeFigureData {
  const isRange = fromMs !== undefined || toMs !== undefined;
  const change = cellChange(history, isRange ? shown : undefined);
  if (!change) {
    throw new FigureDataError(
      `The baseline of ${label}, or the time compared with it, is not recorded: branches need the past that they came from.`,
    );
  }
  const { rates, scaleInDegreeCorrelation } = changeSummary(history, change);
  return {
    ...change,
    rankCorrelations: [rates[0]!.rankCorrelation, rates[1]!.rankCorrelation],
    scaleInDegreeCorrelation,
    populations: populationsOf({ label, history }),
  };
}

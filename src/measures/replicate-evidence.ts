import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import type { ReplicateEvidence } from "../paper/claims-2014.ts";
import { isDynamicDeath } from "../recording/lifetimes.ts";
import type { RunCurves } from "./curves.ts";
import type { RunHistory } from "./history.ts";
import { informationFlow } from "./information-flow.ts";
import { sampleResults } from "./results.ts";

/** Evidence of a complete run, and its curves. */
export interface MeasuredReplicate {
  readonly evidence: ReplicateEvidence;
  readonly curves: Pick<RunCurves, "activityEHz" | "scaleFactorE" | "livingCells">;
}

/**
 * Measures a complete run of the 2014 model for the claims of its paper.
 *
 * @param segments stretches between which information flow is measured, by their places
 */
export function measuredReplicate(
  history: RunHistory,
  seed: number,
  segments: readonly number[] = [],
): MeasuredReplicate {
  const { curves, measures } = sampleResults(history);
  const deathTimesMs = history.deathTimesMs();
  const { populations } = history.record.manifest;
  const deadAmong = (cells: Uint32Array) =>
    cells.filter((cell) => deathTimesMs[cell]! < Infinity).length;
  const { timesMs, values: activityHz } = curves.activityEHz;
  const firstDeathMs = deathTimesMs.reduce((first, timeMs) => Math.min(first, timeMs), Infinity);
  const before = timesMs.findLastIndex((timeMs) => timeMs < firstDeathMs);
  const evidence: ReplicateEvidence = {
    seed,
    deadE: deadAmong(cellsOf(populations, isExcitatory)),
    deadI: deadAmong(cellsOf(populations, isInhibitory)),
    dynamicDeaths: history.events().filter(isDynamicDeath).length,
    activityBeforeHz: activityHz[before] ?? Number.NaN,
    activityEndHz: activityHz.at(-1) ?? Number.NaN,
    scaleFactorEnd: measures.scaleFactorMean ?? Number.NaN,
    information: informationFlow(history, segments),
  };
  return { evidence, curves };
}

import { cellsOf, isExcitatory } from "../analysis/firing/cell-groups.ts";
import { synapsesBetween } from "../analysis/state/plastic-gains.ts";
import { pearsonCorrelation } from "../analysis/statistics/pearson-correlation.ts";
import type { PairedGains } from "../paper/evidence.ts";
import type { RunHistory } from "./history.ts";

/**
 * Gains between excitatory cells of a run without scaling and of one with it, in the same network,
 * at the last time until `untilMs` at which both recorded them; null where there is no such time, or
 * no gain has changed by then.
 */
export function pairedGains(
  withoutScaling: RunHistory,
  withScaling: RunHistory,
  untilMs: number,
): PairedGains | null {
  const [first, second] = [withoutScaling, withScaling].map((run) => run.lastGains(untilMs));
  if (!first || !second) return null;
  if (first.timeMs !== second.timeMs) {
    return pairedGains(withoutScaling, withScaling, Math.min(first.timeMs, second.timeMs));
  }
  const { record } = withoutScaling;
  const excitatory = cellsOf(record.manifest.populations, isExcitatory);
  const synapses = synapsesBetween(record.synapses(), excitatory, excitatory);
  const [without, scaled] = [first.gains(), second.gains()].map((gains) =>
    Float64Array.from(synapses, (synapse) => gains[synapse]!),
  ) as [Float64Array, Float64Array];
  const { correlation, meanX: meanWithout, meanY: meanWith } = pearsonCorrelation(without, scaled);
  if (Number.isNaN(correlation)) return null;
  return { timeS: first.timeMs / 1000, correlation, meanWithout, meanWith };
}

import { cellsOf, isExcitatory } from "../analysis/firing/cell-groups.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import {
  type PearsonCorrelation,
  pearsonCorrelation,
} from "../analysis/statistics/pearson-correlation.ts";
import type { PairedGains } from "../paper/evidence.ts";
import { synapsesBetween } from "../synapses/plastic-gains.ts";
import type { GainRecord, RunHistory } from "./history.ts";

/** Gains between excitatory cells of two runs in one network at one time: those of B against A. */
export interface GainRegression {
  readonly timeMs: number;
  readonly meanA: number;
  readonly meanB: number;
  /** Pearson's correlation over synapses; NaN where the gains of a run do not vary. */
  readonly correlation: number;
  /** Slope of the least-squares line of B on A. */
  readonly slope: number;
}

/** Times at which gains are compared, at most. */
const MOST_TIMES = 12;

/**
 * Gains between excitatory cells of two runs at the times at which both recorded them, at most
 * twelve of these; empty if their networks differ.
 */
export function gainRegressions(a: RunHistory, b: RunHistory, within: Interval): GainRegression[] {
  if (a.record.manifest.network.hash !== b.record.manifest.network.hash) return [];
  const others = new Map(b.gainRecords(within).map((record) => [record.timeMs, record]));
  const pairs = a.gainRecords(within).flatMap((record): [GainRecord, GainRecord][] => {
    const other = others.get(record.timeMs);
    return other ? [[record, other]] : [];
  });
  // Where a time has two records, the later one is the state it leaves.
  const times = [...new Map(pairs.map((pair) => [pair[0].timeMs, pair])).values()];
  const every = Math.ceil(times.length / MOST_TIMES);
  return times
    .filter((_, k) => (times.length - 1 - k) % every === 0)
    .map(([one, other]) => {
      const { meanX, meanY, ...line } = correlationOf(a, one, other);
      return { timeMs: one.timeMs, meanA: meanX, meanB: meanY, ...line };
    });
}

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
  const { correlation, meanX, meanY } = correlationOf(withoutScaling, first, second);
  if (Number.isNaN(correlation)) return null;
  return { timeS: first.timeMs / 1000, correlation, meanWithout: meanX, meanWith: meanY };
}

/** Correlation of the gains between excitatory cells in two records of one network. */
function correlationOf(
  { record }: RunHistory,
  first: GainRecord,
  second: GainRecord,
): PearsonCorrelation {
  const excitatory = cellsOf(record.manifest.populations, isExcitatory);
  const synapses = synapsesBetween(record.synapses(), excitatory, excitatory);
  const [x, y] = [first.gains(), second.gains()].map((gains) =>
    Float64Array.from(synapses, (synapse) => gains[synapse]!),
  ) as [Float64Array, Float64Array];
  return pearsonCorrelation(x, y);
}

import type { Interval } from "../analysis/firing/interval.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { CellGroup } from "./group-statistics.ts";
import { type ComparedDistributions, comparedDistributions } from "./spike-comparison.ts";
import { type GainGroup, plasticGains, scaleFactors, type ValuesByGroup } from "./state-values.ts";

/** Distributions at the last time in the interval at which both runs recorded them. */
export interface ComparedState<Group> {
  readonly timeMs: number;
  readonly groups: readonly ({ readonly group: Group } & ComparedDistributions)[];
}

/** Null where the runs have no such time in common. */
export interface StateComparison {
  /** Of the living cells. */
  readonly scaleFactors: ComparedState<CellGroup> | null;
  /** Of the synapses of excitatory cells, by the class of the postsynaptic cell. */
  readonly plasticGains: ComparedState<GainGroup> | null;
}

/** Compares two runs' scale factors and plastic gains late in an interval. */
export function compareStates(a: RunReader, b: RunReader, interval: Interval): StateComparison {
  return {
    scaleFactors: compareAt([a, b], [a.sampleTimesMs, b.sampleTimesMs], interval, scaleFactors),
    plasticGains: compareAt([a, b], [a.gainTimesMs, b.gainTimesMs], interval, plasticGains),
  };
}

function compareAt<Group extends string>(
  [a, b]: readonly [RunReader, RunReader],
  [timesA, timesB]: readonly [Float64Array, Float64Array],
  interval: Interval,
  valuesOf: (record: RunReader, index: number) => ValuesByGroup<Group>,
): ComparedState<Group> | null {
  const timeMs = lastCommon(timesA, timesB, interval);
  if (timeMs === undefined) return null;
  // Where a time has two entries, the later one is the state it leaves.
  const [one, other] = [
    valuesOf(a, timesA.lastIndexOf(timeMs)),
    valuesOf(b, timesB.lastIndexOf(timeMs)),
  ];
  const groups = (Object.keys(one) as Group[]).map((group) => ({
    group,
    ...comparedDistributions(one[group], other[group]),
  }));
  return { timeMs, groups };
}

/** The last time that both have, startMs ≤ t ≤ endMs. */
function lastCommon(
  a: Float64Array,
  b: Float64Array,
  { startMs, endMs }: Interval,
): number | undefined {
  const known = new Set(b);
  return a.findLast((timeMs) => timeMs >= startMs && timeMs <= endMs && known.has(timeMs));
}

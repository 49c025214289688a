import { cellsOf } from "../analysis/firing/cell-groups.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import {
  PhaseLocking,
  type PhaseStatistics,
  type StimulusLocking,
} from "../analysis/firing/phase-locking.ts";
import type { RunHistory } from "./history.ts";
import { type RunVolleys, runVolleys, type VolleyInput } from "./volleys.ts";

/** Locking of a run's populations to its volleys; populations of several columns count as one. */
export interface VolleyLocking extends StimulusLocking {
  readonly input: VolleyInput;
  /** Names, in the order of the groups. */
  readonly populations: readonly string[];
  /** Periods evaluated, from the first to the last, ms. */
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Accumulator of a run's locking to its volleys in an interval; spikes are added block by block.
 *
 * @returns undefined if no whole period of volleys lies in the interval
 */
export function volleyLocking(history: RunHistory, within: Interval) {
  const volleys = runVolleys(history, within);
  if (!volleys) return undefined;
  const { populations } = history.record.manifest;
  const names = [...new Set(populations.map(({ name }) => name))];
  const groups = names.map((wanted) => cellsOf(populations, ({ name }) => name === wanted));
  const locking = new PhaseLocking(groups, volleys, {
    binCount: histogramBins(volleys.periodMs),
    deathTimesMs: history.deathTimesMs(),
  });
  return {
    add: (spikes: Parameters<typeof locking.add>[0]) => locking.add(spikes),
    result: (): VolleyLocking => ({
      ...locking.result(),
      input: volleys.input,
      populations: names,
      ...spanOf(volleys),
    }),
  };
}

/** Locking of a run's populations to its volleys, from its spikes; undefined where there are none. */
export function runVolleyLocking(history: RunHistory, within: Interval): VolleyLocking | undefined {
  const locking = volleyLocking(history, within);
  if (!locking) return undefined;
  for (const spikes of history.lentSpikeBlocks(within)) locking.add(spikes);
  return locking.result();
}

/** Phase locking of one population. */
export interface PopulationLocking extends PhaseStatistics {
  readonly population: string;
}

/** Locking of the populations to volleys, without histograms. */
export interface LockingSummary {
  readonly input: VolleyInput;
  readonly periodMs: number;
  /** Whole periods evaluated. */
  readonly periodCount: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly groups: readonly PopulationLocking[];
}

/** Vector strengths, phases and tests of a run's populations. */
export function lockingSummary({
  populations,
  groups,
  binMs,
  ...rest
}: VolleyLocking): LockingSummary {
  return {
    ...rest,
    groups: groups.map(({ rateHz, counts, ...group }, k) => ({
      population: populations[k]!,
      ...group,
    })),
  };
}

/** Bins of about 1 ms, 25 to 250 of them. */
const histogramBins = (periodMs: number): number =>
  Math.min(250, Math.max(25, Math.round(periodMs)));

const spanOf = ({ parts }: RunVolleys): Interval => ({
  startMs: parts[0]!.startMs,
  endMs: parts.at(-1)!.endMs,
});

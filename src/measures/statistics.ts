import { type Interval, IntervalError } from "../analysis/firing/interval.ts";
import type { Excursions } from "../recording/excursions.ts";
import { type Manifest, recordStartMs } from "../recording/manifest.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { Activity } from "./activity.ts";
import { ChangeCounter, type ChangeSummary, changeSummary } from "./change.ts";
import type { RunHistory } from "./history.ts";
import { type IntervalStatistics, intervalStatistics } from "./interval-statistics.ts";
import { type GroupsMaker, type SpikesRequest, stretchStatistics } from "./spike-statistics.ts";
import { volleyLocking } from "./volley-locking.ts";

/** Time range of the statistics, what is computed, and definition of the onset of hyperactivity. */
export interface StatisticsRequest extends SpikesRequest {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** Statistics of a run as a whole. */
export interface WholeRun extends Activity {
  readonly label: string;
  readonly status: Manifest["status"];
  readonly cellCount: number;
  /** Values outside their range, up to the end of the interval. */
  readonly excursions: Excursions;
  /** Rates of single cells before and after, scale factors and targets of the whole run; null if not recorded. */
  readonly change: ChangeSummary | null;
}

/** Statistics of the spikes and the state of one run, over one interval. */
export interface RunStatistics extends WholeRun, IntervalStatistics {}

/** Statistics of one phase of a run, as far as it is recorded. */
export interface PhaseStatistics extends IntervalStatistics {
  readonly phase: string;
}

/** Statistics of one run by phase. */
export interface StatisticsByPhase extends WholeRun {
  readonly interval: Interval;
  readonly spikes: number;
  readonly phases: readonly PhaseStatistics[];
}

/**
 * Statistics of a recorded run, by default over all that is recorded of it. Memory does not depend
 * on how long it is; its spikes are read once.
 *
 * @param makeGroups of groups whose statistics are made elsewhere
 * @throws {IntervalError} when nothing is recorded in the range
 * @throws {DamagedFileError} when a part that is read is damaged
 */
export function runStatistics(
  history: RunHistory,
  request: StatisticsRequest = {},
  makeGroups?: GroupsMaker,
): RunStatistics {
  const interval = recordedInterval(history.record, request);
  const { whole, parts } = statisticsOf(history, [interval], request, makeGroups);
  return { ...whole, ...parts[0]! };
}

/**
 * The same for each phase of a run of which anything is recorded; undefined if there are not several.
 *
 * @throws {DamagedFileError} when a part that is read is damaged
 */
export function phaseStatistics(
  history: RunHistory,
  request: SpikesRequest = {},
  makeGroups?: GroupsMaker,
): StatisticsByPhase | undefined {
  const { record } = history;
  const interval = recordedInterval(record, {});
  const phases = history.phasesWithin(interval);
  if (phases.length < 2) return undefined;
  const intervals = phases.map(({ startMs, endMs }) => ({ startMs, endMs }));
  const { whole, parts } = statisticsOf(history, intervals, request, makeGroups);
  return {
    ...whole,
    interval,
    spikes: parts.reduce((sum, { spikes }) => sum + spikes, 0),
    phases: parts.map((part, k) => ({ phase: phases[k]!.name, ...part })),
  };
}

/** Statistics of a run, and of disjoint intervals of it in order of time. */
function statisticsOf(
  history: RunHistory,
  intervals: readonly Interval[],
  request: SpikesRequest,
  makeGroups: GroupsMaker | undefined,
): { readonly whole: WholeRun; readonly parts: readonly IntervalStatistics[] } {
  const { record } = history;
  const { label, status, network } = record.manifest;
  // A spike on the very end of what is recorded belongs to it as well.
  const stretches = intervals.map((interval) => ({
    interval,
    read:
      interval.endMs === record.reachedMs ? { ...interval, endMs: record.spikesEndMs } : interval,
  }));
  const lockings = intervals.map((interval) => volleyLocking(history, interval));
  const changes = new ChangeCounter(history);
  const others = [changes, ...lockings.flatMap((locking) => locking ?? [])];
  const spikes = stretchStatistics(history, stretches, request, makeGroups, others);
  const change = changes.result();
  return {
    whole: {
      label,
      status,
      cellCount: network.cellCount,
      excursions: record.excursions(intervals.at(-1)!.endMs),
      change: change ? changeSummary(history, change) : null,
      ...spikes.activity,
    },
    parts: intervals.map((interval, k) =>
      intervalStatistics(history, interval, spikes.stretches[k]!, lockings[k]?.result()),
    ),
  };
}

function recordedInterval(
  { manifest, reachedMs }: RunReader,
  { fromMs = 0, toMs = Infinity }: StatisticsRequest,
) {
  const recorded = { startMs: recordStartMs(manifest), endMs: reachedMs };
  const startMs = Math.max(recorded.startMs, fromMs);
  const endMs = Math.min(recorded.endMs, toMs);
  if (startMs < endMs) return { startMs, endMs };
  if (!(fromMs < toMs)) {
    throw new IntervalError(
      `There are no data from ${fromMs / 1000} s to ${toMs / 1000} s: give a start before the end.`,
    );
  }
  throw new IntervalError(
    `There are no data: the run contains ${recorded.startMs / 1000} to ` +
      `${recorded.endMs / 1000} s; choose a range within it.`,
  );
}

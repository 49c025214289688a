import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import { InterspikeIntervals } from "../analysis/firing/interspike-intervals.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import { spikesBetween } from "../analysis/firing/spikes.ts";
import type { LogHistogram } from "../analysis/statistics/log-histogram.ts";
import type { Spikes } from "../encoding/spike-codec.ts";
import { deathTimesMs } from "../recording/lifetimes.ts";
import type { TimeRange } from "../recording/time-range.ts";
import { type Activity, ActivityCounter, type OnsetRequest } from "./activity.ts";
import { type GroupStatistics, GroupsCounter, type GroupsRequest } from "./group-statistics.ts";
import type { RunHistory } from "./history.ts";

/** Interspike intervals of the excitatory or of the inhibitory cells. */
export interface IntervalStatistics {
  readonly intervals: LogHistogram;
  /** Coefficients of variation of the cells' interspike intervals. */
  readonly variation: Float64Array;
  /** CV2 of the cells' interspike intervals. */
  readonly cv2: Float64Array;
}

/** Statistics of the excitatory or of the inhibitory cells. */
export type CellGroupStatistics = IntervalStatistics & GroupStatistics;

export interface SpikeStatistics {
  readonly spikeCount: number;
  readonly activity: Activity;
  readonly populations: readonly {
    readonly name: string;
    readonly column?: number | undefined;
    readonly rateHz: number;
    /** Of the cells that survive. */
    readonly cellRatesHz: Float64Array;
  }[];
  readonly groups: readonly CellGroupStatistics[];
}

/** Maker of the statistics of groups of cells, which are told all spikes of a stretch of a run. */
export type GroupsMaker = (
  request: GroupsRequest,
  history: RunHistory,
  range: Interval,
) => Pick<GroupsCounter, "add" | "results">;

/**
 * Statistics of a run's spikes, and its activity; reads them and those of its past once, block by
 * block.
 *
 * @param makeGroups of groups whose statistics are made elsewhere
 * @param others further statistics, to which all spikes of the run and its past are added
 */
export function spikeStatistics(
  history: RunHistory,
  interval: Interval,
  read: TimeRange,
  request: OnsetRequest = {},
  makeGroups: GroupsMaker = (request) => new GroupsCounter(request),
  others: readonly { add(spikes: Spikes): void }[] = [],
): SpikeStatistics {
  const { record } = history;
  const { startMs, endMs } = interval;
  const { populations, network } = record.manifest;
  const deathsMs = deathTimesMs(record);
  const survives = (cell: number) => deathsMs[cell]! > endMs;
  const livedMs = deathsMs.map((timeMs) => Math.max(0, Math.min(timeMs, endMs) - startMs));
  const members = [isExcitatory, isInhibitory].map((passes) => cellsOf(populations, passes));
  const intervals = new InterspikeIntervals(network.cellCount, members);
  const { startMs: fromMs = 0, endMs: toMs = Infinity } = read;
  const groups = makeGroups(
    {
      groups: members.map((cells) => ({ members: cells, survivors: cells.filter(survives) })),
      interval,
    },
    history,
    { startMs: fromMs, endMs: toMs },
  );
  const activity = new ActivityCounter(history, request);
  let spikeCount = 0;
  for (const block of history.spikeBlocks({ startMs: 0, endMs: Infinity })) {
    for (const statistic of [activity, ...others]) statistic.add(block);
    const spikes = spikesBetween(block, fromMs, toMs);
    for (const statistic of [intervals, groups]) statistic.add(spikes);
    spikeCount += spikes.cells.length;
  }
  const groupStatistics = groups.results();
  const sumOver = (cells: Uint32Array, values: Float64Array) =>
    cells.reduce((sum, cell) => sum + values[cell]!, 0);
  return {
    spikeCount,
    activity: activity.result(),
    populations: populations.map((population) => {
      const cells = cellsOf([population]);
      const rateHz = (1000 * sumOver(cells, intervals.spikeCounts)) / sumOver(cells, livedMs);
      const cellRatesHz = Float64Array.from(
        cells.filter(survives),
        (cell) => (1000 * intervals.spikeCounts[cell]!) / (endMs - startMs),
      );
      const { name, column } = population;
      return { name, ...(column !== undefined && { column }), rateHz, cellRatesHz };
    }),
    groups: members.map((cells, k) => ({
      intervals: intervals.distribution(k),
      variation: intervals.variation(cells),
      cv2: intervals.cv2(cells),
      ...groupStatistics[k]!,
    })),
  };
}

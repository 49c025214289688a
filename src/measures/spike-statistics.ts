import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import { InterspikeIntervals } from "../analysis/firing/interspike-intervals.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import { spikesBetween } from "../analysis/firing/spikes.ts";
import type { LogHistogram } from "../analysis/statistics/log-histogram.ts";
import type { Spikes } from "../encoding/spike-codec.ts";
import { deathTimesMs } from "../recording/lifetimes.ts";
import type { RecordedPopulation } from "../recording/network-record.ts";
import type { TimeRange } from "../recording/time-range.ts";
import { type Activity, ActivityCounter, type OnsetRequest } from "./activity.ts";
import { type GroupStatistics, GroupsCounter, type GroupsRequest } from "./group-statistics.ts";
import type { RunHistory } from "./history.ts";

/** Interspike intervals of the excitatory or of the inhibitory cells. */
export interface IntervalsOfGroup {
  readonly intervals: LogHistogram;
  /** Coefficients of variation of the cells' interspike intervals. */
  readonly variation: Float64Array;
  /** CV2 of the cells' interspike intervals. */
  readonly cv2: Float64Array;
}

/** Statistics of the excitatory or of the inhibitory cells. */
export type CellGroupStatistics = IntervalsOfGroup & GroupStatistics;

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

/** Maker of the statistics of groups of cells in disjoint stretches of a run. */
export type GroupsMaker = (
  requests: readonly GroupsRequest[],
  history: RunHistory,
) => Pick<GroupsCounter, "add" | "results">;

/** Definition of the onset, and what is computed only if it is asked for. */
export interface SpikesRequest extends OnsetRequest {
  /** True for branching ratios and bursts, which take a quarter of the time more. */
  readonly hasBursts?: boolean | undefined;
}

/** Stretch of a run, and the spikes that are read of it. */
export interface Stretch {
  readonly interval: Interval;
  readonly read: TimeRange;
}

/** Statistics of the spikes of one stretch of a run. */
export type StretchSpikes = Omit<SpikeStatistics, "activity">;

/** Statistics of a run's spikes in one stretch, and its activity. */
export function spikeStatistics(history: RunHistory, stretch: Stretch): SpikeStatistics {
  const { activity, stretches } = stretchStatistics(history, [stretch]);
  return { ...stretches[0]!, activity };
}

/**
 * Statistics of a run's spikes in disjoint stretches, and its activity; reads them and those of its
 * past once, block by block.
 *
 * @param makeGroups of groups whose statistics are made elsewhere
 * @param others further statistics, to which all spikes of the run and its past are added
 */
export function stretchStatistics(
  history: RunHistory,
  stretches: readonly Stretch[],
  request: SpikesRequest = {},
  makeGroups: GroupsMaker = (requests) => new GroupsCounter(requests),
  others: readonly { add(spikes: Spikes): void }[] = [],
): { readonly activity: Activity; readonly stretches: readonly StretchSpikes[] } {
  const activity = new ActivityCounter(history, request);
  const counters = stretches.map((stretch) => new StretchCounter(history, stretch));
  const groups = makeGroups(
    counters.map((counter) => counter.groupsRequest(request)),
    history,
  );
  for (const block of history.lentSpikeBlocks({ startMs: 0, endMs: Infinity })) {
    for (const statistic of [activity, ...others]) statistic.add(block);
    for (const [k, counter] of counters.entries()) groups.add(k, counter.add(block));
  }
  const results = groups.results();
  return {
    activity: activity.result(),
    stretches: counters.map((counter, k) => counter.result(results[k]!)),
  };
}

/** Statistics of one stretch of a run, of all spikes of the run. */
class StretchCounter {
  readonly #populations: readonly RecordedPopulation[];
  readonly #interval: Interval;
  readonly #range: Interval;
  readonly #deathsMs: Float64Array;
  readonly #members: readonly Uint32Array[];
  readonly #intervals: InterspikeIntervals;
  #spikeCount = 0;

  constructor(history: RunHistory, { interval, read: { startMs = 0, endMs = Infinity } }: Stretch) {
    const { record } = history;
    const { populations, network } = record.manifest;
    this.#populations = populations;
    this.#interval = interval;
    this.#range = { startMs, endMs };
    this.#deathsMs = deathTimesMs(record);
    this.#members = [isExcitatory, isInhibitory].map((passes) => cellsOf(populations, passes));
    this.#intervals = new InterspikeIntervals(network.cellCount, this.#members);
  }

  /** Request for the statistics of the stretch's groups. */
  groupsRequest({ hasBursts }: SpikesRequest): GroupsRequest {
    const groups = this.#members.map((members) => ({
      members,
      survivors: this.#survivors(members),
    }));
    return { groups, interval: this.#interval, range: this.#range, hasBursts };
  }

  /** Adds the spikes of a block that lie in the stretch, and returns them. */
  add(block: Spikes): Spikes {
    const spikes = spikesBetween(block, this.#range.startMs, this.#range.endMs);
    this.#intervals.add(spikes);
    this.#spikeCount += spikes.cells.length;
    return spikes;
  }

  result(groups: readonly GroupStatistics[]): StretchSpikes {
    const intervals = this.#intervals;
    return {
      spikeCount: this.#spikeCount,
      populations: this.#populations.map((population) => this.#rates(population)),
      groups: this.#members.map((cells, k) => ({
        intervals: intervals.distribution(k),
        variation: intervals.variation(cells),
        cv2: intervals.cv2(cells),
        ...groups[k]!,
      })),
    };
  }

  #rates(population: RecordedPopulation): StretchSpikes["populations"][number] {
    const { startMs, endMs } = this.#interval;
    const counts = this.#intervals.spikeCounts;
    const cells = cellsOf([population]);
    const livedMs = (cell: number) => Math.max(0, Math.min(this.#deathsMs[cell]!, endMs) - startMs);
    const sumOf = (value: (cell: number) => number) =>
      cells.reduce((sum, cell) => sum + value(cell), 0);
    const { name, column } = population;
    return {
      name,
      ...(column !== undefined && { column }),
      rateHz: (1000 * sumOf((cell) => counts[cell]!)) / sumOf(livedMs),
      cellRatesHz: Float64Array.from(
        this.#survivors(cells),
        (cell) => (1000 * counts[cell]!) / (endMs - startMs),
      ),
    };
  }

  #survivors(cells: Uint32Array): Uint32Array {
    return cells.filter((cell) => this.#deathsMs[cell]! > this.#interval.endMs);
  }
}

import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import type { PairwiseCorrelation } from "../analysis/firing/count-correlation.ts";
import { type Interval, IntervalError } from "../analysis/firing/interval.ts";
import type { SpikeTimeTilingResult } from "../analysis/firing/spike-time-tiling.ts";
import type { Synchrony } from "../analysis/firing/synchrony.ts";
import {
  type DistributionSummary,
  summarizeDistribution,
} from "../analysis/statistics/distribution.ts";
import type { Excursions } from "../recording/excursions.ts";
import { growthCourse } from "../recording/growth.ts";
import { isDynamicDeath } from "../recording/lifetimes.ts";
import { type Manifest, recordStartMs } from "../recording/manifest.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { type PeakTest, peakTest } from "../spectra/peak-test.ts";
import type { MeanSpectrum } from "../spectra/segmented-spectrum.ts";
import type { Activity, OnsetRequest } from "./activity.ts";
import { ChangeCounter, type ChangeSummary, changeSummary } from "./change.ts";
import {
  type CellGroup,
  CORRELATION_BIN_MS,
  cellGroups,
  SYNCHRONY_BIN_MS,
} from "./group-statistics.ts";
import type { RunHistory } from "./history.ts";
import { type PotentialSummary, potentialStatistics } from "./potential-statistics.ts";
import { type CellGroupStatistics, type GroupsMaker, spikeStatistics } from "./spike-statistics.ts";
import {
  type ChargeGroup,
  type GainGroup,
  plasticGains,
  scaleFactors,
  sensedCharges,
  type ValuesByGroup,
} from "./state-values.ts";
import { type LockingSummary, lockingSummary, volleyLocking } from "./volley-locking.ts";

/** Time range of the statistics, and definition of the onset of hyperactivity. */
export interface StatisticsRequest extends OnsetRequest {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** Statistics of the spikes of excitatory or of inhibitory cells. */
export interface GroupSummary {
  readonly group: CellGroup;
  /** Interspike intervals of all cells, ms; quantiles are accurate to 4.7 %. */
  readonly intervalMs: DistributionSummary;
  /** Coefficient of variation of the intervals of each cell. */
  readonly variation: DistributionSummary;
  /** CV2 of the intervals of each cell. */
  readonly cv2: DistributionSummary;
  readonly correlation: PairwiseCorrelation & { readonly binMs: number };
  /** Spike-time tiling coefficient of the pairs of the correlation. */
  readonly tiling: SpikeTimeTilingResult;
  readonly synchrony: Synchrony & { readonly binMs: number };
  /** Synchrony for bins of several widths. */
  readonly synchronyByBin: readonly (Synchrony & { readonly binMs: number })[];
  readonly spectrum: PeakTest & Pick<MeanSpectrum, "segmentCount" | "segmentS">;
}

/** Distributions at the last recorded time of the interval. */
export interface StateSummary<Group> {
  readonly timeMs: number;
  readonly groups: readonly ({ readonly group: Group } & DistributionSummary)[];
}

/** Statistics of the spikes and the state of one run. */
export interface RunStatistics extends Activity {
  readonly label: string;
  readonly status: Manifest["status"];
  readonly interval: Interval;
  readonly spikes: number;
  readonly cellCount: number;
  /** Values outside their range, up to the end of the interval. */
  readonly excursions: Excursions;
  readonly rates: readonly {
    readonly population: string;
    /** The population's column, where there are several. */
    readonly column?: number | undefined;
    /** Spikes per second and living cell. */
    readonly rateHz: number;
    /** Rates of the cells that live until the end of the interval, Hz. */
    readonly cellRateHz: DistributionSummary;
  }[];
  readonly groups: readonly GroupSummary[];
  /** Phase locking to volleys; null if there is no whole period of volleys in the interval. */
  readonly volleys: LockingSummary | null;
  /** Rates of single cells before and after, scale factors and targets of the whole run; null if not recorded. */
  readonly change: ChangeSummary | null;
  /** Scale factors of living cells; null if the interval contains no sample. */
  readonly scaleFactors: StateSummary<CellGroup> | null;
  readonly plasticGains: StateSummary<GainGroup> | null;
  /** Sensed charges of the 2014 model, mV/ms, and their targets without the growth factor. */
  readonly sensedCharges: StateSummary<ChargeGroup> | null;
  /** Last recorded growth factor of the 2014 model. */
  readonly growthFactor: number | null;
  /** Dead cells at the end of the interval, and how many of them died by their own activity. */
  readonly deaths: {
    readonly excitatory: number;
    readonly inhibitory: number;
    readonly dynamic: number;
  };
  /** Recorded membrane potentials; empty if there are none. */
  readonly potentials: readonly PotentialSummary[];
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
  const { record } = history;
  const { manifest } = record;
  const interval = recordedInterval(record, request);
  const isWhole = interval.endMs === record.reachedMs;
  // A spike on the very end of what is recorded belongs to it as well.
  const read = isWhole ? { ...interval, endMs: record.spikesEndMs } : interval;
  const locking = volleyLocking(history, interval);
  const changes = new ChangeCounter(history);
  const others = locking ? [changes, locking] : [changes];
  const spikes = spikeStatistics(history, interval, read, request, makeGroups, others);
  const { spikeCount, activity, populations, groups } = spikes;
  const change = changes.result();
  return {
    label: manifest.label,
    status: manifest.status,
    interval,
    spikes: spikeCount,
    cellCount: manifest.network.cellCount,
    excursions: record.excursions(interval.endMs),
    rates: populations.map(({ name, column, rateHz, cellRatesHz }) => ({
      population: name,
      ...(column !== undefined && { column }),
      rateHz,
      cellRateHz: summarizeDistribution(cellRatesHz),
    })),
    groups: groups.map((group, k) => groupSummary(cellGroups[k]!, group)),
    change: change ? changeSummary(history, change) : null,
    volleys: locking ? lockingSummary(locking.result()) : null,
    ...activity,
    scaleFactors: stateSummary(record, record.sampleTimesMs, interval, scaleFactors),
    plasticGains: stateSummary(record, record.gainTimesMs, interval, plasticGains),
    ...chargeStatistics(record, interval),
    deaths: deathCounts(history, interval),
    potentials: potentialStatistics(record, interval),
  };
}

/** Sensed charges and growth factor, which the 2014 model alone has. */
function chargeStatistics(record: RunReader, interval: Interval) {
  const { sampleTimesMs } = record;
  const hasCharges = sampleTimesMs.length > 0 && record.sample(sampleTimesMs.length - 1).activity;
  const updates = growthCourse(record.events()).filter(({ timeMs }) => timeMs <= interval.endMs);
  return {
    sensedCharges: hasCharges ? stateSummary(record, sampleTimesMs, interval, sensedCharges) : null,
    growthFactor: updates.at(-1)?.factor ?? null,
  };
}

/** Cells that are dead at the end of an interval. */
function deathCounts(history: RunHistory, { endMs }: Interval): RunStatistics["deaths"] {
  const timesMs = history.deathTimesMs();
  const { populations } = history.record.manifest;
  const dead = (passes: typeof isExcitatory) =>
    cellsOf(populations, passes).filter((cell) => timesMs[cell]! <= endMs).length;
  const dynamic = history
    .events()
    .filter((event) => event.timeMs <= endMs && isDynamicDeath(event)).length;
  return { excitatory: dead(isExcitatory), inhibitory: dead(isInhibitory), dynamic };
}

function recordedInterval(
  { manifest, reachedMs }: RunReader,
  { fromMs = 0, toMs = Infinity }: StatisticsRequest,
) {
  const recorded = { startMs: recordStartMs(manifest), endMs: reachedMs };
  const startMs = Math.max(recorded.startMs, fromMs);
  const endMs = Math.min(recorded.endMs, toMs);
  if (startMs < endMs) return { startMs, endMs };
  throw new IntervalError(
    `There are no data: the run contains ${recorded.startMs / 1000} to ` +
      `${recorded.endMs / 1000} s; choose a range within it.`,
  );
}

const groupSummary = (group: CellGroup, statistics: CellGroupStatistics): GroupSummary => {
  const { intervals, variation, cv2, correlation, synchrony, spectrum } = statistics;
  const { tiling, synchronyByBin } = statistics;
  const { segmentCount, segmentS } = spectrum;
  return {
    group,
    intervalMs: intervals.summary(),
    variation: summarizeDistribution(variation),
    cv2: summarizeDistribution(cv2),
    correlation: { binMs: CORRELATION_BIN_MS, ...correlation },
    tiling,
    synchrony: { binMs: SYNCHRONY_BIN_MS, ...synchrony },
    synchronyByBin,
    spectrum: { ...peakTest(spectrum), segmentCount, segmentS },
  };
};

function stateSummary<Group extends string>(
  record: RunReader,
  timesMs: Float64Array,
  { startMs, endMs }: Interval,
  valuesOf: (record: RunReader, index: number) => ValuesByGroup<Group>,
): StateSummary<Group> | null {
  const index = timesMs.findLastIndex((timeMs) => timeMs >= startMs && timeMs <= endMs);
  if (index < 0) return null;
  const values = valuesOf(record, index);
  const groups = (Object.keys(values) as Group[]).map((group) => ({
    group,
    ...summarizeDistribution(values[group]),
  }));
  return { timeMs: timesMs[index]!, groups };
}

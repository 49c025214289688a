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
import type { Activity } from "./activity.ts";
import { ChangeCounter, type ChangeSummary, changeSummary } from "./change.ts";
import {
  type BurstStatistics,
  type CellGroup,
  CORRELATION_BIN_MS,
  cellGroups,
  SYNCHRONY_BIN_MS,
} from "./group-statistics.ts";
import type { RunHistory } from "./history.ts";
import { type LfpSummary, lfpStatistics } from "./lfp-statistics.ts";
import { type PotentialSummary, potentialStatistics } from "./potential-statistics.ts";
import {
  type CellGroupStatistics,
  type GroupsMaker,
  type SpikesRequest,
  type StretchSpikes,
  stretchStatistics,
} from "./spike-statistics.ts";
import {
  type ChargeGroup,
  type GainGroup,
  plasticGains,
  scaleFactors,
  sensedCharges,
  type ValuesByGroup,
} from "./state-values.ts";
import { type BalanceSummary, balanceSummary, lastBalance } from "./synaptic-balance.ts";
import { type LockingSummary, lockingSummary, volleyLocking } from "./volley-locking.ts";

/** Time range of the statistics, what is computed, and definition of the onset of hyperactivity. */
export interface StatisticsRequest extends SpikesRequest {
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
  /** Branching ratio and bursts; undefined unless asked for. */
  readonly bursts?: BurstStatistics;
  readonly spectrum: PeakTest & Pick<MeanSpectrum, "segmentCount" | "segmentS">;
}

/** Distributions at the last recorded time of the interval. */
export interface StateSummary<Group> {
  readonly timeMs: number;
  readonly groups: readonly ({ readonly group: Group } & DistributionSummary)[];
}

/** Statistics of the spikes and the state of a run in an interval; states are the last in it. */
export interface IntervalStatistics {
  readonly interval: Interval;
  readonly spikes: number;
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
  /** Scale factors of living cells; null if the interval contains no sample. */
  readonly scaleFactors: StateSummary<CellGroup> | null;
  readonly plasticGains: StateSummary<GainGroup> | null;
  /** Synaptic input by population, and recurrent gain; null if gains or state are not known in the interval. */
  readonly balance: BalanceSummary | null;
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
  /** LFP proxies of the layers whose potentials are recorded. */
  readonly lfp: readonly LfpSummary[];
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
  const phases = record.manifest.phases.flatMap(({ name, startMs, endMs }) => {
    const own = {
      startMs: Math.max(startMs, interval.startMs),
      endMs: Math.min(endMs, interval.endMs),
    };
    return own.startMs < own.endMs ? [{ name, own }] : [];
  });
  if (phases.length < 2) return undefined;
  const intervals = phases.map(({ own }) => own);
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
    parts: intervals.map((interval, k) => ({
      ...spikeSummary(interval, spikes.stretches[k]!),
      volleys: lockings[k] ? lockingSummary(lockings[k].result()) : null,
      ...stateStatistics(history, interval),
    })),
  };
}

function spikeSummary(interval: Interval, { spikeCount, populations, groups }: StretchSpikes) {
  return {
    interval,
    spikes: spikeCount,
    rates: populations.map(({ name, column, rateHz, cellRatesHz }) => ({
      population: name,
      ...(column !== undefined && { column }),
      rateHz,
      cellRateHz: summarizeDistribution(cellRatesHz),
    })),
    groups: groups.map((group, k) => groupSummary(cellGroups[k]!, group)),
  };
}

/** States of cells and synapses at their last records in an interval. */
function stateStatistics(history: RunHistory, interval: Interval) {
  const { record } = history;
  const balance = lastBalance(history, interval);
  return {
    scaleFactors: stateSummary(record, record.sampleTimesMs, interval, scaleFactors),
    plasticGains: stateSummary(record, record.gainTimesMs, interval, plasticGains),
    balance: balance && balanceSummary(history, balance),
    ...chargeStatistics(record, interval),
    deaths: deathCounts(history, interval),
    potentials: potentialStatistics(record, interval),
    lfp: lfpStatistics(record, interval),
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
  const { tiling, synchronyByBin, bursts } = statistics;
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
    ...(bursts && { bursts }),
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

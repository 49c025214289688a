import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import type { PairwiseCorrelation } from "../analysis/firing/count-correlation.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import type { SpikeTimeTilingResult } from "../analysis/firing/spike-time-tiling.ts";
import type { Synchrony } from "../analysis/firing/synchrony.ts";
import {
  type DistributionSummary,
  summarizeDistribution,
} from "../analysis/statistics/distribution.ts";
import { growthCourse } from "../recording/growth.ts";
import { isDynamicDeath } from "../recording/lifetimes.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { type PeakTest, peakTest } from "../spectra/peak-test.ts";
import type { MeanSpectrum } from "../spectra/segmented-spectrum.ts";
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
import type { CellGroupStatistics, StretchSpikes } from "./spike-statistics.ts";
import {
  type ChargeGroup,
  type GainGroup,
  plasticGains,
  scaleFactors,
  sensedCharges,
  type ValuesByGroup,
} from "./state-values.ts";
import { type BalanceSummary, balanceSummary, lastBalance } from "./synaptic-balance.ts";
import { type LockingSummary, lockingSummary, type VolleyLocking } from "./volley-locking.ts";

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

/** Statistics of an interval of a run, of the spikes in it and the locking to volleys, if there are any. */
export const intervalStatistics = (
  history: RunHistory,
  interval: Interval,
  spikes: StretchSpikes,
  locking: VolleyLocking | undefined,
): IntervalStatistics => ({
  ...spikeSummary(interval, spikes),
  volleys: locking ? lockingSummary(locking) : null,
  ...stateStatistics(history, interval),
});

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
function deathCounts(history: RunHistory, { endMs }: Interval): IntervalStatistics["deaths"] {
  const timesMs = history.deathTimesMs();
  const { populations } = history.record.manifest;
  const dead = (passes: typeof isExcitatory) =>
    cellsOf(populations, passes).filter((cell) => timesMs[cell]! <= endMs).length;
  const dynamic = history
    .events()
    .filter((event) => event.timeMs <= endMs && isDynamicDeath(event)).length;
  return { excitatory: dead(isExcitatory), inhibitory: dead(isInhibitory), dynamic };
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

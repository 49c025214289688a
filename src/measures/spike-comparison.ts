import type { PairwiseCorrelation } from "../analysis/firing/count-correlation.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import type { Synchrony } from "../analysis/firing/synchrony.ts";
import {
  type DistributionDistance,
  type DistributionSummary,
  distributionDistance,
  summarizeDistribution,
} from "../analysis/statistics/distribution.ts";
import { hedgesG } from "../analysis/statistics/effect-size.ts";
import type { TimeRange } from "../recording/time-range.ts";
import type { MeanSpectrum } from "../spectra/segmented-spectrum.ts";
import { type SpectralDistance, spectralDistance } from "../spectra/spectral-distance.ts";
import {
  type CellGroup,
  CORRELATION_BIN_MS,
  cellGroups,
  SYNCHRONY_BIN_MS,
} from "./group-statistics.ts";
import type { RunHistory } from "./history.ts";
import {
  type CellGroupStatistics,
  type SpikeStatistics,
  spikeStatistics,
} from "./spike-statistics.ts";

/** One quantity's distributions in two runs. */
export interface ComparedDistributions extends DistributionDistance {
  readonly a: DistributionSummary;
  readonly b: DistributionSummary;
  /** Hedges' g, positive where B has more. */
  readonly hedgesG: number;
}

/** Rates of a population: of all its spikes, and the distribution over cells. */
export interface RateComparison extends ComparedDistributions {
  readonly population: string;
  /** Column of the population, where the runs have several. */
  readonly column?: number | undefined;
  /** Spikes per second and living cell. */
  readonly rateAHz: number;
  readonly rateBHz: number;
}

export interface GroupComparison {
  readonly group: CellGroup;
  /** Intervals of all cells together, ms; quantiles are good to 4.7 %. */
  readonly intervalMs: {
    readonly a: DistributionSummary;
    readonly b: DistributionSummary;
    readonly kolmogorovSmirnov: number;
  };
  /** Coefficient of variation of the intervals, per cell. */
  readonly variation: ComparedDistributions;
  readonly correlation: {
    readonly binMs: number;
    readonly a: PairwiseCorrelation;
    readonly b: PairwiseCorrelation;
  };
  readonly synchrony: { readonly binMs: number; readonly a: Synchrony; readonly b: Synchrony };
  readonly spectrum: SpectralDistance & Pick<MeanSpectrum, "segmentCount" | "segmentS">;
}

export interface SpikeComparison {
  readonly rates: readonly RateComparison[];
  readonly groups: readonly GroupComparison[];
}

/** Compares the statistics of two runs' spikes; reads each run's once, block by block. */
export function compareSpikeStatistics(
  a: RunHistory,
  b: RunHistory,
  interval: Interval,
  read: TimeRange,
): SpikeComparison & {
  readonly runs: readonly Pick<SpikeStatistics, "spikeCount" | "activity">[];
} {
  const [one, other] = [a, b].map((run) => spikeStatistics(run, { interval, read })) as [
    SpikeStatistics,
    SpikeStatistics,
  ];
  return {
    runs: [one, other],
    rates: one.populations.flatMap((own) => {
      const same = other.populations.find((its) => isSame(own, its));
      return same ? [rateComparison(own, same)] : [];
    }),
    groups: cellGroups.map((group, k) => groupComparison(group, one.groups[k]!, other.groups[k]!)),
  };
}

export function comparedDistributions(a: Float64Array, b: Float64Array): ComparedDistributions {
  return {
    a: summarizeDistribution(a),
    b: summarizeDistribution(b),
    ...distributionDistance(a, b),
    hedgesG: hedgesG(a, b),
  };
}

type PopulationRates = SpikeStatistics["populations"][number];

/** True of populations of the same name and column; a single column is the first. */
const isSame = (one: PopulationRates, other: PopulationRates): boolean =>
  one.name === other.name && (one.column ?? 0) === (other.column ?? 0);

function rateComparison(a: PopulationRates, b: PopulationRates): RateComparison {
  const column = a.column ?? b.column;
  return {
    population: a.name,
    ...(column !== undefined && { column }),
    rateAHz: a.rateHz,
    rateBHz: b.rateHz,
    ...comparedDistributions(a.cellRatesHz, b.cellRatesHz),
  };
}

function groupComparison(
  group: CellGroup,
  a: CellGroupStatistics,
  b: CellGroupStatistics,
): GroupComparison {
  const { segmentCount, segmentS } = a.spectrum;
  return {
    group,
    intervalMs: {
      a: a.intervals.summary(),
      b: b.intervals.summary(),
      kolmogorovSmirnov: a.intervals.kolmogorovSmirnov(b.intervals),
    },
    variation: comparedDistributions(a.variation, b.variation),
    correlation: { binMs: CORRELATION_BIN_MS, a: a.correlation, b: b.correlation },
    synchrony: { binMs: SYNCHRONY_BIN_MS, a: a.synchrony, b: b.synchrony },
    spectrum: { segmentCount, segmentS, ...spectralDistance(a.spectrum, b.spectrum) },
  };
}

import { cellsOf, isExcitatory, isInhibitory } from "../../analysis/cell-groups.ts";
import {
  CountCorrelation,
  evenlySpacedCells,
  type PairwiseCorrelation,
} from "../../analysis/count-correlation.ts";
import {
  type DistributionDistance,
  type DistributionSummary,
  distributionDistance,
  summarizeDistribution,
} from "../../analysis/distribution.ts";
import { hedgesG } from "../../analysis/effect-size.ts";
import { InterspikeIntervals } from "../../analysis/interspike-intervals.ts";
import type { Interval } from "../../analysis/interval.ts";
import { type MeanSpectrum, SegmentedSpectrum } from "../../analysis/segmented-spectrum.ts";
import { type SpectralDistance, spectralDistance } from "../../analysis/spectral-distance.ts";
import { PopulationSynchrony, type Synchrony } from "../../analysis/synchrony.ts";
import type { RunReader, TimeRange } from "../../recording/run-reader.ts";
import { deathTimesMs } from "./run-lifetimes.ts";

/** Cells whose pairs are correlated, of each group at most; bounds memory and time. */
const MOST_CORRELATED_CELLS = 50;
const CORRELATION_BIN_MS = 50;

/** About the time constant of fast synapses. */
const SYNCHRONY_BIN_MS = 10;

/** The groups of cells that are told apart besides populations. */
export const cellGroups = ["excitatory", "inhibitory"] as const;

export type CellGroup = (typeof cellGroups)[number];

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
  a: RunReader,
  b: RunReader,
  interval: Interval,
  read: TimeRange,
): SpikeComparison & { readonly spikeCounts: readonly [number, number] } {
  const [one, other] = [spikeStatistics(a, interval, read), spikeStatistics(b, interval, read)];
  const names = one.populations.map(({ name }) => name);
  const shared = names.filter((name) => other.populations.some((two) => two.name === name));
  return {
    spikeCounts: [one.spikeCount, other.spikeCount],
    rates: shared.map((name) => rateComparison(name, one, other)),
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

type SpikeStatistics = ReturnType<typeof spikeStatistics>;
type GroupStatistics = SpikeStatistics["groups"][number];

function spikeStatistics(record: RunReader, interval: Interval, read: TimeRange) {
  const { startMs, endMs } = interval;
  const { populations, network } = record.manifest;
  const deathsMs = deathTimesMs(record);
  const survives = (cell: number) => deathsMs[cell]! >= endMs;
  const livedMs = deathsMs.map((timeMs) => Math.max(0, Math.min(timeMs, endMs) - startMs));
  const members = [isExcitatory, isInhibitory].map((passes) => cellsOf(populations, passes));
  const bins = { ...interval, binMs: CORRELATION_BIN_MS };
  const intervals = new InterspikeIntervals(network.cellCount, members);
  const correlations = members.map((cells) => {
    const chosen = evenlySpacedCells(cells.filter(survives), MOST_CORRELATED_CELLS);
    return new CountCorrelation(chosen, bins);
  });
  const synchronies = members.map(
    (cells) =>
      new PopulationSynchrony(cells.filter(survives), { ...interval, binMs: SYNCHRONY_BIN_MS }),
  );
  const spectra = members.map((cells) => new SegmentedSpectrum(cells, interval));
  let spikeCount = 0;
  for (const spikes of record.spikeBlocks(read)) {
    for (const statistic of [intervals, ...correlations, ...synchronies, ...spectra]) {
      statistic.add(spikes);
    }
    spikeCount += spikes.cells.length;
  }
  const sumOver = (cells: Uint32Array, values: Float64Array) =>
    cells.reduce((sum, cell) => sum + values[cell]!, 0);
  return {
    spikeCount,
    populations: populations.map((population) => {
      const cells = cellsOf([population]);
      const rateHz = (1000 * sumOver(cells, intervals.spikeCounts)) / sumOver(cells, livedMs);
      const cellRatesHz = Float64Array.from(
        cells.filter(survives),
        (cell) => (1000 * intervals.spikeCounts[cell]!) / (endMs - startMs),
      );
      return { name: population.name, rateHz, cellRatesHz };
    }),
    groups: members.map((cells, k) => ({
      intervals: intervals.distribution(k),
      variation: intervals.variation(cells),
      correlation: correlations[k]!.result(),
      synchrony: synchronies[k]!.result(),
      spectrum: spectra[k]!.result(),
    })),
  };
}

function rateComparison(
  population: string,
  { populations: a }: SpikeStatistics,
  { populations: b }: SpikeStatistics,
): RateComparison {
  const [one, other] = [a, b].map((all) => all.find(({ name }) => name === population)!);
  return {
    population,
    rateAHz: one!.rateHz,
    rateBHz: other!.rateHz,
    ...comparedDistributions(one!.cellRatesHz, other!.cellRatesHz),
  };
}

function groupComparison(
  group: CellGroup,
  a: GroupStatistics,
  b: GroupStatistics,
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

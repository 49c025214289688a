import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import {
  CountCorrelation,
  evenlySpacedCells,
  type PairwiseCorrelation,
} from "../analysis/firing/count-correlation.ts";
import { InterspikeIntervals } from "../analysis/firing/interspike-intervals.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import {
  SpikeTimeTiling,
  type SpikeTimeTilingResult,
} from "../analysis/firing/spike-time-tiling.ts";
import { SpikeDivider, spikesBetween } from "../analysis/firing/spikes.ts";
import { PopulationSynchrony, type Synchrony } from "../analysis/firing/synchrony.ts";
import type { LogHistogram } from "../analysis/statistics/log-histogram.ts";
import type { Spikes } from "../encoding/spike-codec.ts";
import { deathTimesMs } from "../recording/lifetimes.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { TimeRange } from "../recording/time-range.ts";
import { type MeanDensity, SegmentedDensity } from "../spectra/segmented-spectrum.ts";
import { type Activity, ActivityCounter, type OnsetRequest } from "./activity.ts";
import type { RunHistory } from "./history.ts";

/** Cells whose pairs are correlated, of each group at most; bounds memory and time. */
const MOST_CORRELATED_CELLS = 50;
export const CORRELATION_BIN_MS = 50;

/** About the time constant of fast synapses. */
export const SYNCHRONY_BIN_MS = 10;

/** Widths of bins for which χ is given: it depends on them, as slow and fast fluctuations differ. */
const SYNCHRONY_BINS_MS = [1, SYNCHRONY_BIN_MS, 50] as const;

/** Largest distance of spikes that coincide: as wide as the bins of the correlation. */
const TILING_WINDOW_MS = CORRELATION_BIN_MS;

/** The groups of cells that are told apart besides populations. */
export const cellGroups = ["excitatory", "inhibitory"] as const;

export type CellGroup = (typeof cellGroups)[number];

/** Statistics of the excitatory or of the inhibitory cells. */
export interface GroupStatistics {
  readonly intervals: LogHistogram;
  /** Coefficients of variation of the cells' interspike intervals. */
  readonly variation: Float64Array;
  /** CV2 of the cells' interspike intervals. */
  readonly cv2: Float64Array;
  readonly correlation: PairwiseCorrelation;
  readonly tiling: SpikeTimeTilingResult;
  readonly synchrony: Synchrony;
  /** The same for several widths of bins. */
  readonly synchronyByBin: readonly (Synchrony & { readonly binMs: number })[];
  readonly spectrum: MeanDensity;
}

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
  readonly groups: readonly GroupStatistics[];
}

/** Spectra of groups of cells, of spikes that are added block by block. */
interface GroupSpectra {
  add(spikes: Spikes): void;
  results(): readonly MeanDensity[];
}

/** Maker of the spectra of a stretch of a record, which are told all spikes of it. */
export type SpectraMaker = (
  record: RunReader,
  members: readonly Uint32Array[],
  interval: Interval,
  read: TimeRange,
) => GroupSpectra;

/** Spectra of groups of cells, computed as spikes are added. */
export function groupSpectra(members: readonly Uint32Array[], interval: Interval): GroupSpectra {
  const divider = new SpikeDivider(members);
  const spectra = members.map((cells) => new SegmentedDensity(cells, interval));
  return {
    add: (spikes) => {
      for (const [k, own] of divider.divide(spikes).entries()) spectra[k]!.add(own);
    },
    results: () => spectra.map((spectrum) => spectrum.result()),
  };
}

/**
 * Statistics of a run's spikes, and its activity; reads them and those of its past once, block by
 * block.
 *
 * @param makeSpectra of spectra that are computed elsewhere
 * @param others further statistics, to which all spikes of the run and its past are added
 */
export function spikeStatistics(
  history: RunHistory,
  interval: Interval,
  read: TimeRange,
  request: OnsetRequest = {},
  makeSpectra: SpectraMaker = (_, members) => groupSpectra(members, interval),
  others: readonly Pick<GroupSpectra, "add">[] = [],
): SpikeStatistics {
  const { record } = history;
  const { startMs, endMs } = interval;
  const { populations, network } = record.manifest;
  const deathsMs = deathTimesMs(record);
  const survives = (cell: number) => deathsMs[cell]! > endMs;
  const livedMs = deathsMs.map((timeMs) => Math.max(0, Math.min(timeMs, endMs) - startMs));
  const members = [isExcitatory, isInhibitory].map((passes) => cellsOf(populations, passes));
  const bins = { ...interval, binMs: CORRELATION_BIN_MS };
  const intervals = new InterspikeIntervals(network.cellCount, members);
  const paired = members.map((cells) =>
    evenlySpacedCells(cells.filter(survives), MOST_CORRELATED_CELLS),
  );
  const correlations = paired.map((cells) => new CountCorrelation(cells, bins));
  const tilings = paired.map((cells) => new SpikeTimeTiling(cells, interval, TILING_WINDOW_MS));
  const synchronies = members.map((cells) =>
    SYNCHRONY_BINS_MS.map(
      (binMs) => new PopulationSynchrony(cells.filter(survives), { ...interval, binMs }),
    ),
  );
  const spectra = makeSpectra(record, members, interval, read);
  const divider = new SpikeDivider(members);
  const activity = new ActivityCounter(history, request);
  const { startMs: fromMs = 0, endMs: toMs = Infinity } = read;
  const ofGroups = members.map((_, k) => [correlations[k]!, tilings[k]!, ...synchronies[k]!]);
  let spikeCount = 0;
  for (const block of history.spikeBlocks({ startMs: 0, endMs: Infinity })) {
    for (const statistic of [activity, ...others]) statistic.add(block);
    const spikes = spikesBetween(block, fromMs, toMs);
    for (const statistic of [intervals, spectra]) statistic.add(spikes);
    for (const [k, own] of divider.divide(spikes).entries()) {
      for (const statistic of ofGroups[k]!) statistic.add(own);
    }
    spikeCount += spikes.cells.length;
  }
  const spectrumOf = spectra.results();
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
    groups: members.map((cells, k) => {
      const synchronyByBin = synchronies[k]!.map((synchrony, width) => ({
        binMs: SYNCHRONY_BINS_MS[width]!,
        ...synchrony.result(),
      }));
      const { binMs, ...synchrony } = synchronyByBin.find(
        ({ binMs }) => binMs === SYNCHRONY_BIN_MS,
      )!;
      return {
        intervals: intervals.distribution(k),
        variation: intervals.variation(cells),
        cv2: intervals.cv2(cells),
        correlation: correlations[k]!.result(),
        tiling: tilings[k]!.result(),
        synchrony,
        synchronyByBin,
        spectrum: spectrumOf[k]!,
      };
    }),
  };
}

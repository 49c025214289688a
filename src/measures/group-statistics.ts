import {
  CountCorrelation,
  evenlySpacedCells,
  type PairwiseCorrelation,
} from "../analysis/firing/count-correlation.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import {
  SpikeTimeTiling,
  type SpikeTimeTilingResult,
} from "../analysis/firing/spike-time-tiling.ts";
import { SpikeDivider, type Spikes } from "../analysis/firing/spikes.ts";
import { PopulationSynchrony, type Synchrony } from "../analysis/firing/synchrony.ts";
import { type MeanDensity, SegmentedDensity } from "../spectra/segmented-spectrum.ts";

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

/** A group's cells, and those of them that survive. */
export interface GroupCells {
  readonly members: Uint32Array;
  readonly survivors: Uint32Array;
}

/** Disjoint groups of cells, and the interval for which their statistics are made. */
export interface GroupsRequest {
  readonly groups: readonly GroupCells[];
  readonly interval: Interval;
}

/** How the cells of a group fire together. */
export interface GroupStatistics {
  readonly correlation: PairwiseCorrelation;
  readonly tiling: SpikeTimeTilingResult;
  readonly synchrony: Synchrony;
  /** The same for several widths of bins. */
  readonly synchronyByBin: readonly (Synchrony & { readonly binMs: number })[];
  readonly spectrum: MeanDensity;
}

/** Statistics of groups of cells, from spikes that are added block by block, in order of time. */
export class GroupsCounter {
  readonly #divider: SpikeDivider;
  readonly #counters: readonly GroupCounter[];

  constructor({ groups, interval }: GroupsRequest) {
    this.#divider = new SpikeDivider(groups.map(({ members }) => members));
    this.#counters = groups.map((cells) => new GroupCounter(cells, interval));
  }

  add(spikes: Spikes): void {
    for (const [k, own] of this.#divider.divide(spikes).entries()) this.#counters[k]!.add(own);
  }

  results(): GroupStatistics[] {
    return this.#counters.map((counter) => counter.result());
  }
}

class GroupCounter {
  readonly #correlation: CountCorrelation;
  readonly #tiling: SpikeTimeTiling;
  readonly #synchronies: readonly PopulationSynchrony[];
  readonly #spectrum: SegmentedDensity;

  constructor({ members, survivors }: GroupCells, interval: Interval) {
    const paired = evenlySpacedCells(survivors, MOST_CORRELATED_CELLS);
    this.#correlation = new CountCorrelation(paired, { ...interval, binMs: CORRELATION_BIN_MS });
    this.#tiling = new SpikeTimeTiling(paired, interval, TILING_WINDOW_MS);
    this.#synchronies = SYNCHRONY_BINS_MS.map(
      (binMs) => new PopulationSynchrony(survivors, { ...interval, binMs }),
    );
    this.#spectrum = new SegmentedDensity(members, interval);
  }

  /** Adds spikes of the group. */
  add(spikes: Spikes): void {
    const statistics = [this.#correlation, this.#tiling, ...this.#synchronies, this.#spectrum];
    for (const statistic of statistics) statistic.add(spikes);
  }

  result(): GroupStatistics {
    const synchronyByBin = this.#synchronies.map((synchrony, width) => ({
      binMs: SYNCHRONY_BINS_MS[width]!,
      ...synchrony.result(),
    }));
    const { binMs, ...synchrony } = synchronyByBin.find(({ binMs }) => binMs === SYNCHRONY_BIN_MS)!;
    return {
      correlation: this.#correlation.result(),
      tiling: this.#tiling.result(),
      synchrony,
      synchronyByBin,
      spectrum: this.#spectrum.result(),
    };
  }
}

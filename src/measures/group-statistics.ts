import { BranchingEstimator, type BranchingRatio } from "../analysis/firing/branching-ratio.ts";
import { type CellBurstStatistics, CellBursts } from "../analysis/firing/cell-bursts.ts";
import {
  CountCorrelation,
  evenlySpacedCells,
  type PairwiseCorrelation,
} from "../analysis/firing/count-correlation.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import {
  type PopulationBurstStatistics,
  PopulationBursts,
} from "../analysis/firing/population-bursts.ts";
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

/** Disjoint groups of cells, the interval for which their statistics are made, and the spikes read. */
export interface GroupsRequest {
  readonly groups: readonly GroupCells[];
  readonly interval: Interval;
  readonly range: Interval;
  /** True for branching ratios and bursts, too. */
  readonly hasBursts?: boolean | undefined;
}

/** Branching ratio and bursts of a group of cells. */
export interface BurstStatistics {
  /** By multistep regression. */
  readonly branching: BranchingRatio;
  /** Times at which the group fires more than independent cells would. */
  readonly population: PopulationBurstStatistics;
  /** Bursts of single cells. */
  readonly cells: CellBurstStatistics;
}

/** Measures of how the cells of a group fire together. */
export interface GroupStatistics {
  readonly correlation: PairwiseCorrelation;
  readonly tiling: SpikeTimeTilingResult;
  readonly synchrony: Synchrony;
  /** The same for several widths of bins. */
  readonly synchronyByBin: readonly (Synchrony & { readonly binMs: number })[];
  readonly spectrum: MeanDensity;
  /** Undefined unless asked for. */
  readonly bursts?: BurstStatistics;
}

/**
 * Statistics of groups of cells in disjoint stretches of a run, from spikes that are added block by
 * block, in order of time.
 */
export class GroupsCounter {
  readonly #stretches: readonly {
    readonly divider: SpikeDivider;
    readonly counters: readonly GroupCounter[];
  }[];

  constructor(requests: readonly GroupsRequest[]) {
    this.#stretches = requests.map(({ groups, interval, hasBursts = false }) => ({
      divider: new SpikeDivider(groups.map(({ members }) => members)),
      counters: groups.map((cells) => new GroupCounter(cells, interval, hasBursts)),
    }));
  }

  /** Adds spikes of a stretch. */
  add(stretch: number, spikes: Spikes): void {
    const { divider, counters } = this.#stretches[stretch]!;
    for (const [k, own] of divider.divide(spikes).entries()) counters[k]!.add(own);
  }

  /** Statistics of each group in each stretch. */
  results(): GroupStatistics[][] {
    return this.#stretches.map(({ counters }) => counters.map((counter) => counter.result()));
  }
}

class GroupCounter {
  readonly #correlation: CountCorrelation;
  readonly #tiling: SpikeTimeTiling;
  readonly #synchronies: readonly PopulationSynchrony[];
  readonly #spectrum: SegmentedDensity;
  readonly #bursts: BurstCounter | undefined;

  constructor({ members, survivors }: GroupCells, interval: Interval, hasBursts: boolean) {
    const paired = evenlySpacedCells(survivors, MOST_CORRELATED_CELLS);
    this.#correlation = new CountCorrelation(paired, { ...interval, binMs: CORRELATION_BIN_MS });
    this.#tiling = new SpikeTimeTiling(paired, interval, TILING_WINDOW_MS);
    this.#synchronies = SYNCHRONY_BINS_MS.map(
      (binMs) => new PopulationSynchrony(survivors, { ...interval, binMs }),
    );
    this.#spectrum = new SegmentedDensity(members, interval);
    this.#bursts = hasBursts ? new BurstCounter(members, interval) : undefined;
  }

  /** Adds spikes of the group. */
  add(spikes: Spikes): void {
    const statistics = [this.#correlation, this.#tiling, ...this.#synchronies, this.#spectrum];
    for (const statistic of statistics) statistic.add(spikes);
    this.#bursts?.add(spikes);
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
      ...(this.#bursts && { bursts: this.#bursts.result() }),
    };
  }
}

class BurstCounter {
  readonly #branching: BranchingEstimator;
  readonly #population: PopulationBursts;
  readonly #cells: CellBursts;

  constructor(cells: Uint32Array, interval: Interval) {
    this.#branching = new BranchingEstimator(cells, interval);
    this.#population = new PopulationBursts(cells, interval);
    this.#cells = new CellBursts(cells, interval);
  }

  add(spikes: Spikes): void {
    for (const statistic of [this.#branching, this.#population, this.#cells]) statistic.add(spikes);
  }

  result(): BurstStatistics {
    return {
      branching: this.#branching.result(),
      population: this.#population.result(),
      cells: this.#cells.result(),
    };
  }
}

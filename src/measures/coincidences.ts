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
import type { Spikes } from "../analysis/firing/spikes.ts";
import { PopulationSynchrony, type Synchrony } from "../analysis/firing/synchrony.ts";

/** Cells whose pairs are correlated, of each group at most; bounds memory and time. */
const MOST_CORRELATED_CELLS = 50;
export const CORRELATION_BIN_MS = 50;

/** About the time constant of fast synapses. */
export const SYNCHRONY_BIN_MS = 10;

/** Widths of bins for which χ is given: it depends on them, as slow and fast fluctuations differ. */
const SYNCHRONY_BINS_MS = [1, SYNCHRONY_BIN_MS, 50] as const;

/** Largest distance of spikes that coincide: as wide as the bins of the correlation. */
const TILING_WINDOW_MS = CORRELATION_BIN_MS;

/** Disjoint groups of cells that survive an interval, and the spikes read of it. */
export interface CoincidencesRequest {
  readonly groups: readonly Uint32Array[];
  readonly interval: Interval;
  readonly range: Interval;
}

/** Measures of how the cells of a group fire together. */
export interface Coincidences {
  readonly correlation: PairwiseCorrelation;
  readonly tiling: SpikeTimeTilingResult;
  readonly synchrony: Synchrony;
  /** The same for several widths of bins. */
  readonly synchronyByBin: readonly (Synchrony & { readonly binMs: number })[];
}

/**
 * Coincidences of the spikes of groups of cells in disjoint stretches of a run, whose spikes are
 * added block by block, in order of time. They take half the time of all statistics.
 */
export class CoincidencesCounter {
  readonly #stretches: readonly (readonly GroupCounter[])[];

  constructor(requests: readonly CoincidencesRequest[]) {
    this.#stretches = requests.map(({ groups, interval }) =>
      groups.map((cells) => new GroupCounter(cells, interval)),
    );
  }

  /** Adds spikes of a stretch, by group. */
  add(stretch: number, spikesOfGroups: readonly Spikes[]): void {
    for (const [k, counter] of this.#stretches[stretch]!.entries()) counter.add(spikesOfGroups[k]!);
  }

  /** Coincidences in each stretch, by group. */
  results(): Coincidences[][] {
    return this.#stretches.map((counters) => counters.map((counter) => counter.result()));
  }
}

class GroupCounter {
  readonly #correlation: CountCorrelation;
  readonly #tiling: SpikeTimeTiling;
  readonly #synchronies: readonly PopulationSynchrony[];

  constructor(cells: Uint32Array, interval: Interval) {
    const paired = evenlySpacedCells(cells, MOST_CORRELATED_CELLS);
    this.#correlation = new CountCorrelation(paired, { ...interval, binMs: CORRELATION_BIN_MS });
    this.#tiling = new SpikeTimeTiling(paired, interval, TILING_WINDOW_MS);
    this.#synchronies = SYNCHRONY_BINS_MS.map(
      (binMs) => new PopulationSynchrony(cells, { ...interval, binMs }),
    );
  }

  add(spikes: Spikes): void {
    const statistics = [this.#correlation, this.#tiling, ...this.#synchronies];
    for (const statistic of statistics) statistic.add(spikes);
  }

  result(): Coincidences {
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
    };
  }
}

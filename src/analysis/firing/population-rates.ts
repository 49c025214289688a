import { type Spikes, spikeBlocksOf, spikesBetween } from "./spikes.ts";
import { binEdges, type TimeBins } from "./time-bins.ts";

/** Firing rates of groups of cells in successive bins. */
export interface PopulationRates {
  /** Edges of the bins, ms: one more than the number of bins. */
  readonly edgesMs: Float64Array;
  /** Rates of each group, one per bin: spikes per second and living cell; NaN if no cell lives. */
  readonly ratesHz: readonly Float64Array[];
}

/**
 * Firing rates of groups of cells: spikes in a bin / Σ time that the cells live in the bin.
 *
 * @param spikes in order of time, in one piece or block by block
 * @param groups cells of each group; a cell can belong to several groups or to none
 * @param bins interval and width of the bins, ms; the last bin ends with the interval
 * @param deathTimesMs time of deletion of each cell, ms, infinite if none; absent if all cells live
 * @throws {IntervalError} if the interval is empty or the bin width is not positive
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const cells = analysis.cellsOf(run.manifest.populations, ({ cellClass }) => cellClass === "E");
 * const bins = { startMs: 0, endMs: 2000, binMs: 500 };
 * const { edgesMs, ratesHz } = analysis.populationRates(run.spikes(), [cells], bins);
 * console.log(edgesMs, ratesHz[0]);
 * ```
 */
export function populationRates(
  spikes: Spikes | Iterable<Spikes>,
  groups: readonly Uint32Array[],
  bins: TimeBins,
  deathTimesMs?: Float64Array,
): PopulationRates {
  const counter = new RateCounter(groups, bins);
  for (const block of spikeBlocksOf(spikes)) counter.add(block);
  return counter.rates(deathTimesMs);
}

/** Counter of the spikes of groups of cells in successive bins, for their {@link populationRates}. */
export class RateCounter {
  readonly #edgesMs: Float64Array;
  readonly #groups: readonly Uint32Array[];
  /** Of each group, spikes in each bin. */
  readonly #counts: readonly Float64Array[];
  /** Of each cell, the counts of the groups that it belongs to. */
  readonly #countsOfCell: Float64Array[][] = [];
  #bin = 0;

  /** @throws {IntervalError} if the interval is empty or the bin width is not positive */
  constructor(groups: readonly Uint32Array[], bins: TimeBins) {
    this.#edgesMs = binEdges(bins);
    this.#groups = groups;
    this.#counts = groups.map(() => new Float64Array(this.#edgesMs.length - 1));
    groups.forEach((cells, group) => {
      for (const cell of cells) {
        this.#countsOfCell[cell] ??= [];
        this.#countsOfCell[cell].push(this.#counts[group]!);
      }
    });
  }

  /** Adds spikes, in order of time; those outside the interval are passed over. */
  add(spikes: Spikes): void {
    const [edgesMs, countsOfCell] = [this.#edgesMs, this.#countsOfCell];
    const { timesMs, cells } = spikesBetween(spikes, edgesMs[0]!, edgesMs.at(-1)!);
    let bin = this.#bin;
    let endMs = edgesMs[bin + 1]!;
    for (let k = 0; k < timesMs.length; k++) {
      while (timesMs[k]! >= endMs) endMs = edgesMs[++bin + 1]!;
      const all = countsOfCell[cells[k]!];
      if (all === undefined) continue;
      for (let group = 0; group < all.length; group++) all[group]![bin]!++;
    }
    this.#bin = bin;
  }

  /** Rates of the spikes added; see `populationRates`. */
  rates(deathTimesMs?: Float64Array): PopulationRates {
    const edgesMs = this.#edgesMs;
    return {
      edgesMs,
      ratesHz: this.#groups.map((cells, group) => {
        const livedMs = livedTimes(cells, edgesMs, deathTimesMs);
        return this.#counts[group]!.map((count, bin) => (1000 * count) / livedMs[bin]!);
      }),
    };
  }
}

/** Time that the cells lived in each bin, summed over them, ms. */
function livedTimes(
  cells: Uint32Array,
  edgesMs: Float64Array,
  deathTimesMs: Float64Array | undefined,
): Float64Array {
  const binCount = edgesMs.length - 1;
  const livedMs = new Float64Array(binCount);
  for (let bin = 0; bin < binCount; bin++) {
    livedMs[bin] = cells.length * (edgesMs[bin + 1]! - edgesMs[bin]!);
  }
  if (deathTimesMs === undefined) return livedMs;
  for (const cell of cells) {
    const deathMs = deathTimesMs[cell]!;
    for (let bin = binCount - 1; bin >= 0 && edgesMs[bin + 1]! > deathMs; bin--) {
      livedMs[bin]! -= edgesMs[bin + 1]! - Math.max(deathMs, edgesMs[bin]!);
    }
  }
  return livedMs;
}

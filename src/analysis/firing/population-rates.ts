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
  const edgesMs = binEdges(bins);
  const counts = countSpikes(spikes, groups, edgesMs);
  return {
    edgesMs,
    ratesHz: groups.map((cells, group) => {
      const livedMs = livedTimes(cells, edgesMs, deathTimesMs);
      return counts[group]!.map((count, bin) => (1000 * count) / livedMs[bin]!);
    }),
  };
}

/** Spikes of each group's cells in each bin. */
function countSpikes(
  spikes: Spikes | Iterable<Spikes>,
  groups: readonly Uint32Array[],
  edgesMs: Float64Array,
): Float64Array[] {
  const counts = groups.map(() => new Float64Array(edgesMs.length - 1));
  const groupsOfCell: number[][] = [];
  groups.forEach((cells, group) => {
    for (const cell of cells) {
      groupsOfCell[cell] ??= [];
      groupsOfCell[cell].push(group);
    }
  });
  let bin = 0;
  for (const block of spikeBlocksOf(spikes)) {
    const { timesMs, cells } = spikesBetween(block, edgesMs[0]!, edgesMs.at(-1)!);
    for (let k = 0; k < timesMs.length; k++) {
      while (timesMs[k]! >= edgesMs[bin + 1]!) bin++;
      for (const group of groupsOfCell[cells[k]!] ?? []) counts[group]![bin]! += 1;
    }
  }
  return counts;
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

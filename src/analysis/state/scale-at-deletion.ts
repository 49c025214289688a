import { type CellPopulation, cellsOf, isExcitatory, isInhibitory } from "../firing/cell-groups.ts";
import { binEdges, type TimeBins } from "../firing/time-bins.ts";
import { finiteValues, momentsOf } from "../statistics/moments.ts";

/** One round of deletion: the cells it took, and the scale factors they had. */
export interface DeletionRound {
  readonly timeMs: number;
  readonly cells: readonly number[];
  readonly scaleFactors: readonly number[];
}

/** Deleted cells in order of time, an entry a cell. */
export interface DeletedCells {
  readonly timesMs: Float64Array;
  readonly cells: Uint32Array;
  readonly scaleFactors: Float64Array;
}

/** Scale factors at deletion in successive bins of time. */
export interface BinnedScaleFactors {
  readonly group: "excitatory" | "inhibitory";
  /** Over the finite factors of the group's cells deleted in each bin; NaN where there are none. */
  readonly mean: Float64Array;
  /** Population standard deviation, √(Σ (x − mean)² / n); NaN where there are none. */
  readonly standardDeviation: Float64Array;
  readonly deletedCount: Uint32Array;
  /** Number of cells with an infinite factor or NaN. */
  readonly notFiniteCount: Uint32Array;
}

export interface ScaleAtDeletion {
  readonly deleted: DeletedCells;
  /** Ends of the bins, ms, one more than there are bins. */
  readonly edgesMs: Float64Array;
  readonly groups: readonly BinnedScaleFactors[];
}

/**
 * The scale factor that each cell was deleted with, one by one and as mean ± standard deviation over
 * the E and over the I cells deleted in successive bins of time.
 *
 * @param rounds in order of time; those outside the interval are left out.
 * @param bins a round at the interval's very end belongs to the last of them.
 * @throws {IntervalError} when the interval is empty or the bins are not wider than 0.
 */
export function scaleAtDeletion(
  rounds: readonly DeletionRound[],
  populations: readonly CellPopulation[],
  bins: TimeBins,
): ScaleAtDeletion {
  const edgesMs = binEdges(bins);
  const { startMs, endMs, binMs } = bins;
  const deleted = deletedCells(rounds.filter(({ timeMs }) => timeMs >= startMs && timeMs <= endMs));
  const binCount = edgesMs.length - 1;
  const binOf = (timeMs: number) => Math.min(binCount - 1, Math.floor((timeMs - startMs) / binMs));
  const groups = (["excitatory", "inhibitory"] as const).map((group) => {
    const members = new Set(cellsOf(populations, isMember[group]));
    const values = Array.from({ length: binCount }, (): number[] => []);
    deleted.cells.forEach((cell, k) => {
      if (members.has(cell)) values[binOf(deleted.timesMs[k]!)]!.push(deleted.scaleFactors[k]!);
    });
    return { group, ...binnedMoments(values) };
  });
  return { deleted, edgesMs, groups };
}

const isMember = { excitatory: isExcitatory, inhibitory: isInhibitory };

function deletedCells(rounds: readonly DeletionRound[]): DeletedCells {
  return {
    timesMs: Float64Array.from(rounds.flatMap(({ timeMs, cells }) => cells.map(() => timeMs))),
    cells: Uint32Array.from(rounds.flatMap(({ cells }) => cells)),
    scaleFactors: Float64Array.from(rounds.flatMap(({ scaleFactors }) => scaleFactors)),
  };
}

function binnedMoments(bins: readonly (readonly number[])[]) {
  const finite = bins.map((values) => finiteValues(Float64Array.from(values)));
  const moments = finite.map(momentsOf);
  return {
    mean: Float64Array.from(moments, ({ mean }) => mean),
    standardDeviation: Float64Array.from(moments, ({ standardDeviation }) => standardDeviation),
    deletedCount: Uint32Array.from(bins, ({ length }) => length),
    notFiniteCount: Uint32Array.from(bins, ({ length }, bin) => length - finite[bin]!.length),
  };
}

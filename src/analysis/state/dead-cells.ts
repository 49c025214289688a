import { type CellPopulation, cellsOf, isExcitatory, isInhibitory } from "../firing/cell-groups.ts";
import type { Interval } from "../firing/interval.ts";

/** Number of dead excitatory and inhibitory cells, from each time to the next. */
export interface DeadCells {
  readonly timesMs: Float64Array;
  readonly excitatory: Float64Array;
  readonly inhibitory: Float64Array;
}

/**
 * Number of dead cells against time: at the beginning, at each death, and at the end.
 *
 * @param deathTimesMs of each cell, ms; infinite for those that live
 */
export function deadCells(
  deathTimesMs: Float64Array,
  populations: readonly CellPopulation[],
  { startMs, endMs }: Interval,
): DeadCells {
  const inside = deathTimesMs.filter((timeMs) => timeMs > startMs && timeMs < endMs);
  const timesMs = Float64Array.from(new Set([startMs, ...inside.sort(), endMs]));
  const counts = (passes: typeof isExcitatory) => {
    const deaths = Float64Array.from(
      cellsOf(populations, passes),
      (cell) => deathTimesMs[cell]!,
    ).sort();
    let dead = 0;
    return timesMs.map((timeMs) => {
      while (dead < deaths.length && deaths[dead]! <= timeMs) dead++;
      return dead;
    });
  };
  return { timesMs, excitatory: counts(isExcitatory), inhibitory: counts(isInhibitory) };
}

/** Dead cells less those of a baseline, at the times of both, as far as both are known. */
export function deadCellsBeyond(run: DeadCells, baseline: DeadCells): DeadCells {
  const startMs = Math.max(run.timesMs[0]!, baseline.timesMs[0]!);
  const endMs = Math.min(run.timesMs.at(-1)!, baseline.timesMs.at(-1)!);
  const all = Float64Array.of(startMs, endMs, ...run.timesMs, ...baseline.timesMs).sort();
  const timesMs = Float64Array.from(new Set(all)).filter((t) => t >= startMs && t <= endMs);
  const difference = (group: "excitatory" | "inhibitory") => {
    const [own, other] = [run, baseline].map(({ timesMs: times, [group]: counts }) => {
      let at = 0;
      return timesMs.map((timeMs) => {
        while (at + 1 < times.length && times[at + 1]! <= timeMs) at++;
        return counts[at]!;
      });
    });
    return own!.map((count, k) => count - other![k]!);
  };
  return { timesMs, excitatory: difference("excitatory"), inhibitory: difference("inhibitory") };
}

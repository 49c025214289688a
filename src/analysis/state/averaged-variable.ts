import { deviationBand } from "../statistics/confidence.ts";
import type { GroupStatistics, SampledVariable } from "./sampled-variable.ts";

/**
 * Mean ± standard deviation over runs, s² = Σ (x − mean)² / (n − 1), of the means over the living
 * cells of each; at the times that all runs have.
 *
 * @param runs at least one, of the same groups of cells
 */
export function averagedVariable(runs: readonly SampledVariable[]): SampledVariable {
  const [first, ...others] = runs as [SampledVariable, ...SampledVariable[]];
  const known = others.map(({ timesMs }) => new Set(timesMs));
  const timesMs = first.timesMs.filter((timeMs) => known.every((times) => times.has(timeMs)));
  const groups = first.groups.map(({ group }, index): GroupStatistics => {
    const means = runs.map((run) => {
      const places = new Map([...run.timesMs].map((timeMs, k) => [timeMs, k]));
      return timesMs.map((timeMs) => run.groups[index]!.mean[places.get(timeMs)!]!);
    });
    const { mean, upper, count } = deviationBand(means);
    return {
      group,
      mean,
      standardDeviation: upper.map((limit, k) => limit - mean[k]!),
      livingCount: count,
      notFiniteCount: count.map((runCount) => runs.length - runCount),
    };
  });
  return { timesMs, averaged: runs.length, groups, traces: [] };
}

import type { FigurePopulation } from "../drawing/figure-population.ts";
import { notFiniteColumn, pastColumn } from "../drawing/sample-table.ts";
import { runTableName, type Table } from "../drawing/table.ts";
import type { GainDistributions } from "../synapses/plastic-gains.ts";
import type { WeightMatrices } from "../synapses/weight-matrices.ts";
import type { WeightsRun } from "./weights-run.ts";

/** The numbers behind the panels of one of the runs. */
export function weightTables(
  runs: readonly WeightsRun[],
  index: number,
  populations: readonly FigurePopulation[],
): Table[] {
  const run = runs[index]!;
  const suffix = runs.length === 1 ? "" : `-${runTableName("", runs, index)}`;
  const { gains, matrices } = run;
  return [
    gainCourseTable(`gains${suffix}`, run),
    histogramTable(`distribution${suffix}`, gains),
    matrixTable(`matrices${suffix}`, matrices, populations),
  ];
}

/** Means, deviations and quantiles of the gains between E cells. */
export function gainCourseTable(
  name: string,
  { gains: { timesMs, summaries }, branchMs }: WeightsRun,
): Table {
  const of = (value: (summary: (typeof summaries)[number]) => number) =>
    Float64Array.from(summaries, value);
  return {
    name,
    columns: [
      { name: "time_ms", values: timesMs },
      ...pastColumn(timesMs, branchMs),
      { name: "mean", values: of(({ mean }) => mean) },
      { name: "sd", values: of(({ standardDeviation }) => standardDeviation) },
      { name: "least", values: of(({ quantiles }) => quantiles.least) },
      { name: "q05", values: of(({ quantiles }) => quantiles.q05) },
      { name: "median", values: of(({ quantiles }) => quantiles.median) },
      { name: "q95", values: of(({ quantiles }) => quantiles.q95) },
      { name: "most", values: of(({ quantiles }) => quantiles.most) },
      ...notFiniteColumn(
        "not_finite_synapses",
        Uint32Array.from(summaries, ({ notFinite }) => notFinite),
      ),
    ],
  };
}

const histogramTable = (name: string, { timesMs, edges, counts }: GainDistributions): Table => ({
  name,
  columns: [
    { name: "gain_from", values: edges.subarray(0, -1) },
    { name: "gain_to", values: edges.subarray(1) },
    ...counts.map((values, k) => ({ name: `synapses_at_${timesMs[k]}_ms`, values })),
  ],
});

/** One row a time and pair of populations, which are numbered in the order of the cells. */
function matrixTable(
  name: string,
  matrices: readonly WeightMatrices[],
  populations: readonly FigurePopulation[],
): Table {
  const order = populations.length;
  const size = order * order;
  const filled = (value: (matrix: WeightMatrices, at: number) => number) => {
    const values = new Float64Array(matrices.length * size);
    return values.map((_, k) => value(matrices[Math.floor(k / size)]!, k % size));
  };
  return {
    name,
    columns: [
      { name: "time_ms", values: filled(({ timeMs }) => timeMs) },
      { name: "presynaptic_population", values: filled((_, at) => Math.floor(at / order)) },
      { name: "postsynaptic_population", values: filled((_, at) => at % order) },
      { name: "synapses", values: filled(({ synapseCount }, at) => synapseCount[at]!) },
      ...notFiniteColumn(
        "synapses_with_gain_not_finite",
        Uint32Array.from(filled(({ gainsNotFinite }, at) => gainsNotFinite[at]!)),
      ),
      ...notFiniteColumn(
        "synapses_with_weight_not_finite",
        Uint32Array.from(filled(({ weightsNotFinite }, at) => weightsNotFinite[at]!)),
      ),
      { name: "mean_gain", values: filled(({ meanGain }, at) => meanGain[at]!) },
      { name: "mean_weight_mv", values: filled(({ meanWeightMv }, at) => meanWeightMv[at]!) },
      { name: "total_weight_mv", values: filled(({ totalWeightMv }, at) => totalWeightMv[at]!) },
    ],
  };
}

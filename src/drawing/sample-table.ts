import type { GroupStatistics } from "../analysis/state/sampled-variable.ts";
import type { SampledRun } from "./series.ts";
import { type Column, runTableName, type Table } from "./table.ts";

/** The unit in which a variable is drawn. */
export interface Scaling {
  /** From the variable's unit to that of the figure. */
  readonly factor: number;
  /** Ending of columns' names: "_hz", or nothing for plain numbers. */
  readonly unitSuffix: string;
}

/** The numbers behind the lines: a table a run. */
export const sampleTables = (runs: readonly SampledRun[], scaling: Scaling): Table[] =>
  runs.map((run, k) => ({
    name: runTableName("samples", runs, k),
    columns: [
      { name: "time_ms", values: run.timesMs },
      ...pastColumn(run.timesMs, run.branchMs),
      ...run.groups.flatMap((group) => groupColumns(group, scaling, run.averaged)),
      ...run.traces.flatMap(({ cell, values, notFiniteCount }) => [
        {
          name: `cell_${cell}${scaling.unitSuffix}`,
          values: values.map((value) => value * scaling.factor),
        },
        ...notFiniteColumn(`cell_${cell}_not_finite`, notFiniteCount),
      ]),
    ],
  }));

/** A column that is 1 for samples before the start of a branch; none for other runs. */
export const pastColumn = (timesMs: Float64Array, branchMs: number | undefined): Column[] =>
  branchMs === undefined
    ? []
    : [{ name: "is_past", values: Uint32Array.from(timesMs, (timeMs) => +(timeMs < branchMs)) }];

/** Column with the number of excluded values, infinite or NaN, if there are any. */
export const notFiniteColumn = (name: string, values: Uint32Array): Column[] =>
  values.some((count) => count > 0) ? [{ name, values }] : [];

const groupColumns = (
  { group, mean, standardDeviation, quantiles, livingCount, notFiniteCount }: GroupStatistics,
  { factor, unitSuffix }: Scaling,
  averaged: number | undefined,
): Column[] => [
  { name: `${group}_mean${unitSuffix}`, values: mean.map((value) => value * factor) },
  { name: `${group}_sd${unitSuffix}`, values: standardDeviation.map((value) => value * factor) },
  ...Object.entries(quantiles ?? {}).map(([name, values]) => ({
    name: `${group}_${name}${unitSuffix}`,
    values: values.map((value) => value * factor),
  })),
  { name: `${group}_${averaged ? "runs" : "living_cells"}`, values: livingCount },
  ...(averaged ? [] : notFiniteColumn(`${group}_not_finite_cells`, notFiniteCount)),
];

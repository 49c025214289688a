import {
  type ParameterDefinition,
  type ParameterName,
  parameterDefinitions,
} from "../../model/parameters.ts";
import { type Measures, measureNames } from "../../sweep/measures.ts";
import type { PlanTask } from "../../sweep/plan.ts";
import type { ParameterValue } from "../../sweep/variation.ts";
import type { Study } from "./study.ts";
import { readCompletion } from "./task-records.ts";

/** A complete run of a study. */
export interface StudyRun {
  readonly task: PlanTask;
  readonly measures: Measures;
  readonly wallSeconds: number;
  readonly bytes: number;
}

/** All complete runs of a study's plan, in its order, and how many are missing. */
export interface CollectedRuns {
  readonly runs: readonly StudyRun[];
  readonly missing: number;
}

/** Reads the completion records of a study's runs: little of each, and no record of spikes. */
export function collectRuns(study: Study): CollectedRuns {
  const runs: StudyRun[] = [];
  let missing = 0;
  for (const task of study.plan.tasks) {
    if (task.kind !== "run") continue;
    const completion = readCompletion(study, task);
    if (!completion?.measures) {
      missing++;
      continue;
    }
    const { measures, wallSeconds, bytes } = completion;
    runs.push({ task, measures, wallSeconds, bytes });
  }
  return { runs, missing };
}

/** A column of a study's table; null where a measure does not exist. */
export type StudyColumn =
  | {
      readonly name: string;
      readonly kind: "number" | "integer";
      readonly values: readonly (number | null)[];
    }
  | { readonly name: string; readonly kind: "boolean"; readonly values: readonly boolean[] }
  | { readonly name: string; readonly kind: "text"; readonly values: readonly string[] };

/** A tidy table: a row for each run, a column for what it is and for each of its measures. */
export function studyTable(study: Study, runs: readonly StudyRun[]): StudyColumn[] {
  const integers = (name: string, of: (run: StudyRun) => number): StudyColumn => ({
    name,
    kind: "integer",
    values: runs.map(of),
  });
  const numbers = (name: string, of: (run: StudyRun) => number | null): StudyColumn => ({
    name,
    kind: "number",
    values: runs.map(of),
  });
  return [
    integers("task", ({ task }) => task.index),
    { name: "hash", kind: "text", values: runs.map(({ task }) => task.hash) },
    integers("seed", ({ task }) => task.seed),
    ...study.plan.header.varied.map((name) => parameterColumn(name, runs)),
    ...measureNames.map((name) => numbers(name, ({ measures }) => measures[name])),
    numbers("wallSeconds", ({ wallSeconds }) => wallSeconds),
    integers("bytes", ({ bytes }) => bytes),
  ];
}

function parameterColumn(name: ParameterName, runs: readonly StudyRun[]): StudyColumn {
  const values = runs.map(({ task }) => task.settings[name] as ParameterValue);
  const { kind }: ParameterDefinition = parameterDefinitions[name];
  if (kind === "boolean") return { name, kind, values: values as boolean[] };
  if (kind === "choice") return { name, kind: "text", values: values as string[] };
  return { name, kind: "number", values: values as number[] };
}

const ROWS_PER_PIECE = 8192;

/**
 * The table as CSV with a header line; a measure that does not exist is an empty field, others that
 * are not finite are NaN, Infinity and -Infinity.
 */
export function* csvPieces(columns: readonly StudyColumn[]): Generator<string> {
  const rows = columns[0]?.values.length ?? 0;
  yield `${columns.map(({ name }) => name).join(",")}\n`;
  for (let start = 0; start < rows; start += ROWS_PER_PIECE) {
    let text = "";
    for (let row = start; row < Math.min(rows, start + ROWS_PER_PIECE); row++) {
      text += `${columns.map(({ values }) => field(values[row]!)).join(",")}\n`;
    }
    yield text;
  }
}

function field(value: ParameterValue | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as a Parquet file; a measure that does not exist is null. */
export async function parquetFile(columns: readonly StudyColumn[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const types = { number: "DOUBLE", integer: "INT64", boolean: "BOOLEAN", text: "STRING" } as const;
  const columnData = columns.map(({ name, kind, values }) => ({
    name,
    type: types[kind],
    data: parquetValues(kind, values),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function parquetValues(kind: StudyColumn["kind"], values: readonly (ParameterValue | null)[]) {
  if (kind === "integer") return values.map((value) => BigInt(value!));
  return [...values];
}

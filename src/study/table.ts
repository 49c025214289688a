import { isEntryKey } from "../experiment/entry-settings.ts";
import { program } from "../host/package.ts";
import { type Measures, measureDefinitions, measureNames } from "../measures/quantities.ts";
import { definitionOf } from "../model/parameters.ts";
import type { Study } from "./folder.ts";
import { type PlanTask, taskEndMs } from "./planning/plan.ts";
import type { ParameterValue, SettingName } from "./planning/variation.ts";
import { completionOrDamage, TaskFileError } from "./task-records.ts";

/** A complete run of a study. */
export interface StudyRun {
  readonly task: PlanTask;
  readonly measures: Measures;
  /** End of the run, ms. */
  readonly endMs: number;
  readonly wallSeconds: number;
  readonly bytes: number;
}

/** All complete runs of a study's plan, in its order, and what is wrong with others. */
export interface CollectedRuns {
  readonly runs: readonly StudyRun[];
  /** Runs that are not complete. */
  readonly missing: number;
  /** Of each run that was complete and is no more. */
  readonly damaged: readonly TaskFileError[];
}

/** Reads the completion records of a study's runs: little of each, and no record of spikes. */
export function collectRuns(study: Study): CollectedRuns {
  const runs: StudyRun[] = [];
  const damaged: TaskFileError[] = [];
  let missing = 0;
  for (const task of study.plan.tasks) {
    if (task.kind !== "run") continue;
    const completion = completionOrDamage(study, task);
    if (completion instanceof TaskFileError) {
      damaged.push(completion);
      continue;
    }
    if (!completion?.measures) {
      missing++;
      continue;
    }
    const { measures, wallSeconds, bytes } = completion;
    const { endMs = taskEndMs(study.plan.header, task) } = completion;
    runs.push({ task, measures, endMs, wallSeconds, bytes });
  }
  return { runs, missing, damaged };
}

/** A column of a table; null where a value does not exist. */
export type TableColumn = { readonly name: string } & (
  | { readonly kind: "number" | "integer"; readonly values: readonly (number | null)[] }
  | { readonly kind: "boolean"; readonly values: readonly (boolean | null)[] }
  | { readonly kind: "text"; readonly values: readonly string[] }
);

/** Content of a column; the unit is "1" for plain numbers and "" where there is none. */
interface ColumnDescription {
  readonly unit: string;
  readonly doc: string;
}

/** A column of a study's table. */
export type StudyColumn = TableColumn & ColumnDescription;

/** A tidy table: a row for each run, a column for what it is and for each of its measures. */
export function studyTable(study: Study, runs: readonly StudyRun[]): StudyColumn[] {
  const column = (
    name: string,
    { unit, doc }: ColumnDescription,
    kind: "number" | "integer",
    of: (run: StudyRun) => number | null,
  ): StudyColumn => ({ name, unit, doc, kind, values: runs.map(of) });
  return [
    column("task", columnTexts.task, "integer", ({ task }) => task.index),
    { name: "hash", ...columnTexts.hash, kind: "text", values: runs.map(({ task }) => task.hash) },
    column("seed", columnTexts.seed, "integer", ({ task }) => task.seed),
    ...study.plan.header.varied.map((name) => settingColumn(name, runs)),
    ...measureNames.map((name) =>
      column(name, measureDefinitions[name], "number", ({ measures }) => measures[name]),
    ),
    column("wallSeconds", columnTexts.wallSeconds, "number", ({ wallSeconds }) => wallSeconds),
    column("bytes", columnTexts.bytes, "integer", ({ bytes }) => bytes),
  ];
}

const columnTexts = {
  task: { unit: "", doc: "Number of the run in the study's plan." },
  hash: { unit: "", doc: "Hash of the run's content; name of its directory." },
  seed: { unit: "", doc: "Seed of network and input." },
  wallSeconds: { unit: "s", doc: "Wall time of the run." },
  bytes: { unit: "B", doc: "Size of the run's directory." },
};

function settingColumn(name: SettingName, runs: readonly StudyRun[]): StudyColumn {
  const values = runs.map(({ task }) => task.settings[name] as ParameterValue);
  if (isEntryKey(name)) return entryColumn(name, values);
  const { kind, unit, doc } = definitionOf(name);
  const description = { name, unit, doc };
  if (kind === "boolean") return { ...description, kind, values: values as boolean[] };
  if (kind === "choice") return { ...description, kind: "text", values: values as string[] };
  return { ...description, kind: "number", values: values as number[] };
}

/** A column of values of an entry's key; times and the like are texts with their units. */
function entryColumn(name: string, values: readonly ParameterValue[]): StudyColumn {
  const description = { name, unit: "", doc: "Key of an entry of the timeline, by its id." };
  if (values.every((value) => typeof value === "number")) {
    return { ...description, kind: "number", values };
  }
  if (values.every((value) => typeof value === "boolean")) {
    return { ...description, kind: "boolean", values };
  }
  return { ...description, kind: "text", values: values.map(String) };
}

const ROWS_PER_PIECE = 8192;

/**
 * The table as CSV with a header line; a measure that does not exist is an empty field, others that
 * are not finite are NaN, Infinity and -Infinity.
 */
export function* csvPieces(columns: readonly TableColumn[]): Generator<string> {
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

/**
 * The table as a Parquet file; a measure that does not exist is null. Its metadata have the units
 * and descriptions of all columns, as JSON and where pandas keeps attributes of a table.
 */
export async function parquetFile(columns: readonly StudyColumn[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const types = { number: "DOUBLE", integer: "INT64", boolean: "BOOLEAN", text: "STRING" } as const;
  const columnData = columns.map(({ name, kind, values }) => ({
    name,
    type: types[kind],
    data: parquetValues(kind, values),
  }));
  const units = Object.fromEntries(columns.map(({ name, unit }) => [name, unit]));
  const descriptions = Object.fromEntries(columns.map(({ name, doc }) => [name, doc]));
  const metadata = { units, descriptions, PANDAS_ATTRS: { units, descriptions } };
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({
    key,
    value: JSON.stringify(value),
  }));
  const createdBy = `${program.name} version ${program.version}`;
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, createdBy }));
}

function parquetValues(kind: TableColumn["kind"], values: readonly (ParameterValue | null)[]) {
  if (kind === "integer") return values.map((value) => BigInt(value!));
  return [...values];
}

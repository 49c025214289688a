import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { program } from "../../src/host/package.ts";
import { type Measures, measureDefinitions, measureNames } from "../../src/measures/quantities.ts";
import { keepPlan } from "../../src/study/folder.ts";
import {
  collectRuns,
  csvPieces,
  parquetFile,
  type StudyColumn,
  studyTable,
} from "../../src/study/table.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { planTiny } from "./planning/tiny-sweep.ts";
import { completeTask } from "./recorded-task.ts";

const plan = planTiny(
  `
preset: tiny-deletion
vary:
  scaling: [off, on]
  deletionSelection: [random, scale-factor]
  scalingBeta: [4e-12, 0.1]
seeds: [0, 4294967295]
`,
  program,
);

/** Measures that do not exist, are infinite, or not a number. */
const unusual: Partial<Measures> = {
  hyperactivityOnsetS: null,
  scaleFactorMax: Infinity,
  scaleFactorMin: -Infinity,
  scaleFactorMean: Number.NaN,
};

/** A study of which all runs but the last are complete, with made-up measures. */
function almostCompleteStudy() {
  const study = keepPlan(sharedFolder(), plan);
  for (const task of plan.tasks.slice(0, -1)) {
    const measures = Object.fromEntries(
      measureNames.map((name, k) => [
        name,
        unusual[name] !== undefined ? unusual[name] : task.index + k / 3,
      ]),
    ) as Measures;
    completeTask(study, task, {
      wallSeconds: 1.5,
      bytes: 3_000_000_000,
      measures: task.kind === "run" ? measures : null,
    });
  }
  return study;
}

const study = almostCompleteStudy();
const { runs, missing } = collectRuns(study);
const table = studyTable(study, runs);
const column = (name: string): StudyColumn => table.find((one) => one.name === name)!;

describe("the table of a study", () => {
  it("has a row for each complete run, in the plan's order", () => {
    expect([runs.length, missing]).toEqual([15, 1]);
    const indices = plan.tasks.filter(({ kind }) => kind === "run").map(({ index }) => index);
    expect(column("task").values).toEqual(indices.slice(0, -1));
    expect(column("hash").values[3]).toBe(plan.tasks[indices[3]!]!.hash);
  });

  it("has a column for each varied parameter and each measure", () => {
    expect(table.map(({ name }) => name)).toEqual([
      "task",
      "hash",
      "seed",
      "scaling",
      "deletionSelection",
      "scalingBeta",
      ...measureNames,
      "wallSeconds",
      "bytes",
    ]);
    expect(column("scaling").values.slice(7, 9)).toEqual([false, true]);
    expect(column("deletionSelection").values.slice(3, 5)).toEqual(["random", "scale-factor"]);
    expect(column("scalingBeta").values.slice(0, 4)).toEqual([4e-12, 4e-12, 0.1, 0.1]);
  });

  it("is CSV that reads back exactly, with empty fields for what does not exist", () => {
    const rows = [...csvPieces(table)]
      .join("")
      .trimEnd()
      .split("\n")
      .map((row) => row.split(","));
    expect(rows[0]).toEqual(table.map(({ name }) => name));
    expect(rows).toHaveLength(16);
    const at = (name: string) => rows[1]![rows[0]!.indexOf(name)]!;
    expect(Number(at("finalRateIHz"))).toBe(column("finalRateIHz").values[0]);
    expect(at("hyperactivityOnsetS")).toBe("");
    const extremes = [at("scaleFactorMax"), at("scaleFactorMin"), at("scaleFactorMean")];
    expect(extremes).toEqual(["Infinity", "-Infinity", "NaN"]);
    expect(at("scalingBeta")).toBe("4e-12");
    expect(rows[2]![2]).toBe("4294967295");
  });

  it("is Parquet that other readers take", async () => {
    const file = (await parquetFile(table)).slice().buffer;
    expect(Number(parquetMetadata(file).num_rows)).toBe(15);
    const rows = (await parquetReadObjects({ file })) as Record<string, unknown>[];
    expect(Object.keys(rows[0]!)).toEqual(table.map(({ name }) => name));
    expect(rows[1]).toMatchObject({
      task: BigInt(runs[1]!.task.index),
      hash: runs[1]!.task.hash,
      seed: 4294967295n,
      scaling: false,
      deletionSelection: "random",
      scalingBeta: 4e-12,
      finalRateIHz: runs[1]!.measures.finalRateIHz,
      ...unusual,
      bytes: 3_000_000_000n,
    });
  });

  it("names unit and meaning of every column in Parquet's metadata", async () => {
    const { key_value_metadata } = parquetMetadata((await parquetFile(table)).slice().buffer);
    const texts = new Map(key_value_metadata!.map(({ key, value }) => [key, JSON.parse(value!)]));
    const units = texts.get("units");
    expect(Object.keys(units)).toEqual(table.map(({ name }) => name));
    expect(units).toMatchObject({ hash: "", scalingBeta: "1/(event·kHz)", finalRateEHz: "Hz" });
    expect(units).toMatchObject({ scaleFactorMean: "1", wallSeconds: "s", bytes: "B" });
    expect(texts.get("descriptions")["livingCells"]).toBe(measureDefinitions.livingCells.doc);
    expect(texts.get("PANDAS_ATTRS")).toEqual({
      units,
      descriptions: texts.get("descriptions"),
    });
  });

  it("is read by DuckDB to the last bit, with its metadata", async () => {
    const path = join(study.directory, "runs.parquet");
    writeFileSync(path, await parquetFile(table));
    const duckdb = await (await DuckDBInstance.create(":memory:")).connect();
    const rowsOf = async (query: string) =>
      (await duckdb.runAndReadAll(query)).getRowObjects() as Record<string, unknown>[];
    const rows = await rowsOf(`from '${path}'`);
    for (const { name, kind, values } of table) {
      const read = rows.map((row) => row[name]);
      expect(read).toEqual(kind === "integer" ? values.map((value) => BigInt(value!)) : values);
    }
    const [units] = await rowsOf(
      `select decode(value) as json from parquet_kv_metadata('${path}') where decode(key) = 'units'`,
    );
    expect(JSON.parse(units!["json"] as string)).toMatchObject({ meanRateIHz: "Hz" });
  });

  it("is CSV that DuckDB reads to the last bit", async () => {
    const path = join(study.directory, "runs.csv");
    writeFileSync(path, [...csvPieces(table)].join(""));
    const duckdb = await (await DuckDBInstance.create(":memory:")).connect();
    const rows = (await duckdb.runAndReadAll(`from '${path}'`)).getRowObjects();
    for (const name of ["scalingBeta", "finalRateIHz", "meanGainEE"]) {
      expect(rows.map((row) => Number(row[name]))).toEqual(column(name).values);
    }
    expect(rows[0]!["hyperactivityOnsetS"]).toBe(null);
  });
});

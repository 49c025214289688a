import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import type { CsvTable } from "../../src/export/csv-tables.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { compareRuns } from "../../src/measures/comparison.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { openDrawnRuns } from "../../src/pictures/drawn-run.ts";
import { figureKindNames } from "../../src/pictures/kinds.ts";
import { writeRunFigures } from "../../src/pictures/run-figures.ts";
import type { RunReader } from "../../src/recording/run-reader.ts";
import type { TimeRange } from "../../src/recording/time-range.ts";
import { replicatedClaims } from "../../src/replication/report.ts";
import { exportRun } from "../../src/runs/export.ts";
import { openRun } from "../../src/runs/opening.ts";
import { collectStudy } from "../../src/study/collection.ts";
import { openStudy } from "../../src/study/folder.ts";
import { studyStatus } from "../../src/study/status.ts";
import { collectRuns } from "../../src/study/table.ts";
import { isocortex } from "../cli/command.ts";
import { type OutputDigests, outputDigests } from "./output-digests.ts";

/** What version 0.2.0 made of its records; README.md says how. */
interface Expected {
  readonly statistics: Record<string, object>;
  readonly stretch: Record<string, object>;
  readonly comparisons: Record<string, object>;
  readonly digests: Record<string, OutputDigests>;
  /** Of each run, sums of the columns of its spectra: their last digits are others since. */
  readonly spectra: Record<string, Record<string, Record<string, number>>>;
  readonly tables: Record<string, string>;
  readonly claims: { readonly claims: readonly Record<string, unknown>[] };
}

const here = fileURLToPath(new URL(".", import.meta.url));
const expected: Expected = JSON.parse(readFileSync(join(here, "expected.json"), "utf8"));

const scratch = mkdtempSync(join(tmpdir(), "isocortex-records-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const records = join(scratch, "records");
cpSync(join(here, "records"), records, { recursive: true });
const recordOf = (name: string): RunReader => openRun(join(records, name));

/** As JSON has it: what is undefined is left out, what is not a number is null. */
const asJson = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** Version 0.2.0 could not read runs whose cells died with infinite scale factors. */
const readable = Object.keys(expected.statistics);
const recorded = [...readable, "runaway"];

interface EarlierStatistics {
  readonly onset?: unknown;
  readonly groups?: readonly { readonly spectrum?: unknown }[];
}

/**
 * Statistics whose definition is the same: the onset of hyperactivity has another since, and a
 * spectral peak is tested against its background (docs/analysis.md).
 */
const comparable = ({ onset: _, groups, ...statistics }: EarlierStatistics): object => ({
  ...statistics,
  groups: groups?.map(({ spectrum: __, ...others }) => others),
});

describe.each(readable)("%s, recorded by version 0.2.0", (name) => {
  it("has the statistics that it had", () => {
    const statistics = runStatistics(new RunHistory(recordOf(name)));
    expect(asJson(statistics)).toMatchObject(comparable(expected.statistics[name]!));
  });
});

it.each(Object.keys(expected.stretch))("a stretch of %s has the statistics that it had", (name) => {
  const stretch = { fromMs: 5000, toMs: 11_000 };
  expect(asJson(runStatistics(new RunHistory(recordOf(name)), stretch))).toMatchObject(
    comparable(expected.stretch[name]!),
  );
});

/** The same numbers but for the last digits of spectra. */
const nearly = (values: object): object =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number" ? expect.closeTo(value, 9) : value,
    ]),
  );

it.each(Object.entries(expected.comparisons))("%s are compared as they were", (names, before) => {
  const [a, b] = names.split(" and ").map(recordOf) as [RunReader, RunReader];
  const { groups, ...others } = before as { groups: { spectrum: object }[] };
  expect(asJson(compareRuns(new RunHistory(a), new RunHistory(b)))).toMatchObject({
    ...others,
    groups: groups.map(({ spectrum, ...rest }) => ({ ...rest, spectrum: nearly(spectrum) })),
  });
});

/** Sums of the columns of a CSV file of numbers. */
function columnSums(path: string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const row of rowsOf(readFileSync(path, "utf8"))) {
    for (const [name, value] of Object.entries(row)) sums[name] = (sums[name] ?? 0) + Number(value);
  }
  return sums;
}

describe.each(recorded)("%s, recorded by version 0.2.0, gives the data that it gave", (name) => {
  const folder = join(scratch, "outputs", name);

  async function exportAs(format: "npz" | "sonata" | "nwb" | "neuron", file: string) {
    await exportRun(new RunExcerpt(recordOf(name)), { format, path: join(folder, file) });
  }

  async function exportCsv(table: CsvTable, file: string, range?: TimeRange) {
    const excerpt = new RunExcerpt(recordOf(name), range);
    await exportRun(excerpt, { format: "csv", table, path: join(folder, file) });
  }

  it("in exports and figures", async () => {
    mkdirSync(folder, { recursive: true });
    for (const table of ["spikes", "cells", "weights"] as const) {
      await exportCsv(table, `${table}.csv`);
    }
    await exportCsv("spikes", "spikes-stretch.csv", { startMs: 5000, endMs: 11_000 });
    await exportAs("npz", "run.npz");
    await exportAs("nwb", "run.nwb");
    await exportAs("sonata", "sonata");
    await exportAs("neuron", "neuron");
    const directory = join(records, name);
    const runs = openDrawnRuns([directory]);
    for (const kind of figureKindNames) {
      try {
        await writeRunFigures(runs, [{ kind }], directory, { stem: join(folder, kind) });
      } catch (error) {
        if (!(error instanceof FigureDataError)) throw error;
      }
    }
    expect(outputDigests(folder)).toMatchObject(expected.digests[name]!);
    for (const [file, sums] of Object.entries(expected.spectra[name] ?? {})) {
      expect(columnSums(join(folder, file))).toMatchObject(nearly(sums));
    }
  });
});

describe.each(["study", "replication"])("%s, recorded by version 0.2.0", (name) => {
  const study = openStudy(join(records, name));

  it("is complete, and collected into the table that it was", async () => {
    const { length } = study.plan.tasks.filter(({ kind }) => kind === "run");
    expect(studyStatus(study)).toMatchObject({ runs: { done: length, failed: 0 }, notable: [] });
    const { complete, missing } = await collectStudy(study, { figures: true });
    expect({ complete, missing }).toEqual({ complete: length, missing: 0 });
    const table = rowsOf(readFileSync(join(study.directory, "results/runs.csv"), "utf8"));
    expect(table).toMatchObject(rowsOf(expected.tables[name]!));
  });
});

/** Rows of a table of plain values by the names of its columns. */
function rowsOf(csv: string): Record<string, string>[] {
  const [names, ...rows] = csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(row.map((value, k) => [names![k]!, value])));
}

it("replicates are judged as they were", () => {
  const study = openStudy(join(records, "replication"));
  const claims = replicatedClaims(study, collectRuns(study).runs);
  // Words and effects of a claim are not a part of the record, and two claims have been replaced.
  const judged = expected.claims.claims
    .filter(({ id }) => claims.some((claim) => claim.id === id))
    .map(({ id, holds, fraction }) => ({ id, holds, fraction }));
  expect(judged).toHaveLength(4);
  const same = claims.filter(({ id }) => judged.some((one) => one.id === id));
  expect(asJson(same)).toMatchObject(judged);
});

describe("the command", () => {
  it.each([
    ["statistics", ["statistics", "deletion-branch"]],
    ["compare", ["compare", "training", "branch"]],
    ["export", ["export", "interrupted", "--table", "cells"]],
    ["plot", ["plot", "branch", "rates", "--compare", "training"]],
    ["sweep status", ["sweep", "status", "study"]],
    ["sweep collect", ["sweep", "collect", "replication", "--no-figures"]],
    ["resume of a complete run", ["resume", "training"]],
  ])("%s reads records of version 0.2.0", async (_, args) => {
    const { code, stdout } = await isocortex(args, { cwd: records });
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(20);
  });

  it.each([
    ["resume", ["resume", "interrupted"]],
    ["branch", ["branch", "training@12", "--out", "later"]],
  ])("%s from a checkpoint of version 0.2.0 is refused with the reason", async (_, args) => {
    const { code, stdout, stderr } = await isocortex(args, { cwd: records });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/recorded by isocortex 0\.2\.0/);
    expect(stderr).toMatch(/npx isocortex@0\.2\.0/);
  });
});

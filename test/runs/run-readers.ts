import { recordedExperiment } from "../../src/cli/arguments/named-experiment.ts";
import { csvTables } from "../../src/export/csv-tables.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { compareRuns } from "../../src/measures/comparison.ts";
import { runEvidence } from "../../src/measures/evidence.ts";
import { runResults } from "../../src/measures/results.ts";
import { runStatistics } from "../../src/measures/statistics.ts";
import { openDrawnRuns } from "../../src/pictures/drawn-run.ts";
import type { FigureKind } from "../../src/pictures/kinds.ts";
import { runFigure } from "../../src/pictures/run-figures.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { planBranch } from "../../src/runs/branched.ts";
import { exportFormats, exportRun } from "../../src/runs/export.ts";
import { openHistory, openWholeHistory } from "../../src/runs/history.ts";
import { openRun } from "../../src/runs/opening.ts";
import { resumeRun } from "../../src/runs/resumed.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { commonKinds } from "../pictures/figure-kinds.ts";

/** Something that reads a recorded run, as a command or the library does. */
export type RunReading = (directory: string) => unknown;

const observer = { onReport: () => {}, signal: new AbortController().signal };

const exported = (directory: string, request: Parameters<typeof exportRun>[1]) =>
  exportRun(new RunExcerpt(openRun(directory)), { ...request, replaceable: "any" });

const exports = exportFormats.flatMap((format): [string, RunReading][] =>
  (format === "csv" ? csvTables : [undefined]).map((table) => [
    `export --format ${format}${table ? ` --table ${table}` : ""}`,
    (directory) =>
      exported(directory, {
        format,
        ...(table && { table }),
        path: `${directory}-exports/${table ?? format}`,
      }),
  ]),
);

const figures = commonKinds.map((kind: FigureKind): [string, RunReading] => [
  `plot ${kind}`,
  (directory) => runFigure(openDrawnRuns([directory]), { kind }),
]);

/** All that reads a run without changing it, by what users call it. */
export const runReaders: Readonly<Record<string, RunReading>> = {
  statistics: (directory) => runStatistics(openHistory(directory)),
  compare: (directory) => compareRuns(openHistory(directory), openHistory(directory)),
  show: (directory) => recordedExperiment(directory),
  branch: (directory) =>
    planBranch({
      parent: directory,
      timeMs: 500,
      changes: {},
      directory: `${directory}-branch`,
      overwrite: false,
      label: "",
    }),
  ...Object.fromEntries(exports),
  ...Object.fromEntries(figures),
  "results of sweeps": (directory) => runResults(openWholeHistory(directory)),
  "claims of figures and replicates": (directory) => runEvidence(openHistory(directory)),
  "RunReader of the library": (directory) => new RunReader(new FolderStore(directory)).verify(),
};

/** Checks a record and carries it to its end, or as far as is asked for. */
export const resumed = (directory: string, untilMs?: number, notes: string[] = []) =>
  resumeRun(directory, { untilMs }, { ...observer, onNote: (text) => notes.push(text) });

/** What a reading throws, or nothing. */
export async function errorOf(reading: () => unknown): Promise<unknown> {
  try {
    await reading();
    return undefined;
  } catch (error) {
    return error;
  }
}

/**
 * Random manifests of each kind of record; docs/reliability.md gives the number of all.
 * ISOCORTEX_MANIFESTS=N draws as many.
 */
export const randomManifests = {
  each: Number(process.env["ISOCORTEX_MANIFESTS"] ?? 40),
  kinds: ["version 1", "version 2", "version 2, its files as well"],
};

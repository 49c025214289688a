import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { defaultWorkers } from "../../executors/workers/pool.ts";
import { underivedOverrides } from "../../experiment/branch.ts";
import { readExperiment } from "../../experiment/file.ts";
import { presets } from "../../experiment/presets.ts";
import { program } from "../../host/package.ts";
import { prepareHdf5Files, prepareTrainFiles } from "../../runs/trains/files.ts";
import { collectStudy } from "../../study/collection.ts";
import { type EstimatedStudy, estimateStudies } from "../../study/estimate.ts";
import { planNotes } from "../../study/planning/notes.ts";
import { planSweep } from "../../study/planning/plan.ts";
import type { ExecutorName } from "../../study/planning/schema.ts";
import { readSweep, type Sweep, type SweepPreset } from "../../study/planning/sweep-file.ts";
import type { ParameterValue } from "../../study/planning/variation.ts";
import { checkStudyRoom, keepStudy, planWork, studyWork } from "../../study/work.ts";
import { LiveTable } from "../../terminal/live-table.ts";
import { printJson } from "../../terminal/streams.ts";
import { outcomeText, planText } from "../../terminal/sweep.ts";
import { namesFile, withFiles } from "../../timeline/entry-files.ts";
import { asksForCluster, type JobCommandOptions } from "../arguments/job-options.ts";
import { experimentFileText, readFrom } from "../arguments/named-experiment.ts";
import { jobOptionsOf } from "../arguments/requested-jobs.ts";
import type { WorkOptions } from "../arguments/work-options.ts";
import { UsageError } from "../failure.ts";
import { writeNotes } from "../recording.ts";
import { checkStudyDirectory, executeHere } from "../study-run.ts";
import { reportDamaged } from "./collect.ts";

/** Options for running and showing sweeps. */
export interface SweepOptions extends JobCommandOptions, WorkOptions {
  readonly out?: string;
  readonly executor?: ExecutorName;
  /** Earlier name of `executor`. */
  readonly engine?: ExecutorName;
  readonly dryRun?: boolean;
  readonly collect: boolean;
  readonly planOnly?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** A study that is to be carried out somewhere. */
export interface PlannedStudy extends EstimatedStudy {
  readonly executor: ExecutorName;
}

/** Plans the sweeps of a file or of a directory's files, and carries them out. */
export async function runSweeps(path: string, options: SweepOptions): Promise<void> {
  const files = sweepFiles(path).map((file) => ({ file, text: readFileSync(file, "utf8") }));
  // An experiment that a sweep names may take spike trains from such files.
  if (files.some(({ text }) => text.includes("experiment"))) await prepareHdf5Files();
  await prepareTrainFiles(...files.map(({ text }) => text));
  const sweeps = files.map(readSweepFile);
  const directories = studyDirectories(sweeps, statSync(path).isDirectory(), options.out);
  const executors = sweeps.map(({ executor }) => options.executor ?? options.engine ?? executor);
  checkExecutors(executors, options);
  const plans = sweeps.map((sweep) => planSweep(sweep, program));
  writeNotes([...new Set(plans.flatMap(planNotes))]);
  const pending = plans.map((plan, k) => planWork(directories[k]!, plan));
  const planned = estimateStudies(pending).map((one, k) => ({ ...one, executor: executors[k]! }));
  const workers = options.workers ?? defaultWorkers();
  if (options.json && options.dryRun) printJson(planned.map(planJson));
  else if (!options.json)
    process.stdout.write(planned.map((one) => planText(one, workers)).join("\n"));
  if (options.dryRun) {
    if (!options.json) await eachCluster(planned, options, "show");
    return;
  }
  if (!options.planOnly) {
    await eachCluster(planned, options, "check");
    for (const one of planned) if (one.executor === "local") checkStudyRoom(one);
  }
  const kept = planned.map(keepStudy);
  if (options.planOnly) {
    if (options.json) printJson(kept.map(planJson));
    return;
  }
  await eachCluster(kept, options, "submit");
  const local = kept.filter(({ executor }) => executor === "local");
  if (local.length > 0) await execute(local, options);
}

/**
 * Checks what was given for clusters, before anything is shown.
 *
 * @throws {UsageError} when options are given that no executor has
 */
function checkExecutors(executors: readonly ExecutorName[], options: SweepOptions): void {
  if (executors.some((executor) => executor !== "local")) jobOptionsOf(options);
  else if (asksForCluster(options))
    throw new UsageError(
      "--site, --queue and similar options apply to clusters. Add --executor slurm or --executor " +
        "gridengine.",
    );
}

/** Submits the studies that are for a scheduler, or checks or shows what would be submitted. */
async function eachCluster(
  planned: readonly PlannedStudy[],
  options: SweepOptions,
  action: "check" | "show" | "submit",
): Promise<void> {
  for (const executor of ["slurm", "gridengine"] as const) {
    const own = planned.filter((one) => one.executor === executor);
    if (own.length === 0) continue;
    const { checkSubmissions, showSubmissions, submitStudies } = await import("./submit.ts");
    const act = { check: checkSubmissions, show: showSubmissions, submit: submitStudies }[action];
    await act(executor, own.map(studyWork), options);
  }
}

/** The sweeps' files at a path. */
function sweepFiles(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`There is no file or directory ${path}.`);
  if (!found.isDirectory()) return [path];
  const files = readdirSync(path)
    .filter((name) => [".yaml", ".yml"].includes(extname(name)))
    .sort();
  if (files.length > 0) return files.map((name) => join(path, name));
  throw new UsageError(`${path} contains no sweep files: expected names that end in .yaml.`);
}

/** Reads a sweep's file; files that it names are named in full, as tasks may run anywhere. */
function readSweepFile({ file, text }: { readonly file: string; readonly text: string }): Sweep {
  const inFull = (path: string) => resolve(dirname(file), path);
  const name = basename(file, extname(file));
  const sweep = readFrom(file, () =>
    readSweep(text, file, name, presets, (path) => sweepExperiment(inFull(path))),
  );
  const settingOf = (key: string, value: ParameterValue) =>
    namesFile(key.split(".").at(-1)!) ? inFull(String(value)) : value;
  return {
    ...sweep,
    fixed: Object.fromEntries(
      Object.entries(sweep.fixed).map(([key, value]) => [key, settingOf(key, value!)]),
    ),
    varied: sweep.varied.map(({ name: key, values }) => ({
      name: key,
      values: values.map((value) => settingOf(key, value)),
    })),
  };
}

/** The experiment of a file for a sweep: what is not derived from other parameters stays as it is. */
function sweepExperiment(file: string): SweepPreset {
  const shown = relative(".", file);
  const { parameters, entries } = readFrom(shown, () =>
    readExperiment(experimentFileText(shown), shown),
  );
  const named = entries.map((entry) => withFiles(entry, (path) => resolve(dirname(file), path)));
  const name = basename(file, extname(file));
  return { name, overrides: underivedOverrides(parameters), entries: named };
}

function studyDirectories(sweeps: readonly Sweep[], several: boolean, out?: string): string[] {
  const directories = sweeps.map(({ name }) =>
    several || out === undefined ? join(out ?? "sweeps", name) : out,
  );
  directories.forEach((directory, k) => {
    if (directories.indexOf(directory) !== k) {
      throw new UsageError(`Two files have the name ${sweeps[k]!.name}: rename one.`);
    }
    checkStudyDirectory(directory);
  });
  return directories;
}

async function execute(planned: readonly PlannedStudy[], options: SweepOptions): Promise<void> {
  const table = new LiveTable({ quiet: options.quiet });
  const outcome = await executeHere(planned, options, table);
  const directories = planned.map(({ study }) => study.directory);
  const files = outcome.kind === "done" && options.collect ? await collectAll(planned, table) : [];
  if (options.json) printJson({ ...outcome, directories, files });
  else process.stdout.write(outcomeText(outcome, directories, files));
}

/** Gathers the runs of all studies; the paths of the files. */
async function collectAll(planned: readonly PlannedStudy[], table: LiveTable): Promise<string[]> {
  const files: string[] = [];
  for (const { study } of planned) {
    table.show([`collecting ${study.directory} …`], []);
    const collection = await collectStudy(study, { figures: true });
    reportDamaged(collection.damaged);
    files.push(...collection.files);
  }
  table.clear();
  return files;
}

const planJson = ({ study, pending, estimate, memoryBytes }: PlannedStudy) => ({
  directory: study.directory,
  ...study.plan.header,
  tasks: study.plan.tasks,
  pending: {
    baselines: pending.baselines.map(({ index }) => index),
    runs: pending.runs.map(({ index }) => index),
  },
  estimate: { ...estimate, memoryBytes },
});

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { presets } from "../experiment/presets.ts";
import { durationMs } from "../model/timeline.ts";
import { type Calibration, calibrate } from "../node/calibration.ts";
import { heedInterruption } from "../node/interruption.ts";
import { LocalEngine, type LocalTask } from "../node/local-engine.ts";
import { program } from "../node/package.ts";
import { keepPlan, planNumbers, Study } from "../node/study.ts";
import { collectStudy } from "../node/study-collection.ts";
import {
  estimateWork,
  type PendingTasks,
  pendingTasks,
  studyWork,
  type WorkEstimate,
} from "../node/study-work.ts";
import { taskLabel } from "../node/sweep-task.ts";
import { defaultWorkers } from "../node/worker-pool.ts";
import { type PlanTask, planSweep, taskParameters } from "../sweep/plan.ts";
import { readSweep, type Sweep } from "../sweep/sweep-file.ts";
import type { EngineName } from "../sweep/sweep-schema.ts";
import { exitCodes, UsageError } from "./failure.ts";
import { asksForCluster, jobOptionsOf } from "./job-options.ts";
import { LiveTable } from "./live-table.ts";
import type { SweepOptions } from "./sweep.ts";
import { outcomeText, planText } from "./sweep-text.ts";
import { WorkProgress } from "./work-progress.ts";

/** A study that is to be carried out, and what is left of it. */
export interface PlannedStudy {
  readonly study: Study;
  readonly pending: PendingTasks;
  readonly estimate: WorkEstimate;
  readonly engine: EngineName;
}

/** Plans the sweeps of a file or of a directory's files, and carries them out. */
export async function runSweeps(path: string, options: SweepOptions): Promise<void> {
  const sweeps = sweepFiles(path).map(readSweepFile);
  const directories = studyDirectories(sweeps, statSync(path).isDirectory(), options.out);
  const engines = sweeps.map(({ engine }) => options.engine ?? engine);
  checkEngine(engines, options);
  const drafts = sweeps.map((sweep, k) => {
    const directory = directories[k]!;
    const number = (planNumbers(directory).at(-1) ?? 0) + 1;
    return new Study(directory, number, planSweep(sweep, program));
  });
  const planned = planStudies(drafts).map((one, k) => ({ ...one, engine: engines[k]! }));
  const workers = options.workers ?? defaultWorkers();
  if (options.json && options.dryRun) printJson(planned.map(planJson));
  else if (!options.json)
    process.stdout.write(planned.map((one) => planText(one, workers)).join("\n"));
  if (options.dryRun) {
    if (!options.json) await eachCluster(planned, options, "show");
    return;
  }
  if (!options.planOnly) await eachCluster(planned, options, "check");
  const kept = planned.map((one) => ({
    ...one,
    study: keepPlan(one.study.directory, one.study.plan),
  }));
  if (options.planOnly) {
    if (options.json) printJson(kept.map(planJson));
    return;
  }
  await eachCluster(kept, options, "submit");
  const local = kept.filter(({ engine }) => engine === "local");
  if (local.length > 0) await carryOut(local, options);
}

/**
 * Checks what was given for clusters, before anything is shown.
 *
 * @throws {UsageError} when options are given that no engine has
 */
function checkEngine(engines: readonly EngineName[], options: SweepOptions): void {
  if (engines.some((engine) => engine !== "local")) jobOptionsOf(options);
  else if (asksForCluster(options))
    throw new UsageError(
      "--site, --queue and the like are options of clusters. Give --engine slurm or --engine gridengine, too.",
    );
}

/** Submits the studies that are for a scheduler, or checks or shows what would be submitted. */
async function eachCluster(
  planned: readonly PlannedStudy[],
  options: SweepOptions,
  action: "check" | "show" | "submit",
): Promise<void> {
  for (const engine of ["slurm", "gridengine"] as const) {
    const own = planned.filter((one) => one.engine === engine);
    if (own.length === 0) continue;
    const { checkSubmissions, showSubmissions, submitStudies } = await import("./sweep-submit.ts");
    const work = own.map(({ study, pending, estimate }) => studyWork(study, pending, estimate));
    const act = { check: checkSubmissions, show: showSubmissions, submit: submitStudies }[action];
    await act(engine, work, options);
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
  throw new UsageError(`${path} holds no sweep files: expected names that end in .yaml.`);
}

const readSweepFile = (file: string): Sweep =>
  readSweep(readFileSync(file, "utf8"), file, basename(file, extname(file)), presets);

function studyDirectories(sweeps: readonly Sweep[], several: boolean, out?: string): string[] {
  const directories = sweeps.map(({ name }) =>
    several || out === undefined ? join(out ?? "sweeps", name) : out,
  );
  directories.forEach((directory, k) => {
    if (directories.indexOf(directory) !== k) {
      throw new UsageError(`Two of the files have the name ${sweeps[k]!.name}: rename one.`);
    }
    checkDirectory(directory);
  });
  return directories;
}

/** @throws {UsageError} when a directory holds something else than a study */
function checkDirectory(directory: string): void {
  if (!existsSync(directory)) return;
  const isFree = statSync(directory).isDirectory() && readdirSync(directory).length === 0;
  if (isFree || planNumbers(directory).length > 0) return;
  throw new UsageError(
    `${directory} holds something else than a study, so it is left alone. Give another directory with --out.`,
  );
}

/** Finds out what is left of each study, and what that will take. */
function planStudies(studies: readonly Study[]): Omit<PlannedStudy, "engine">[] {
  let calibration: Calibration | undefined;
  return studies.map((study) => {
    const pending = pendingTasks(study);
    const first = pending.runs[0];
    if (first) calibration ??= calibrate(taskParameters(study.plan.header, first));
    const estimate = calibration
      ? estimateWork(study, pending, calibration)
      : { totalMs: 0, longestMs: 0, bytes: 0, memoryBytes: 0 };
    return { study, pending, estimate };
  });
}

async function carryOut(planned: readonly PlannedStudy[], options: SweepOptions): Promise<void> {
  const { workers, memory: memoryBytes, checkpointEvery: checkpointIntervalMs } = options;
  const table = new LiveTable({ quiet: options.quiet });
  const progress = new WorkProgress(workSize(planned));
  const show = () => table.show(progress.summary, progress.details);
  const id = ({ study, index }: LocalTask) => `${study.directory} ${index}`;
  const engine = new LocalEngine(
    { workers, memoryBytes, checkpointIntervalMs },
    {
      onBegin: (task) => {
        const { study, index } = task;
        progress.begin(
          id(task),
          taskLabel(study, study.task(index)),
          startOf(study, study.task(index)),
        );
        show();
      },
      onReport: (task, report) => {
        progress.report(id(task), report);
        show();
      },
      onNote: ({ study, index }, text) =>
        table.note(`note: ${taskLabel(study, study.task(index))}: ${text}`),
      onOutcome: (task, outcome) => {
        const { study, index } = task;
        progress.end(id(task), outcome.status, lengthMs(study, study.task(index)));
        if (outcome.status === "failed") {
          table.note(`failed: ${taskLabel(study, study.task(index))}: ${outcome.reason}`);
        }
        show();
      },
    },
  );
  const interruption = heedInterruption();
  const work = planned.map(({ study, pending, estimate }) => studyWork(study, pending, estimate));
  const outcome = await engine.carryOut(work, interruption.signal).finally(() => {
    interruption.release();
    table.clear();
  });
  const directories = planned.map(({ study }) => study.directory);
  const files = outcome.kind === "done" && options.collect ? await collectAll(planned, table) : [];
  if (options.json) printJson({ ...outcome, directories, files });
  else process.stdout.write(outcomeText(outcome, directories, files));
  if (outcome.kind === "interrupted") process.exitCode = exitCodes.interrupted;
  else if (outcome.kind === "done" && outcome.failed > 0) process.exitCode = exitCodes.failed;
}

/** Gathers the runs of all studies; the paths of the files. */
async function collectAll(planned: readonly PlannedStudy[], table: LiveTable): Promise<string[]> {
  const files: string[] = [];
  for (const { study } of planned) {
    table.show([`collecting ${study.directory} …`], []);
    files.push(...(await collectStudy(study, { figures: true })).files);
  }
  table.clear();
  return files;
}

function workSize(planned: readonly PlannedStudy[]) {
  let tasks = 0;
  let simulatedMs = 0;
  for (const { study, pending } of planned) {
    for (const task of [...pending.baselines, ...pending.runs]) {
      tasks++;
      simulatedMs += lengthMs(study, task);
    }
  }
  return { tasks, simulatedMs };
}

const startOf = (study: Study, { baseline }: PlanTask): number =>
  baseline === null ? 0 : study.task(baseline).untilMs!;

/** What a task simulates. */
function lengthMs(study: Study, task: PlanTask): number {
  const endMs = task.untilMs ?? durationMs(taskParameters(study.plan.header, task));
  return endMs - startOf(study, task);
}

const planJson = ({ study, pending, estimate }: PlannedStudy) => ({
  directory: study.directory,
  ...study.plan.header,
  tasks: study.plan.tasks,
  pending: {
    baselines: pending.baselines.map(({ index }) => index),
    runs: pending.runs.map(({ index }) => index),
  },
  estimate,
});

const printJson = (value: object) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

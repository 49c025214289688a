import { existsSync, renameSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { program } from "../host/package.ts";
import { timestamp } from "../host/system-clock.ts";
import { unheld } from "../host/turns.ts";
import { runEvidence } from "../measures/evidence.ts";
import { runResults } from "../measures/results.ts";
import { DamagedFileError, RecoveryError, RunLocationError } from "../recording/errors.ts";
import { readManifest } from "../recording/manifest-file.ts";
import { directoryUse } from "../runs/directory.ts";
import { finishBranch, finishRun, OccupiedDirectoryError } from "../runs/finished.ts";
import { openWholeHistory } from "../runs/history.ts";
import { type RunObserver, type RunPace, withLease } from "../runs/session.ts";
import type { RunSummary } from "../runs/summary.ts";
import { prepareTrainFiles } from "../runs/trains/files.ts";
import { LeaseLostError, leaseHolder, RunInUseError } from "../store/lease.ts";
import { FolderStore } from "../store/run-folder.ts";
import { writeRunCurves } from "./curve-file.ts";
import { writeEvidence } from "./evidence-file.ts";
import type { Study } from "./folder.ts";
import { type PlanTask, taskCourse, taskEndMs, taskHash } from "./planning/plan.ts";
import { type Completion, isComplete, writeCompletion, writeFailure } from "./task-records.ts";

/** Result of an attempt at a task. */
export type TaskResult = "complete" | "interrupted";

/** Interval at which a task that another process runs is tested again, ms. */
const RETRY_INTERVAL_MS = 1000;

/**
 * Carries out one task of a study: what there is of it already is kept, what it needs is made, and
 * its completion record is written last.
 *
 * Can be called any number of times, also at once: if another process is at work on it, waits
 * until that is done, and takes over should that end before.
 *
 * @throws {RecoveryError} when the plan was made by another version of the program
 * @throws whatever stopped the task; that is also noted in the study's failures
 */
export async function executeTask(
  study: Study,
  index: number,
  observer: RunObserver,
  pace: RunPace = {},
): Promise<TaskResult> {
  const task = study.task(index);
  await prepareTrainFiles(JSON.stringify([study.plan.header, task.settings]));
  checkPlan(study, task);
  if (isComplete(study, task)) return "complete";
  try {
    return await attempt(study, task, observer, pace);
  } catch (error) {
    if (observer.signal.aborted) return "interrupted";
    writeFailure(study, task, error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function attempt(
  study: Study,
  task: PlanTask,
  observer: RunObserver,
  pace: RunPace,
): Promise<TaskResult> {
  if (task.baseline !== null) {
    const result = await executeTask(study, task.baseline, observer, pace);
    if (result === "interrupted") return result;
  }
  const directory = study.runDirectory(task);
  for (let attempts = 1; ; attempts++) {
    if (isComplete(study, task)) return "complete";
    const wasFree = directoryUse(directory) === "free";
    try {
      return await finish(study, task, observer, pace);
    } catch (error) {
      // Another process may have begun, and ended, between the look and the attempt.
      const wasOvertaken =
        error instanceof RunLocationError && wasFree && directoryUse(directory) === "run";
      if (isOccupied(error, directory) && !wasFree && !leaseHolder(directory)) {
        setAside(directory, observer);
        continue;
      }
      const isElsewhere = error instanceof RunInUseError || error instanceof LeaseLostError;
      if (!isElsewhere && !wasOvertaken) throw error;
      if (attempts === 1) observer.onNote?.(`waiting: ${error.message}`);
      await delay(RETRY_INTERVAL_MS, undefined, { signal: observer.signal });
    }
  }
}

/** True if something is in a task's directory that is none of its run, or too damaged to tell. */
const isOccupied = (error: unknown, directory: string): boolean =>
  (error instanceof OccupiedDirectoryError || error instanceof DamagedFileError) &&
  existsSync(directory);

/** Makes room for a task's run where something else is; nothing of that is lost. */
function setAside(directory: string, { onNote }: RunObserver): void {
  let number = 1;
  while (existsSync(`${directory}.aside-${number}`)) number++;
  const place = `${directory}.aside-${number}`;
  renameSync(directory, place);
  onNote?.(`${directory} contained something other than its run; this is now in ${place}.`);
}

/** Simulates a task to its end, measures it, and writes its completion record. */
async function finish(
  study: Study,
  task: PlanTask,
  observer: RunObserver,
  pace: RunPace,
): Promise<TaskResult> {
  const summary = await simulate(study, task, observer, pace);
  const endMs = task.untilMs ?? summary.durationMs;
  if (summary.simulatedMs < endMs) return "interrupted";
  // Of several processes that find the run complete, one measures it.
  await withLease(study.runDirectory(task), observer, async () => {
    if (!isComplete(study, task)) await unheld(observer, () => completeTask(study, task, summary));
  });
  return "complete";
}

function completeTask(
  study: Study,
  task: PlanTask,
  { simulatedMs, wallSeconds, bytes }: RunSummary,
): void {
  const { hash } = task;
  const early = simulatedMs < taskEndMs(study.plan.header, task) && { endMs: simulatedMs };
  const { identity } = readManifest(new FolderStore(study.runDirectory(task)));
  const results = task.kind === "run" ? measureRun(study, task) : { measures: null, files: {} };
  const finishedAt = timestamp();
  writeCompletion(study, task, {
    hash,
    identity,
    finishedAt,
    wallSeconds,
    ...early,
    bytes,
    ...results,
  });
}

/** A complete run's measures; keeps its curves and, where asked for, evidence in its directory. */
function measureRun(study: Study, task: PlanTask): Pick<Completion, "measures" | "files"> {
  const directory = study.runDirectory(task);
  const history = openWholeHistory(directory);
  const { measures, curves } = runResults(history);
  const evidence = study.plan.header.judged ? writeEvidence(directory, runEvidence(history)) : {};
  return { measures, files: { ...writeRunCurves(directory, curves), ...evidence } };
}

function simulate(study: Study, task: PlanTask, observer: RunObserver, pace: RunPace) {
  const { header } = study.plan;
  const course = taskCourse(header, task);
  const shared = {
    ...pace,
    directory: study.runDirectory(task),
    overwrite: false,
    label: taskLabel(study, task),
    gainTimesMs: header.gainTimesMs,
  };
  if (task.baseline === null) {
    const untilMs = task.untilMs ?? undefined;
    return finishRun({ ...shared, preset: header.preset.name, ...course, untilMs }, observer);
  }
  const baseline = study.task(task.baseline);
  const parent = study.runDirectory(baseline);
  const timeMs = baseline.untilMs!;
  const gainTimesMs = header.gainTimesMs?.filter((one) => one >= timeMs);
  const { parameters: changes, entries } = course;
  return finishBranch({ ...shared, parent, timeMs, changes, entries, gainTimesMs }, observer);
}

/** Label of a task's run in figures and lists. */
export function taskLabel(study: Study, { kind, seed, settings, index }: PlanTask): string {
  const { name } = study.plan.header;
  if (kind === "baseline") return `${name} baseline ${index}`;
  const values = Object.entries(settings).map(([parameter, value]) => `${parameter} ${value}`);
  return [name, ...values, `seed ${seed}`].join(", ");
}

/** @throws {RecoveryError} unless this program would plan the same */
function checkPlan(study: Study, task: PlanTask): void {
  const { header } = study.plan;
  const { version } = header.program;
  const hash = taskHash(header, taskCourse(header, task), task.untilMs);
  if (version === program.version && hash === task.hash) return;
  throw new RecoveryError(
    `Plan ${study.planNumber} of ${study.directory} was made by ${header.program.name} ` +
      `${version}; this is ${program.name} ${program.version}, which may compute other spikes. Use ` +
      "that version, or plan the sweep again: isocortex sweep FILE.",
  );
}

import { existsSync } from "node:fs";
import { readManifest } from "../recording/manifest-file.ts";
import { type LeaseHolder, leaseHolder } from "../store/lease.ts";
import { FolderStore } from "../store/run-folder.ts";
import type { Study } from "./folder.ts";
import { type PlanTask, taskEndMs } from "./planning/plan.ts";
import { completionOrDamage, type Failure, readFailures, TaskFileError } from "./task-records.ts";
import { taskStartMs } from "./work.ts";

/** Simulated time of a task at its last checkpoint, ms. */
export interface TaskProgress {
  readonly startMs: number;
  readonly simulatedMs: number;
  readonly endMs: number;
}

/** State of a task. */
export type TaskState =
  | { readonly kind: "done" }
  | { readonly kind: "running"; readonly progress: TaskProgress; readonly holder: LeaseHolder }
  /** Not at work; with progress when it was before. */
  | { readonly kind: "waiting"; readonly progress: TaskProgress | undefined }
  | { readonly kind: "failed"; readonly failure: Failure }
  /** Not done any more: a file of it is missing, or not what was written. */
  | { readonly kind: "damaged"; readonly damage: TaskFileError };

export type StateKind = TaskState["kind"];

export interface TaskStatus {
  readonly task: PlanTask;
  readonly state: TaskState;
}

/** Number of tasks in each state. */
export type StateCounts = Readonly<Record<StateKind, number>>;

/** State of a study, from its directories, without querying a scheduler. */
export interface StudyStatus {
  readonly runs: StateCounts;
  readonly baselines: StateCounts;
  /** Tasks of which there is something to tell: those at work, stopped, failed and damaged. */
  readonly notable: readonly TaskStatus[];
}

/** Finds out how a study stands. Reads little of each run: a large one takes seconds. */
export function studyStatus(study: Study): StudyStatus {
  const failures = readFailures(study);
  const none = () => ({ done: 0, running: 0, waiting: 0, failed: 0, damaged: 0 });
  const counts = { run: none(), baseline: none() };
  const notable: TaskStatus[] = [];
  for (const task of study.plan.tasks) {
    const state = taskState(study, task, failures);
    counts[task.kind][state.kind]++;
    if (state.kind === "done" || (state.kind === "waiting" && !state.progress)) continue;
    notable.push({ task, state });
  }
  return { runs: counts.run, baselines: counts.baseline, notable };
}

/** State of one task, where failures are known. */
export function taskState(
  study: Study,
  task: PlanTask,
  failures: ReadonlyMap<string, Failure>,
): TaskState {
  const found = completionOrDamage(study, task);
  if (found && !(found instanceof TaskFileError)) return { kind: "done" };
  const directory = study.runDirectory(task);
  const isThere = existsSync(directory);
  const holder = isThere ? leaseHolder(directory) : undefined;
  const progress = isThere ? progressOf(study, task, directory) : undefined;
  if (holder) return { kind: "running", progress: progress ?? unbegun(study, task), holder };
  if (found) return { kind: "damaged", damage: found };
  const failure = failures.get(task.hash);
  return failure ? { kind: "failed", failure } : { kind: "waiting", progress };
}

/** Progress of a task; undefined where its manifest does not tell. */
function progressOf(study: Study, task: PlanTask, directory: string): TaskProgress | undefined {
  try {
    const { simulatedMs } = readManifest(new FolderStore(directory));
    return { ...unbegun(study, task), simulatedMs };
  } catch {
    // It may be half begun, or damaged: whoever carries out the task sees to that.
    return undefined;
  }
}

function unbegun(study: Study, task: PlanTask): TaskProgress {
  const startMs = taskStartMs(study, task);
  return { startMs, simulatedMs: startMs, endMs: taskEndMs(study.plan.header, task) };
}

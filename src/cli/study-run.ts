import { existsSync, readdirSync, statSync } from "node:fs";
import { LocalExecutor, type LocalObserver, type LocalTask } from "../executors/local.ts";
import { heedInterruption } from "../host/interruption.ts";
import type { WorkOutcome } from "../study/executor.ts";
import { planNumbers, type Study } from "../study/folder.ts";
import { type PlanTask, taskEndMs } from "../study/planning/plan.ts";
import { taskLabel } from "../study/task.ts";
import { type PendingStudy, studyWork, taskStartMs } from "../study/work.ts";
import type { LiveTable } from "../terminal/live-table.ts";
import { WorkProgress } from "../terminal/work-progress.ts";
import { exitCodes, UsageError } from "./failure.ts";
import type { WorkOptions } from "./work-options.ts";

/** @throws {UsageError} when a directory holds something else than a study */
export function checkStudyDirectory(directory: string): void {
  if (!existsSync(directory)) return;
  const isFree = statSync(directory).isDirectory() && readdirSync(directory).length === 0;
  if (isFree || planNumbers(directory).length > 0) return;
  throw new UsageError(
    `${directory} contains files that do not belong to a study. Name another directory with --out.`,
  );
}

/**
 * Carries out what is left of studies on this computer, and shows how that goes; Ctrl-C keeps all
 * work. Sets the exit code unless all is done.
 */
export async function executeHere(
  planned: readonly PendingStudy[],
  { workers, memory: memoryBytes, checkpointEvery: checkpointIntervalMs }: WorkOptions,
  table: LiveTable,
): Promise<WorkOutcome> {
  const executor = new LocalExecutor(
    { workers, memoryBytes, checkpointIntervalMs },
    workObserver(planned, table),
  );
  const interruption = heedInterruption();
  const outcome = await executor
    .execute(planned.map(studyWork), interruption.signal)
    .finally(() => {
      interruption.release();
      table.clear();
    });
  if (outcome.kind === "interrupted") process.exitCode = exitCodes.interrupted;
  else if (outcome.kind === "done" && outcome.failed > 0) process.exitCode = exitCodes.failed;
  return outcome;
}

/** Shows the work in a table as it goes. */
function workObserver(planned: readonly PendingStudy[], table: LiveTable): LocalObserver {
  const progress = new WorkProgress(workSize(planned));
  const show = () => table.show(progress.summary, progress.details);
  const id = ({ study, index }: LocalTask) => `${study.directory} ${index}`;
  const label = ({ study, index }: LocalTask) => taskLabel(study, study.task(index));
  return {
    onBegin: (task) => {
      const { study, index } = task;
      progress.begin(id(task), label(task), taskStartMs(study, study.task(index)));
      show();
    },
    onReport: (task, report) => {
      progress.report(id(task), report);
      show();
    },
    onNote: (task, text) => table.note(`note: ${label(task)}: ${text}`),
    onOutcome: (task, outcome) => {
      const { study, index } = task;
      progress.end(id(task), outcome.status, lengthMs(study, study.task(index)));
      if (outcome.status === "failed") table.note(`failed: ${label(task)}: ${outcome.reason}`);
      show();
    },
  };
}

function workSize(planned: readonly PendingStudy[]) {
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

/** Simulated time of a task. */
const lengthMs = (study: Study, task: PlanTask): number =>
  taskEndMs(study.plan.header, task) - taskStartMs(study, task);

import { existsSync, readdirSync, statSync } from "node:fs";
import { LocalExecutor, type LocalObserver, type LocalTask } from "../executors/local.ts";
import { heedInterruption } from "../host/interruption.ts";
import type { WorkOutcome } from "../study/executor.ts";
import { planNumbers } from "../study/folder.ts";
import { taskEndMs } from "../study/planning/plan.ts";
import { taskLabel } from "../study/task.ts";
import { type PendingStudy, studyWork, taskStartMs } from "../study/work.ts";
import type { LiveTable } from "../terminal/live-table.ts";
import { workObserver } from "../terminal/work-observer.ts";
import type { WorkOptions } from "./arguments/work-options.ts";
import { exitCodes, UsageError } from "./failure.ts";

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
    studyObserver(planned, table),
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

/** Shows the work in a table as it goes, with the reasons of failures. */
function studyObserver(planned: readonly PendingStudy[], table: LiveTable): LocalObserver {
  const tasks = planned.flatMap(({ study, pending: { baselines, runs } }) =>
    [...baselines, ...runs].map(({ index }) => ({ study, index })),
  );
  const observer = workObserver<LocalTask>(table, tasks, ({ study, index }) => {
    const task = study.task(index);
    return {
      id: `${study.directory} ${index}`,
      label: taskLabel(study, task),
      fromMs: taskStartMs(study, task),
      endMs: taskEndMs(study.plan.header, task),
    };
  });
  return {
    ...observer,
    onOutcome: (task, outcome) => {
      const { study, index } = task;
      if (outcome.status === "failed")
        table.note(`failed: ${taskLabel(study, study.task(index))}: ${outcome.reason}`);
      observer.onOutcome(task, outcome);
    },
  };
}

import type { BranchRequest } from "../../runs/branched.ts";
import { finishBranch, finishRun } from "../../runs/finished.ts";
import type { RunRequest } from "../../runs/recorded.ts";
import type { RunObserver, RunPace } from "../../runs/session.ts";
import type { RunSummary } from "../../runs/summary.ts";
import type { RunReport } from "../../simulation/run-options.ts";
import { Study } from "../../study/folder.ts";
import type { PlanHeader, PlanTask } from "../../study/planning/plan.ts";
import { executeTask } from "../../study/task.ts";

/** A task of a study's plan. */
export interface SweepWork extends RunPace {
  readonly directory: string;
  readonly planNumber: number;
  readonly header: PlanHeader;
  readonly index: number;
  /** The task and, if it branches off one, its baseline: of a large plan, the rest is not needed. */
  readonly tasks: readonly PlanTask[];
}

/** Task for a worker process. It keeps what there is of it already. */
export type WorkerTask =
  | { readonly kind: "run"; readonly request: RunRequest }
  | { readonly kind: "branch"; readonly request: BranchRequest }
  | { readonly kind: "sweep"; readonly work: SweepWork };

/** Progress of a task and its run; null for tasks of sweeps. */
export interface WorkerResult {
  readonly status: "complete" | "interrupted";
  readonly summary: RunSummary | null;
}

/** Message of a worker process about its task; the last is the result or the failure. */
export type WorkerMessage =
  | { readonly kind: "report"; readonly report: RunReport }
  | { readonly kind: "replay"; readonly simulatedMs: number; readonly untilMs: number }
  | { readonly kind: "note"; readonly text: string }
  /** True if there is something to keep before it may end; at first there is. */
  | { readonly kind: "hold"; readonly holds: boolean }
  | { readonly kind: "result"; readonly result: WorkerResult }
  /** It was stopped before there was anything to record. */
  | { readonly kind: "stopped" }
  | { readonly kind: "failure"; readonly reason: string };

/** Carries out a task, told whether to stop. */
export async function executeWorkerTask(
  task: WorkerTask,
  observer: RunObserver,
): Promise<WorkerResult> {
  switch (task.kind) {
    case "run":
      return resultOf(await finishRun(task.request, observer), task.request);
    case "branch":
      return resultOf(await finishBranch(task.request, observer), task.request);
    case "sweep":
      return { status: await executeSweepWork(task.work, observer), summary: null };
  }
}

function resultOf(summary: RunSummary, { untilMs = Infinity }: RunPace): WorkerResult {
  const isDone = summary.status === "complete" || summary.simulatedMs >= untilMs;
  return { status: isDone ? "complete" : "interrupted", summary };
}

function executeSweepWork(work: SweepWork, observer: RunObserver) {
  const tasks: PlanTask[] = [];
  for (const task of work.tasks) tasks[task.index] = task;
  const study = new Study(work.directory, work.planNumber, { header: work.header, tasks });
  return executeTask(study, work.index, observer, work);
}

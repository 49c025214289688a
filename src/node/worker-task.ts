import type { RunReport } from "../experiment/run.ts";
import type { BranchRequest } from "./branched-run.ts";
import { finishBranch, finishRun } from "./finished-run.ts";
import type { RunRequest } from "./recorded-run.ts";
import type { RunObserver } from "./run-session.ts";
import type { RunSummary } from "./run-summary.ts";

/** What a worker process can be asked to do. It keeps what there is of it already. */
export type WorkerTask =
  | { readonly kind: "run"; readonly request: RunRequest }
  | { readonly kind: "branch"; readonly request: BranchRequest };

/** What a worker process tells of its task; the last is the summary or the failure. */
export type WorkerMessage =
  | { readonly kind: "report"; readonly report: RunReport }
  | { readonly kind: "replay"; readonly simulatedMs: number; readonly untilMs: number }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "summary"; readonly summary: RunSummary }
  /** It was stopped before there was anything to record. */
  | { readonly kind: "stopped" }
  | { readonly kind: "failure"; readonly reason: string };

/** Carries out a task, told whether to stop. */
export function carryOutTask(task: WorkerTask, observer: RunObserver): Promise<RunSummary> {
  switch (task.kind) {
    case "run":
      return finishRun(task.request, observer);
    case "branch":
      return finishBranch(task.request, observer);
  }
}

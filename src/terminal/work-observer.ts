import type { TaskOutcome } from "../executors/workers/pool.ts";
import type { RunReport } from "../simulation/run-options.ts";
import type { LiveTable } from "./live-table.ts";
import { WorkProgress } from "./work-progress.ts";

/** A task as its progress is shown. */
export interface ShownTask {
  readonly id: string;
  readonly label: string;
  /** Simulated time from which it is recorded now, and its end, ms; equal where it is complete. */
  readonly fromMs: number;
  readonly endMs: number;
}

/** Shows the progress of tasks in a table, without those that are complete. */
export function workObserver<T>(
  table: LiveTable,
  tasks: readonly T[],
  shown: (task: T) => ShownTask,
) {
  const lengthMs = (task: T) => shown(task).endMs - shown(task).fromMs;
  const open = tasks.map(lengthMs).filter((ms) => ms > 0);
  const simulatedMs = open.reduce((sum, ms) => sum + ms, 0);
  const progress = new WorkProgress({ tasks: open.length, simulatedMs });
  const show = () => {
    if (open.length > 0) table.show(progress.summary, progress.details);
  };
  return {
    onBegin: (task: T) => {
      const { id, label, fromMs } = shown(task);
      if (lengthMs(task) > 0) progress.begin(id, label, fromMs);
      show();
    },
    onReport: (task: T, report: RunReport) => {
      progress.report(shown(task).id, report);
      show();
    },
    onNote: (task: T, text: string) => table.note(`note: ${shown(task).label}: ${text}`),
    onOutcome: (task: T, { status }: TaskOutcome) => {
      if (lengthMs(task) > 0) progress.end(shown(task).id, status, lengthMs(task));
      show();
    },
  };
}

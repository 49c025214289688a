/**
 * isocortex with files: runs in directories, pictures, the original's reference runs. What needs
 * no files is in `isocortex`.
 */

export { type Plan, planSweep } from "../sweep/plan.ts";
export { readSweep, type Sweep } from "../sweep/sweep-file.ts";
export { type DrawnRun, openDrawnRuns } from "./figure/drawn-run.ts";
export { writeFigure } from "./figure/figure-files.ts";
export type { FigureRequest } from "./figure/figure-request.ts";
export { pdfPicture } from "./figure/pdf-picture.ts";
export { figureDocument, pngPicture } from "./figure/picture.ts";
export { runFigure } from "./figure/run-figures.ts";
export { program } from "./package.ts";
export { type Branch, type BranchRequest, planBranch, recordBranch } from "./run/branched-run.ts";
export { finishBranch, finishRun } from "./run/finished-run.ts";
export { type RunRequest, recordRun } from "./run/recorded-run.ts";
export { ReferenceRunError, readReferenceRun } from "./run/reference-run.ts";
export { resumeRun } from "./run/resumed-run.ts";
export {
  type ExportFormat,
  type ExportObserver,
  type ExportRequest,
  exportRun,
} from "./run/run-export.ts";
export { FolderStore } from "./run/run-folder.ts";
export { openHistory, RunHistory } from "./run/run-history.ts";
export { runMemoryBytes } from "./run/run-memory.ts";
export {
  checkNeeds,
  type Machine,
  machineFor,
  type RunNeeds,
  RunSizeError,
  runNeeds,
} from "./run/run-needs.ts";
export { openRun } from "./run/run-opening.ts";
export type { RunObserver } from "./run/run-session.ts";
export { type RunStatistics, runStatistics } from "./run/run-statistics.ts";
export type { RunSummary } from "./run/run-summary.ts";
export { LocalEngine } from "./study/local-engine.ts";
export { planReplication } from "./study/replication.ts";
export { replicatedClaims } from "./study/replication-report.ts";
export { keepPlan, openStudy, type Study } from "./study/study.ts";
export { studyStatus } from "./study/study-status.ts";
export { collectRuns, studyTable } from "./study/study-table.ts";
export { pendingTasks, studyWork } from "./study/study-work.ts";
export { carryOutSweepTask } from "./study/sweep-task.ts";
export { teamOf } from "./worker/team-threads.ts";
export {
  type PoolObserver,
  type PoolOptions,
  type PoolTask,
  runTasks,
  type TaskOutcome,
} from "./worker/worker-pool.ts";

/**
 * isocortex with files: runs in directories, pictures, the original's reference runs. What needs
 * no files is in `isocortex`.
 */

export { LocalEngine } from "../executors/local.ts";
export {
  type PoolObserver,
  type PoolOptions,
  type PoolTask,
  runTasks,
  type TaskOutcome,
} from "../executors/workers/pool.ts";
export { program } from "../host/package.ts";
export { RunHistory } from "../measures/history.ts";
export { type RunStatistics, runStatistics } from "../measures/statistics.ts";
export { type DrawnRun, openDrawnRuns } from "../pictures/drawn-run.ts";
export { writeFigure } from "../pictures/files.ts";
export { pdfPicture } from "../pictures/pdf.ts";
export { figureDocument, pngPicture } from "../pictures/rendering.ts";
export type { FigureRequest } from "../pictures/request.ts";
export { runFigure } from "../pictures/run-figures.ts";
export { planReplication } from "../replication/plan.ts";
export { replicatedClaims } from "../replication/report.ts";
export { type Branch, type BranchRequest, planBranch, recordBranch } from "../runs/branched.ts";
export {
  type ExportFormat,
  type ExportObserver,
  type ExportRequest,
  exportRun,
} from "../runs/export.ts";
export { finishBranch, finishRun } from "../runs/finished.ts";
export { openHistory } from "../runs/history.ts";
export { runMemoryBytes } from "../runs/memory.ts";
export {
  checkNeeds,
  type Machine,
  machineFor,
  type RunNeeds,
  RunSizeError,
  runNeeds,
} from "../runs/needs.ts";
export { openRun } from "../runs/opening.ts";
export { type RunRequest, recordRun } from "../runs/recorded.ts";
export { readReferenceRun } from "../runs/reference.ts";
export { resumeRun } from "../runs/resumed.ts";
export type { RunObserver } from "../runs/session.ts";
export type { RunSummary } from "../runs/summary.ts";
export { ReferenceRunError } from "../simulation/reference-run.ts";
export { FolderStore } from "../store/run-folder.ts";
export { keepPlan, openStudy, type Study } from "../study/folder.ts";
export { type Plan, planSweep } from "../study/planning/plan.ts";
export { readSweep, type Sweep } from "../study/planning/sweep-file.ts";
export { studyStatus } from "../study/status.ts";
export { collectRuns, studyTable } from "../study/table.ts";
export { carryOutSweepTask } from "../study/task.ts";
export { pendingTasks, studyWork } from "../study/work.ts";
export { teamOf } from "../threads/starting.ts";

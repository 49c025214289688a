/**
 * isocortex with files: runs in directories, pictures, the original's reference runs. What needs
 * no files is in `isocortex`.
 */

export { type Branch, type BranchRequest, planBranch, recordBranch } from "./branched-run.ts";
export { type DrawnRun, openDrawnRuns } from "./drawn-run.ts";
export { writeFigure } from "./figure-files.ts";
export type { FigureRequest } from "./figure-request.ts";
export { finishBranch, finishRun } from "./finished-run.ts";
export { pdfPicture } from "./pdf-picture.ts";
export { figureDocument, pngPicture } from "./picture.ts";
export { type RunRequest, recordRun } from "./recorded-run.ts";
export { ReferenceRunError, readReferenceRun } from "./reference-run.ts";
export { resumeRun } from "./resumed-run.ts";
export {
  type ExportFormat,
  type ExportObserver,
  type ExportRequest,
  exportRun,
} from "./run-export.ts";
export { runFigure } from "./run-figures.ts";
export { FolderStore } from "./run-folder.ts";
export { openHistory, RunHistory } from "./run-history.ts";
export { runMemoryBytes } from "./run-memory.ts";
export type { RunObserver } from "./run-session.ts";
export type { RunSummary } from "./run-summary.ts";
export {
  type PoolObserver,
  type PoolOptions,
  type PoolTask,
  runTasks,
  type TaskOutcome,
} from "./worker-pool.ts";

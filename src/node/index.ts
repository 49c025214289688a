/**
 * Runs in directories: recording, resumption, branches, statistics, figures, exports, parameter
 * studies, and the reference runs of the original. Needs Node.js.
 *
 * @module isocortex/node
 */

export type { ThreadUse } from "../engine/contract.ts";
export type { NwbMetadata, SubjectField } from "../export/nwb-metadata.ts";
export type { StopObserver } from "../host/turns.ts";
export type { Activity, IntervalRates, OnsetRequest } from "../measures/activity.ts";
export type { ChangeSummary } from "../measures/change.ts";
export type { BurstStatistics } from "../measures/group-statistics.ts";
export type {
  GroupSummary,
  IntervalStatistics,
  StateSummary,
} from "../measures/interval-statistics.ts";
export type { LfpBandPower, LfpSummary } from "../measures/lfp-statistics.ts";
export type { PotentialSummary } from "../measures/potential-statistics.ts";
export type { SpikesRequest } from "../measures/spike-statistics.ts";
export type { GainGroup } from "../measures/state-values.ts";
export type {
  PhaseStatistics,
  RunStatistics,
  StatisticsByPhase,
  StatisticsRequest,
  WholeRun,
} from "../measures/statistics.ts";
export type { BalanceSummary, PopulationBalance } from "../measures/synaptic-balance.ts";
export type { LockingSummary, PopulationLocking } from "../measures/volley-locking.ts";
export type { VolleyInput } from "../measures/volleys.ts";
export type { ClassRates } from "../paper/evidence.ts";
export { writeFigure } from "../pictures/files.ts";
export type { PictureKind } from "../pictures/formats.ts";
export { figureDocument, pngPicture } from "../pictures/rendering.ts";
export type { FigureRequest } from "../pictures/request.ts";
export { drawRuns } from "../pictures/run-figures.ts";
export { type Branch, type BranchRequest, planBranch, recordBranch } from "../runs/branched.ts";
export { type ExportObserver, type ExportRequest, exportRun } from "../runs/export.ts";
export { RunSizeError } from "../runs/needs.ts";
export { openRun } from "../runs/opening.ts";
export { type RunRequest, recordRun } from "../runs/recorded.ts";
export { readReferenceRun } from "../runs/reference.ts";
export { resumeRun } from "../runs/resumed.ts";
export type { RunObserver, RunPace } from "../runs/session.ts";
export type { RunSummary } from "../runs/summary.ts";
export { ReferenceRunError } from "../simulation/reference-run.ts";
export type { ThreadCount } from "../threads/starting.ts";
export { phaseStatistics, runStatistics } from "./statistics.ts";
export { runSweep, type SweepOptions, type SweepOutcome, type SweepRun } from "./sweep.ts";

import { timelineOf } from "../experiment/definition.ts";
import { learningTimes } from "../experiment/schedule.ts";
import { runBytes } from "../runs/size.ts";
import { type Calibration, calibrate } from "./calibration.ts";
import type { Study } from "./folder.ts";
import { plannedLoad } from "./load.ts";
import { type PlanTask, taskCourse, taskEndMs, taskParameters } from "./planning/plan.ts";
import { alike, type PendingStudy, taskStartMs } from "./work.ts";

/** Estimated time and disk space of a study's work. */
export interface WorkEstimate {
  /** On one core, ms of wall time. */
  readonly totalMs: number;
  /** Of the longest task. */
  readonly longestMs: number;
  readonly bytes: number;
}

/** A study with an estimate of its pending work. */
export interface EstimatedStudy extends PendingStudy {
  readonly estimate: WorkEstimate;
}

/** Begin a process, build the network, measure the run, ms of wall time at size factor 1. */
const TASK_OVERHEAD_MS = 800;

/** Estimates the work of studies by the speed of the first run that is pending. */
export function estimateStudies(planned: readonly PendingStudy[]): EstimatedStudy[] {
  const next = planned.find(({ pending }) => pending.runs.length > 0);
  const parameters = next && taskParameters(next.study.plan.header, next.pending.runs[0]!);
  const calibration = parameters && calibrate(parameters);
  return planned.map((one) => ({
    ...one,
    estimate: calibration ? estimateWork(one, calibration) : { totalMs: 0, longestMs: 0, bytes: 0 },
  }));
}

/**
 * Estimates time and disk space of the pending tasks from the speed of a short stretch at rest.
 *
 * While it is hyperactive, a network fires 70 to 100 times the spikes and takes 15 to 30 times as long.
 */
export function estimateWork(
  { study, pending }: Pick<PendingStudy, "study" | "pending">,
  calibration: Calibration,
): WorkEstimate {
  const estimate = { totalMs: 0, longestMs: 0, bytes: 0 };
  for (const { task, count } of alike(study, pending)) {
    const { taskMs, bytes } = estimateTask(study, task, calibration);
    estimate.totalMs += count * taskMs;
    estimate.longestMs = Math.max(estimate.longestMs, taskMs);
    estimate.bytes += count * bytes;
  }
  return estimate;
}

function estimateTask(
  study: Study,
  task: PlanTask,
  { wallMsPerSimulatedMs, spikesPerMs, sizeFactor }: Calibration,
) {
  const { header } = study.plan;
  const course = taskCourse(header, task);
  const { parameters } = course;
  const startMs = taskStartMs(study, task);
  const endMs = taskEndMs(header, task);
  const size = parameters.sizeFactor / sizeFactor;
  const { events, living } = plannedLoad(course, startMs, endMs);
  const spikes = (endMs - startMs) * spikesPerMs * size * living;
  const gains = header.gainTimesMs?.length ?? 1 + learningTimes(timelineOf(course).timeline).length;
  return {
    taskMs:
      TASK_OVERHEAD_MS * Math.max(1, parameters.sizeFactor) +
      (endMs - startMs) * wallMsPerSimulatedMs * size * events,
    bytes: runBytes(parameters, { startMs, endMs, spikes, gains }),
  };
}

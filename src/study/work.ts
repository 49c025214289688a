import { timelineOf } from "../experiment/definition.ts";
import { isEntryKey } from "../experiment/entry-settings.ts";
import { learningTimes } from "../experiment/schedule.ts";
import { runMemoryBytes } from "../runs/memory.ts";
import { type CountedNeeds, checkTogether, runNeeds } from "../runs/needs.ts";
import { runBytes } from "../runs/size.ts";
import type { Calibration } from "./calibration.ts";
import type { StudyWork } from "./executor.ts";
import type { Study } from "./folder.ts";
import { plannedLoad } from "./load.ts";
import { type PlanTask, taskCourse, taskEndMs, taskParameters } from "./planning/plan.ts";
import { completionOrDamage, isComplete, TaskFileError } from "./task-records.ts";

/** Pending tasks of a study. */
export interface PendingTasks {
  /** Those that some pending run branches off, or whose files are damaged. */
  readonly baselines: readonly PlanTask[];
  readonly runs: readonly PlanTask[];
}

/** The tasks that are not complete yet. */
export function pendingTasks(study: Study): PendingTasks {
  const { tasks } = study.plan;
  const runs = tasks.filter((task) => task.kind === "run" && !isComplete(study, task));
  const needed = new Set(runs.map(({ baseline }) => baseline));
  const baselines = tasks.filter((task) => {
    if (task.kind !== "baseline") return false;
    const found = completionOrDamage(study, task);
    return found ? found instanceof TaskFileError : needed.has(task.index);
  });
  return { baselines, runs };
}

/** Estimated resources of a study's work. */
export interface WorkEstimate {
  /** On one core, ms of wall time. */
  readonly totalMs: number;
  /** Of the longest task. */
  readonly longestMs: number;
  readonly bytes: number;
  /** Memory of a task. */
  readonly memoryBytes: number;
}

/** Begin a process, build the network, measure the run, ms of wall time at size factor 1. */
const TASK_OVERHEAD_MS = 800;

/** Parameters on which the cost of a run depends: tasks that differ in others cost the same. */
const costly: ReadonlySet<string> = new Set([
  "protocol",
  "sizeFactor",
  "connectionFactor",
  "connectionFactorEE",
  "connectionFactorEI",
  "connectionFactorIE",
  "connectionFactorII",
  "baselineDurationS",
  "learningDurationS",
  "recallDurationS",
  "samplingStartMs",
  "samplingIntervalMs",
  "trainingRateHz",
  "trainingWeightMv",
  "trainingStartMs",
  "trainingEndMs",
]);

/**
 * Estimates time, disk and memory of the pending tasks from the speed of a short stretch at rest.
 *
 * A network that turns hyperactive makes 60 times the spikes and takes six times as long.
 */
export function estimateWork(
  study: Study,
  { baselines, runs }: PendingTasks,
  calibration: Calibration,
): WorkEstimate {
  const { header } = study.plan;
  const estimate = { totalMs: 0, longestMs: 0, bytes: 0, memoryBytes: 0 };
  for (const { task, count } of alike(study, [...baselines, ...runs])) {
    const { taskMs, bytes, memoryBytes } = estimateTask(study, task, calibration);
    estimate.totalMs += count * taskMs;
    estimate.longestMs = Math.max(estimate.longestMs, taskMs);
    estimate.bytes += count * bytes;
    estimate.memoryBytes = Math.max(estimate.memoryBytes, memoryBytes);
  }
  const { memoryBytes = estimate.memoryBytes } = header.resources;
  return { ...estimate, memoryBytes };
}

/** Resources of the pending tasks, similar ones together. */
export function studyNeeds(study: Study, { baselines, runs }: PendingTasks): CountedNeeds[] {
  const { header } = study.plan;
  return Array.from(alike(study, [...baselines, ...runs]), ({ task, count }) => {
    const needs = runNeeds(taskParameters(header, task), {
      startMs: taskStartMs(study, task),
      endMs: taskEndMs(header, task),
      isBranch: task.baseline !== null,
      gains: header.gainTimesMs?.length,
    });
    return { needs, count };
  });
}

/**
 * Checks that there is room for the records of all pending tasks together.
 *
 * @throws {RunSizeError} with what they take and what there is
 */
export const checkStudyRoom = (study: Study, pending: PendingTasks): void =>
  checkTogether(`The study in ${study.directory}`, studyNeeds(study, pending), study.directory);

/** One task of each cost, and how many there are of it. */
function alike(
  study: Study,
  tasks: readonly PlanTask[],
): Iterable<{ task: PlanTask; count: number }> {
  const varied = study.plan.header.varied.filter((name) => costly.has(name) || isEntryKey(name));
  const groups = new Map<string, { task: PlanTask; count: number }>();
  for (const task of tasks) {
    const values = varied.map((name) => task.settings[name]);
    const key = [taskStartMs(study, task), task.untilMs, ...values].join();
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { task, count: 1 });
  }
  return groups.values();
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
    memoryBytes: runMemoryBytes(parameters, { isBranch: task.baseline !== null }),
  };
}

/** Start of a task's simulation, ms: 0, or the start of the branch. */
export const taskStartMs = (study: Study, { baseline }: PlanTask): number =>
  baseline === null ? 0 : study.task(baseline).untilMs!;

/** The work that an engine is to carry out. */
export function studyWork(
  study: Study,
  { baselines, runs }: PendingTasks,
  { memoryBytes }: Pick<WorkEstimate, "memoryBytes">,
): StudyWork {
  const indices = (tasks: readonly PlanTask[]) => tasks.map(({ index }) => index);
  return {
    directory: study.directory,
    planNumber: study.planNumber,
    baselines: indices(baselines),
    runs: indices(runs),
    memoryBytes,
    timeMs: study.plan.header.resources.timeMs,
  };
}

/** A study, and what is left of it. */
export interface PendingStudy {
  readonly study: Study;
  readonly pending: PendingTasks;
  readonly estimate: WorkEstimate;
}

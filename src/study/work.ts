import { isEntryKey } from "../experiment/entry-settings.ts";
import type { Effect } from "../model/parameter-definition.ts";
import { definitionOf } from "../model/parameters.ts";
import { type CountedNeeds, checkEach, checkTogether, runNeeds } from "../runs/needs.ts";
import type { StudyWork } from "./executor.ts";
import { draftStudy, keepPlan, type Study } from "./folder.ts";
import { type Plan, type PlanTask, taskEndMs, taskParameters } from "./planning/plan.ts";
import type { SettingName } from "./planning/variation.ts";
import { completionOrDamage, isComplete, TaskFileError } from "./task-records.ts";

/** Pending tasks of a study. */
export interface PendingTasks {
  /** Those that some pending run branches off, or whose files are damaged. */
  readonly baselines: readonly PlanTask[];
  readonly runs: readonly PlanTask[];
}

/** A study with its pending tasks and their resources. */
export interface PendingStudy {
  readonly study: Study;
  readonly pending: PendingTasks;
  readonly needs: readonly CountedNeeds[];
  /** Memory of one task. */
  readonly memoryBytes: number;
}

/**
 * Plans a study in a directory, which stays as it is: its pending tasks, and what they need.
 *
 * @throws {RunSizeError} when a task takes more memory than this computer has
 */
export function planWork(directory: string, plan: Plan): PendingStudy {
  const study = draftStudy(directory, plan);
  const pending = pendingTasks(study);
  const needs = studyNeeds(study, pending);
  checkEach(needs, directory);
  const { memoryBytes = Math.max(0, ...needs.map((one) => one.needs.memoryBytes)) } =
    plan.header.resources;
  return { study, pending, needs, memoryBytes };
}

/** The same study with its plan in its directory. */
export const keepStudy = <S extends PendingStudy>(planned: S): S => ({
  ...planned,
  study: keepPlan(planned.study.directory, planned.study.plan),
});

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

/** Resources of the pending tasks, similar ones together. */
function studyNeeds(study: Study, pending: PendingTasks): CountedNeeds[] {
  const { header } = study.plan;
  return Array.from(alike(study, pending), ({ task, count }) => {
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
export const checkStudyRoom = ({ study, needs }: PendingStudy): void =>
  checkTogether(`The study in ${study.directory}`, needs, study.directory);

/** True if the resources of a run can depend on a parameter, by when that matters. */
const costs: Readonly<Record<Effect["matters"], boolean>> = {
  "from the beginning": true,
  "as entries": true,
  "through entries": true,
  // Estimates are of a column at rest.
  "with scaling": false,
  "with plasticity": false,
  never: false,
};

const isCostly = (name: SettingName): boolean =>
  isEntryKey(name) || costs[definitionOf(name).matters];

/** One task of each cost, and how many there are of it. */
export function alike(
  study: Study,
  { baselines, runs }: PendingTasks,
): Iterable<{ task: PlanTask; count: number }> {
  const varied = study.plan.header.varied.filter(isCostly);
  const groups = new Map<string, { task: PlanTask; count: number }>();
  for (const task of [...baselines, ...runs]) {
    const values = varied.map((name) => task.settings[name]);
    const key = [taskStartMs(study, task), task.untilMs, ...values].join();
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { task, count: 1 });
  }
  return groups.values();
}

/** Start of a task's simulation, ms: 0, or the start of the branch. */
export const taskStartMs = (study: Study, { baseline }: PlanTask): number =>
  baseline === null ? 0 : study.task(baseline).untilMs!;

/** The work that an executor is given. */
export function studyWork({
  study,
  pending: { baselines, runs },
  memoryBytes,
}: Omit<PendingStudy, "needs">): StudyWork {
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

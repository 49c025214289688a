import { defaultJobOptions, type JobOptions } from "../../../src/executors/clusters/job-options.ts";
import type { Round } from "../../../src/executors/clusters/jobs.ts";
import type { SchedulerLimits } from "../../../src/executors/clusters/scheduler.ts";

export const noLimits: SchedulerLimits = { arrayTasks: Infinity, queuedTasks: Infinity };

/** A round of a study in a directory whose name needs quoting. */
export const roundOf = (
  rowGroups: readonly (readonly number[])[],
  options: Partial<JobOptions> = {},
  changes: Partial<Round> = {},
): Round => ({
  name: "gain & target",
  number: 1,
  study: "/data/Anna's study",
  folder: "/data/Anna's study/jobs/0001",
  planNumber: 1,
  rowGroups,
  program: ["/usr/bin/node", "/opt/iso cortex/main.js"],
  options: { ...defaultJobOptions, ...options },
  ...changes,
});

export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, k) => from + k);

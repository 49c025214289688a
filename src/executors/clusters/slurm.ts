import {
  type ClusterJob,
  printedLimit,
  type Scheduler,
  SchedulerAnswerError,
  scriptText,
} from "./scheduler.ts";

/** A time as Slurm reads it, hours:minutes:seconds. */
function clockTime(timeMs: number): string {
  const whole = Math.ceil(timeMs / 1000);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

function directives({ name, tasks, options }: ClusterJob): string[] {
  const { queue, account, timeMs, memoryBytes, warningMs, tasksAtOnce, lines } = options;
  const atOnce = tasksAtOnce === undefined ? "" : `%${tasksAtOnce}`;
  return [
    `--job-name=${name}`,
    ...(tasks === undefined ? [] : [`--array=0-${tasks - 1}${atOnce}`]),
    `--output=logs/${tasks === undefined ? "%x-%j" : "%x-%A_%a"}.log`,
    "--open-mode=append",
    "--requeue",
    // B: the script alone is warned, and passes it on.
    ...(tasks === undefined ? [] : [`--signal=B:USR1@${Math.ceil(warningMs / 1000)}`]),
    "--ntasks=1",
    "--cpus-per-task=1",
    ...(timeMs === undefined ? [] : [`--time=${clockTime(timeMs)}`]),
    ...(memoryBytes === undefined ? [] : [`--mem=${Math.ceil(memoryBytes / 2 ** 20)}M`]),
    ...(queue === undefined ? [] : [`--partition=${queue}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
    ...lines,
  ];
}

/** Slurm, 20.11 or later. */
export const slurm: Scheduler = {
  name: "slurm",
  title: "Slurm",
  taskShell: {
    taskNumber: "SLURM_ARRAY_TASK_ID",
    warnings: ["USR1"],
    requeue: [
      "# Repeat until the controller answers or the time is over.",
      `until scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"; do sleep 5; done`,
      "exit 0",
    ],
  },
  ownJobVariable: "SLURM_JOB_ID",
  script: (job) => scriptText("#SBATCH", directives(job), job),
  submission: (script, after) => [
    "sbatch",
    "--parsable",
    ...(after.length > 0 ? [`--dependency=afterany:${after.join(":")}`] : []),
    script,
  ],
  submittedId(output) {
    // Sites of several clusters print the cluster, too.
    const id = /^(\d+)(?:;\S+)?\s*$/m.exec(output)?.[1];
    if (id === undefined) throw new SchedulerAnswerError("sbatch", output, "a job's number");
    return id;
  },
  queueQuery: ["squeue", "--me", "--noheader", "--format=%F"],
  queuedIds: (output) => new Set(output.split(/\s+/).filter((id) => id !== "")),
  limitsQuery: ["scontrol", "show", "config"],
  limits: (output) => ({
    // The largest index is one less, and indices begin at 0.
    arrayTasks: printedLimit(output, "MaxArraySize"),
    queuedTasks: printedLimit(output, "MaxJobCount"),
  }),
  cancellation: (ids) => ["scancel", ...ids],
};

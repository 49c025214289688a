import {
  type ClusterJob,
  printedLimit,
  type Scheduler,
  SchedulerAnswerError,
  scriptText,
} from "./scheduler.ts";

function directives({ name, tasks, options }: ClusterJob): string[] {
  const { queue, account, timeMs, memoryBytes, warningMs, tasksAtOnce, lines } = options;
  return [
    // Names must not begin with a digit.
    `-N ${/^\d/.test(name) ? `s${name}` : name}`,
    ...(tasks === undefined ? [] : [`-t 1-${tasks}`]),
    ...(tasks === undefined || tasksAtOnce === undefined ? [] : [`-tc ${tasksAtOnce}`]),
    "-S /bin/bash",
    "-cwd",
    "-o logs",
    "-j y",
    "-r y",
    ...(tasks === undefined ? [] : ["-notify"]),
    ...(timeMs === undefined
      ? []
      : [`-l s_rt=${Math.floor((timeMs - warningMs) / 1000)},h_rt=${Math.ceil(timeMs / 1000)}`]),
    // h_vmem would count address space, of which Node.js reserves far more than it uses.
    ...(memoryBytes === undefined ? [] : [`-l mem_free=${Math.ceil(memoryBytes / 2 ** 20)}M`]),
    ...(queue === undefined ? [] : [`-q ${queue}`]),
    ...(account === undefined ? [] : [`-P ${account}`]),
    ...lines,
  ];
}

/** GridEngine: Son of Grid Engine, and its kin. */
export const gridengine: Scheduler = {
  name: "gridengine",
  title: "GridEngine",
  taskShell: {
    taskNumber: "SGE_TASK_ID - 1",
    // Time over or suspension; deletion or rescheduling.
    warnings: ["USR1", "USR2"],
    requeue: ["# This exit code makes GridEngine run the task again.", "exit 99"],
  },
  ownJobVariable: "JOB_ID",
  script: (job) => scriptText("#$", directives(job), job),
  submission: (script, after) => [
    "qsub",
    "-terse",
    ...(after.length > 0 ? ["-hold_jid", after.join(",")] : []),
    script,
  ],
  submittedId(output) {
    const id = /^(\d+)(?:\.\d+-\d+:\d+)?\s*$/m.exec(output)?.[1];
    if (id === undefined) throw new SchedulerAnswerError("qsub", output, "a job's number");
    return id;
  },
  queueQuery: ["qstat"],
  queuedIds: (output) => new Set(Array.from(output.matchAll(/^\s*(\d+)\s/gm), ([, id]) => id!)),
  limitsQuery: ["qconf", "-sconf"],
  limits: (output) => ({
    arrayTasks: printedLimit(output, "max_aj_tasks"),
    // It counts jobs, of which an array is one.
    queuedTasks: Infinity,
  }),
  cancellation: (ids) => ["qdel", ...ids],
};

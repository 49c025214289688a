import { shellLine, shellWord } from "../../host/shell-words.ts";
import type { JobOptions } from "./job-options.ts";
import type { Scheduler, SchedulerLimits } from "./scheduler.ts";

/** One attempt to finish a study: what is not complete yet, as jobs. */
export interface Round {
  /** Name of the study in the scheduler's lists. */
  readonly name: string;
  /** From 1. */
  readonly number: number;
  /** The study's directory, in full, and the number of its plan. */
  readonly study: string;
  readonly planNumber: number;
  /** The round's own folder, in full; jobs are submitted from there. */
  readonly folder: string;
  /** Rows of the plan to be carried out; those of a group need that the groups before are done. */
  readonly rowGroups: readonly (readonly number[])[];
  /** Command that calls isocortex on a node: words, unless the options give another. */
  readonly program: readonly string[];
  readonly options: JobOptions;
}

/** A script to be submitted. */
export interface StudyScript {
  /** Its name in the round's folder. */
  readonly file: string;
  readonly text: string;
  /** Scripts whose jobs must have ended before. */
  readonly after: readonly string[];
  /** Rows of the plan that it carries out, in a file of their own, one a line. */
  readonly rows?: { readonly file: string; readonly indices: readonly number[] };
}

/** A study does not fit into what a scheduler allows. */
export class StudySizeError extends Error {
  override readonly name = "StudySizeError";
}

/** Memory of the final job, which reads the measures of all runs. */
const FOLLOWING_MEMORY_BYTES = 2 ** 30;

/**
 * The jobs of a round: arrays, as many as the scheduler's limits make necessary, and one that
 * follows when all of them have ended, and submits what is missing again or collects the results.
 *
 * Where the number of tasks at work is limited, arrays follow each other, as the scheduler counts
 * the tasks of each for itself.
 *
 * @throws {StudySizeError} when there are more tasks than the scheduler takes
 */
export function studyScripts(
  round: Round,
  scheduler: Scheduler,
  limits: SchedulerLimits,
): StudyScript[] {
  checkSize(round, scheduler, limits);
  const { rowGroups, options } = round;
  const arrays: StudyScript[] = [];
  let earlier: readonly string[] = [];
  for (const group of rowGroups.filter(({ length }) => length > 0)) {
    const first = arrays.length;
    for (const indices of parts(group, limits.arrayTasks * options.runsPerTask)) {
      const before = options.tasksAtOnce === undefined ? earlier : lastOf(arrays);
      arrays.push(arrayScript(round, scheduler, arrays.length + 1, indices, before));
    }
    earlier = arrays.slice(first).map(({ file }) => file);
  }
  return [...arrays, followingScript(round, scheduler, arrays)];
}

const lastOf = (scripts: readonly StudyScript[]) => scripts.slice(-1).map(({ file }) => file);

/** A list in parts of the same length, the last of which may be shorter. */
function* parts<T>(list: readonly T[], length: number): Generator<readonly T[]> {
  const step = Math.min(length, list.length);
  for (let start = 0; start < list.length; start += step) yield list.slice(start, start + step);
}

/** @throws {StudySizeError} when there are more tasks than the scheduler takes */
function checkSize(
  { rowGroups, options: { runsPerTask } }: Round,
  { title }: Scheduler,
  { queuedTasks }: SchedulerLimits,
): void {
  const tasks = rowGroups.reduce((sum, { length }) => sum + Math.ceil(length / runsPerTask), 0);
  // One more is the job that follows.
  if (tasks + 1 <= queuedTasks) return;
  const runs = rowGroups.reduce((sum, { length }) => sum + length, 0);
  const enough = Math.ceil(runs / (queuedTasks - 1 - rowGroups.length));
  throw new StudySizeError(
    `${runs} runs with ${runsPerTask} per task are ${tasks} tasks. This ${title} accepts ` +
      `${queuedTasks} jobs and tasks at a time from all users. Use more runs per task: ` +
      `--runs-per-task ${enough}, or more to leave room for others.`,
  );
}

/** A name that schedulers take: letters, digits, and no signs with a meaning to them. */
const jobName = (name: string): string =>
  name.replaceAll(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[^A-Za-z0-9_]+/, "") || "study";

function arrayScript(
  round: Round,
  scheduler: Scheduler,
  number: number,
  indices: readonly number[],
  after: readonly string[],
): StudyScript {
  const { name, options } = round;
  const rowsFile = `array-${number}.rows`;
  const job = {
    name: jobName(name),
    tasks: Math.ceil(indices.length / options.runsPerTask),
    options,
    work: taskLines(round, scheduler, rowsFile),
  };
  return {
    file: `array-${number}.sh`,
    text: scheduler.script(job),
    after,
    rows: { file: rowsFile, indices },
  };
}

function followingScript(
  round: Round,
  scheduler: Scheduler,
  arrays: readonly StudyScript[],
): StudyScript {
  const { name, study, number, options } = round;
  const memoryBytes = options.memoryBytes && Math.max(options.memoryBytes, FOLLOWING_MEMORY_BYTES);
  const job = {
    name: `${jobName(name)}-continue`,
    options: { ...options, memoryBytes },
    work: [
      "# Submits missing runs again, or collects the results if all are complete.",
      `exec ${programCall(round)} sweep continue ${shellWord(study)} --round ${number}`,
    ],
  };
  return {
    file: "continue.sh",
    text: scheduler.script(job),
    after: arrays.map(({ file }) => file),
  };
}

const programCall = ({ program, options }: Round): string => options.command ?? shellLine(program);

function taskCall(round: Round): string {
  const { checkpointIntervalMs } = round.options;
  const pace =
    checkpointIntervalMs === undefined ? "" : ` --checkpoint-every ${checkpointIntervalMs / 1000}`;
  return `${programCall(round)} sweep task "$study" "$row" --plan ${round.planNumber}${pace}`;
}

/** Shell lines of a task: its runs, one after the other, and the response to a warning. */
function taskLines(round: Round, { taskShell }: Scheduler, rowsFile: string): string[] {
  const { runsPerTask } = round.options;
  const { taskNumber, warnings, requeue } = taskShell;
  return [
    `study=${shellWord(round.study)}`,
    `rows=${shellWord(`${round.folder}/${rowsFile}`)}`,
    "",
    "# This task's lines of the file of rows.",
    `first=$(((${taskNumber}) * ${runsPerTask} + 1))`,
    `mine=$(sed -n "$first,$((first + ${runsPerTask - 1}))p" "$rows")`,
    'if [ -z "$mine" ]; then echo "error: $rows has no line $first" >&2; exit 1; fi',
    "",
    "# Before its time limit the task is warned: the current run writes a checkpoint and ends, and",
    "# the task is requeued. A request to end is passed on in the same way, without requeueing.",
    "warned= ended= run=",
    'stop() { [ -z "$run" ] || kill -TERM "$run" 2>/dev/null; }',
    `trap 'warned=yes; stop' ${warnings.join(" ")}`,
    "trap 'ended=yes; stop' TERM INT",
    "requeue() {",
    '  echo "Warned: completed work is kept, and the task is requeued." >&2',
    ...requeue.map((line) => `  ${line}`),
    "}",
    "",
    "status=0",
    "for row in $mine; do",
    '  [ -z "$warned$ended" ] || break',
    `  (exec ${taskCall(round)}) &`,
    "  run=$!",
    '  wait "$run"; code=$?',
    "  # A signal interrupts the waiting.",
    '  while kill -0 "$run" 2>/dev/null; do wait "$run"; code=$?; done',
    "  run=",
    '  [ "$code" -eq 0 ] || status=$code',
    "done",
    '[ -z "$ended" ] || exit 143',
    '[ -z "$warned" ] || requeue',
    'exit "$status"',
  ];
}

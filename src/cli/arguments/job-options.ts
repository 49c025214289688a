import { type Command, InvalidArgumentError } from "commander";
import { WALL_TIME_EXAMPLE, wallTimeFromText } from "../../study/planning/resources.ts";
import { collect, wholeNumber } from "./option-values.ts";

/** Options of a command for a scheduler. */
export interface JobCommandOptions {
  readonly site?: string;
  readonly queue?: string;
  readonly account?: string;
  readonly time?: number;
  readonly tasksAtOnce?: number;
  readonly runsPerTask?: number;
  readonly jobOption?: readonly string[];
  readonly prelude?: readonly string[];
  readonly command?: string;
  readonly checkpointEvery?: number;
}

/** The options that only a cluster has, by their attributes. */
const clusterOnly = [
  "site",
  "queue",
  "account",
  "time",
  "tasksAtOnce",
  "runsPerTask",
  "jobOption",
  "prelude",
  "command",
] as const satisfies readonly (keyof JobCommandOptions)[];

/** True if any of the options was given that only a cluster has. */
export const asksForCluster = (options: JobCommandOptions): boolean =>
  clusterOnly.some((name) => options[name] !== undefined);

const MOST_TASKS = 1_000_000;

/** Options of the engines slurm and gridengine. */
export const addJobOptions = (command: Command): Command =>
  command
    .optionsGroup("On a cluster (--executor slurm or gridengine):")
    .option("--site <file>", "options of a site for all jobs, YAML (docs/clusters.md)")
    .option("--partition, --queue <name>", "Slurm's partition, GridEngine's queue")
    .option("--account <name>", "Slurm's account, GridEngine's project")
    .option(
      "--time <length>",
      'wall time a task may take: "2 h" or, on both, as Slurm has it: 90 (minutes), 01:30:00, 1-12:00:00',
      wallTime,
    )
    .option(
      "--tasks-at-once <n>",
      "largest number of simultaneous tasks",
      wholeNumber(1, MOST_TASKS),
    )
    .option(
      "--runs-per-task <n>",
      "consecutive runs per task (default: 1)",
      wholeNumber(1, MOST_TASKS),
    )
    .option("--job-option <text>", "any other option of sbatch or qsub; repeatable", collect)
    .option(
      "--prelude <line>",
      'a line of shell before the work, such as "module load nodejs"; may be repeated',
      collect,
    )
    .option(
      "--command <words>",
      "command that calls isocortex on a node (default: as called here)",
    );

function wallTime(text: string): number {
  const ms = wallTimeFromText(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError(`Expected ${WALL_TIME_EXAMPLE}.`);
}

import { controlCharacterIn } from "../../document/control-characters.ts";

/**
 * Options of a study's jobs for a scheduler. What a site needs can be kept in a file of its own,
 * and is the same for all studies there.
 */
export interface JobOptions {
  /** Slurm's partition, GridEngine's queue. */
  readonly queue?: string | undefined;
  /** Account for charges: Slurm's account, GridEngine's project. */
  readonly account?: string | undefined;
  /** Wall time that a task may take, ms. */
  readonly timeMs?: number | undefined;
  /** Memory of a task, bytes. */
  readonly memoryBytes?: number | undefined;
  /** Time of the warning before a task's time limit, ms. */
  readonly warningMs: number;
  /** Tasks at work at once; as many as the scheduler lets if left out. */
  readonly tasksAtOnce?: number | undefined;
  /** Runs that a task carries out, one after the other. */
  readonly runsPerTask: number;
  /** Wall time between a run's checkpoints, ms; see `RunPace`. */
  readonly checkpointIntervalMs?: number | undefined;
  /** More of the scheduler's own options, as they are given to sbatch or qsub. */
  readonly lines: readonly string[];
  /** Lines of shell that come first: modules to load, variables to set. */
  readonly prelude: readonly string[];
  /** Command that calls isocortex on a node, in shell; by default as this process was called. */
  readonly command?: string | undefined;
}

/** Default options. */
export const defaultJobOptions: JobOptions = {
  warningMs: 60_000,
  runsPerTask: 1,
  lines: [],
  prelude: [],
};

/** Options that a site does not allow, or that contradict each other. */
export class JobOptionsError extends Error {
  override readonly name = "JobOptionsError";
}

/**
 * Checks that options go together.
 *
 * @throws {JobOptionsError} when they do not
 */
export function checkJobOptions(options: JobOptions): void {
  const { queue, account, timeMs, warningMs, lines, prelude, command } = options;
  if (timeMs !== undefined && timeMs <= warningMs) {
    throw new JobOptionsError(
      `The time limit of a task is ${timeMs / 1000} s, with a warning ${warningMs / 1000} s ` +
        "before it. Expected a longer limit or a shorter warning.",
    );
  }
  for (const name of [queue, account]) {
    if (name === undefined || isName(name)) continue;
    throw new JobOptionsError(
      `${JSON.stringify(name)}: expected the name of a queue, partition or account, without spaces.`,
    );
  }
  for (const text of [...lines, ...prelude, command]) {
    if (text !== undefined) checkLine(text);
  }
}

/** True if a text is a name as schedulers take it: no blanks, no control characters. */
export const isName = (text: string): boolean =>
  /^\S+$/.test(text) && controlCharacterIn(text) === undefined;

/** True if a text is one line of a script. */
export const isLine = (text: string): boolean =>
  text.trim() !== "" && controlCharacterIn(text) === undefined;

/** @throws {JobOptionsError} when a text would be more than a line of a script */
export function checkLine(text: string): void {
  if (isLine(text)) return;
  const found = controlCharacterIn(text);
  const fault = found === undefined ? "is empty" : `has the control character ${found}`;
  throw new JobOptionsError(
    `${JSON.stringify(text)} ${fault}: expected one line of a job script. Give each line ` +
      "separately.",
  );
}

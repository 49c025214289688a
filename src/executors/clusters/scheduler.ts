import { checkLine, type JobOptions } from "./job-options.ts";

/** A job to be submitted. */
export interface ClusterJob {
  /** Name in the scheduler's lists. */
  readonly name: string;
  /** Tasks of an array, numbered from 0; left out, the job is no array. */
  readonly tasks?: number;
  readonly options: JobOptions;
  /** Lines of shell: what the job does. */
  readonly work: readonly string[];
}

/** A program and its arguments. */
export type CommandLine = readonly [string, ...string[]];

/** Limits of jobs; Infinity where there is no limit. */
export interface SchedulerLimits {
  /** Tasks of one array. */
  readonly arrayTasks: number;
  /** Tasks that may wait and be at work, of all jobs together. */
  readonly queuedTasks: number;
}

/**
 * Shell code by which a task of an array finds its number, detects its time limit, and requeues
 * itself.
 */
export interface TaskShell {
  /** Its number from 0, as an arithmetic expression. */
  readonly taskNumber: string;
  /** Signals that say that it has to end soon. */
  readonly warnings: readonly string[];
  /** Puts it back into the queue; the last of these lines ends it. */
  readonly requeue: readonly string[];
}

/**
 * Interface to one kind of scheduler: scripts, command lines, and the meaning of its answers.
 *
 * Nothing here runs anything. Scripts name no paths in their directives: all are relative to the
 * folder that they are submitted from.
 */
export interface Scheduler {
  readonly name: "slurm" | "gridengine";
  /** Name for users. */
  readonly title: string;
  readonly taskShell: TaskShell;
  /** Tells a job its own id. */
  readonly ownJobVariable: string;
  /** A submission script in full. */
  script(job: ClusterJob): string;
  /** Submits a script that is to begin when other jobs have ended, however they have. */
  submission(script: string, after: readonly string[]): CommandLine;
  /**
   * The new job's id, by what the submission printed.
   *
   * @throws {SchedulerAnswerError} when it printed something else
   */
  submittedId(output: string): string;
  /** Lists which jobs wait or are at work. */
  readonly queueQuery: CommandLine;
  /** Those of them, by what that printed. */
  queuedIds(output: string): Set<string>;
  readonly limitsQuery: CommandLine;
  /** Limits, by what that printed. */
  limits(output: string): SchedulerLimits;
  /** Ends jobs, be they waiting or at work. */
  cancellation(ids: readonly string[]): CommandLine;
}

/** A scheduler's program printed something unexpected. */
export class SchedulerAnswerError extends Error {
  override readonly name = "SchedulerAnswerError";

  constructor(program: string, output: string, expected: string) {
    super(`${program} printed ${JSON.stringify(output.trim())}. Expected ${expected}.`);
  }
}

/** A number that a program printed after a name; Infinity for 0 or none, which mean no limit. */
export function printedLimit(output: string, name: string): number {
  const found = new RegExp(`^\\s*${name}\\s*=?\\s*(\\d+)\\s*$`, "m").exec(output);
  return Number(found?.[1] ?? 0) || Infinity;
}

/**
 * A script: the interpreter, the scheduler's directives, the site's prelude, and the work.
 *
 * @throws {JobOptionsError} when anything, such as a path, would break its line
 */
export function scriptText(
  mark: string,
  directives: readonly string[],
  { options, work }: ClusterJob,
): string {
  const head = ["#!/bin/bash", ...directives.map((line) => `${mark} ${line}`)];
  const prelude = options.prelude.length > 0 ? ["", ...options.prelude] : [];
  const lines = [...head, ...prelude, "", ...work];
  for (const line of lines) if (line !== "") checkLine(line);
  return `${lines.join("\n")}\n`;
}

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { shellLine } from "../../host/shell-words.ts";
import type { CommandLine, Scheduler, SchedulerLimits } from "./scheduler.ts";

/** A scheduler's program is not there, or refuses. */
export class SchedulerError extends Error {
  override readonly name = "SchedulerError";
}

/** After what pauses a scheduler that does not answer is asked again, before that counts as failure, ms. */
const PAUSES_MS: readonly number[] = [2000, 5000, 10_000, 20_000, 30_000];

/** Messages of programs whose controller is unavailable: being restarted, or overloaded. */
const awayPattern =
  /unable to contact|can't connect|cannot connect|connection refused|timed out|unable to send|temporarily unable|commlib error|failed receiving gdi request/i;

/** Directory for calls of a scheduler's programs, and receiver of notes about waiting. */
export interface CallContext {
  readonly folder: string;
  readonly onNote: (text: string) => void;
  readonly pausesMs?: readonly number[];
}

/**
 * Calls a program of a scheduler, again if its controller is away for a while.
 *
 * @returns what it printed
 * @throws {SchedulerError} when it is not installed, or fails
 */
export async function callScheduler(
  scheduler: Scheduler,
  command: CommandLine,
  { folder, onNote, pausesMs = PAUSES_MS }: CallContext,
): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await printed(command, folder);
    } catch (error) {
      const failure = failureOf(scheduler, command, error);
      const pauseMs = pausesMs[attempt];
      if (pauseMs === undefined || !awayPattern.test(failure.message)) throw failure;
      onNote(`${failure.message} Trying again in ${pauseMs / 1000} s.`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

async function printed([program, ...args]: CommandLine, cwd: string): Promise<string> {
  // Lists of long queues are long.
  const { stdout } = await promisify(execFile)(program, args, { cwd, maxBuffer: 2 ** 28 });
  return stdout;
}

function failureOf({ title }: Scheduler, command: CommandLine, cause: unknown): SchedulerError {
  const { code, stderr } = cause as NodeJS.ErrnoException & { readonly stderr?: string };
  if (code === "ENOENT") {
    return new SchedulerError(
      `${title}'s command ${command[0]} is not available here. Submit from a computer that has ` +
        "it, such as a cluster's login node (a module may have to be loaded). --dry-run prints the " +
        "jobs; --executor local needs no scheduler.",
      { cause },
    );
  }
  const said = stderr?.trim() || (cause as Error).message;
  return new SchedulerError(`${shellLine(command)} failed: ${said}`, { cause });
}

/** The jobs of a list that wait or are at work. */
export async function queuedJobs(
  scheduler: Scheduler,
  ids: readonly string[],
  context: CallContext,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const output = await callScheduler(scheduler, scheduler.queueQuery, context);
  const queued = scheduler.queuedIds(output);
  return ids.filter((id) => queued.has(id));
}

/** Limits of a site for jobs. */
export async function siteLimits(
  scheduler: Scheduler,
  context: CallContext,
): Promise<SchedulerLimits> {
  return scheduler.limits(await callScheduler(scheduler, scheduler.limitsQuery, context));
}

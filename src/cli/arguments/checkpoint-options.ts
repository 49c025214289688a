import type { Command } from "commander";
import { usableCores } from "../../host/usable-cores.ts";
import type { Parameters } from "../../model/parameters.ts";
import type { PotentialSchedule } from "../../recording/potentials.ts";
import type { ThreadCount } from "../../threads/starting.ts";
import { UsageError } from "../failure.ts";
import { timeMs, timesMs, wholeNumber } from "./option-values.ts";

/** Options for a run's checkpoints and plastic gains. */
export interface ScheduleOptions {
  readonly checkpointEvery?: number;
  readonly checkpointAt?: readonly number[];
  readonly gainsAt?: readonly number[];
  readonly recordPotentials?: string;
  readonly threads?: ThreadCount;
}

/** Interval of checkpoints: an option of all commands that simulate one run. */
export const addCheckpointInterval = (command: Command): Command =>
  command.option(
    "--checkpoint-every <s>",
    "wall time between checkpoints, s (default: 30)",
    timeMs,
  );

/** With how many threads one run is simulated: an option of all commands that simulate only one. */
export const addThreads = (command: Command): Command =>
  command.option(
    "--threads <n>",
    "threads for one network, as far as cores are free, with the same bits: a number, or auto for " +
      "as many as it can use (default: auto)",
    threadCount,
  );

/** Threads wait for each other, so that more than there are cores would only be in each other's way. */
function threadCount(text: string): ThreadCount {
  if (text === "auto") return text;
  const given = wholeNumber(1, 64)(text);
  const cores = usableCores();
  if (given <= cores) return given;
  const [have, are] = cores === 1 ? ["one core", "one is"] : [`${cores} cores`, `${cores} are`];
  process.stderr.write(`note: --threads ${given}: this process may use ${have}, so ${are} used.\n`);
  return cores;
}

/**
 * Time at which gains are recorded and checkpoints kept: options of commands that begin a record.
 */
export const addSchedule = (command: Command): Command =>
  addThreads(
    addCheckpointInterval(
      command
        .option(
          "--gains-at <s,s…>",
          "times at which plastic gains are recorded, simulated s (default: start and end of " +
            "learning); always also at the end",
          timesMs,
        )
        .option(
          "--record-potentials <what>",
          'whose membrane potentials, receptors and synaptic drive to record when, such as "cells: E5R, every: 1 ms, from: 10 s, until: 12 s"',
        )
        .option(
          "--checkpoint-at <s,s…>",
          "times of checkpoints to keep, simulated s; branches start from them without delay",
          timesMs,
        ),
    ),
  );

/** Schedule of the record that these options request. */
export const scheduleOf = ({
  checkpointEvery,
  checkpointAt,
  gainsAt,
  threads = "auto",
}: ScheduleOptions) => ({
  threads,
  checkpointIntervalMs: checkpointEvery,
  checkpointTimesMs: checkpointAt,
  gainTimesMs: gainsAt,
});

/**
 * Schedule of the potentials that these options request.
 *
 * @param startMs where the record begins
 * @throws {UsageError} when what was asked for is not possible
 */
export async function potentialsOf(
  { recordPotentials }: ScheduleOptions,
  parameters: Parameters,
  startMs = 0,
): Promise<PotentialSchedule | undefined> {
  if (recordPotentials === undefined) return undefined;
  const { requestedPotentials } = await import("./requested-potentials.ts");
  return requestedPotentials(recordPotentials, parameters, startMs);
}

/**
 * Checks an option's times by making their schedule.
 *
 * @throws {UsageError} when that is not possible
 */
export function checkTimes(option: string, schedule: () => unknown): void {
  try {
    schedule();
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(`${option}: ${error.message}`) : error;
  }
}

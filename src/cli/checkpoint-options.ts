import type { Command } from "commander";
import { DocumentError } from "../document/error.ts";
import { YamlDocument } from "../document/yaml.ts";
import { PotentialsError, potentialSchedule } from "../experiment/potentials.ts";
import { usableCores } from "../host/usable-cores.ts";
import type { Parameters } from "../model/parameters.ts";
import { type PotentialSchedule, potentialBytes, readingCount } from "../recording/potentials.ts";
import { bytesText, countText, NOTED_BYTES } from "../terminal/quantities.ts";
import { UsageError } from "./failure.ts";
import { timeMs, timesMs, wholeNumber } from "./option-values.ts";

/** Options for a run's checkpoints and plastic gains. */
export interface ScheduleOptions {
  readonly checkpointEvery?: number;
  readonly checkpointAt?: readonly number[];
  readonly gainsAt?: readonly number[];
  readonly recordPotentials?: string;
  readonly threads?: number;
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
    "threads for one network, with the same bits, as far as cores are free; at most one per core " +
      "(default: 1)",
    threadCount,
  );

/** Threads wait for each other, so that more than there are cores would only be in each other's way. */
function threadCount(text: string): number {
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

/**
 * Schedule of the potentials to record.
 *
 * @param startMs where the record begins
 * @throws {UsageError} when what was asked for is not possible
 */
export function potentialsOf(
  { recordPotentials: text }: ScheduleOptions,
  parameters: Parameters,
  startMs = 0,
): PotentialSchedule | undefined {
  if (text === undefined) return undefined;
  try {
    const { value } = new YamlDocument(`{${text}}`, "--record-potentials");
    const schedule = potentialSchedule(value, parameters, startMs);
    noteSize(schedule, startMs);
    return schedule;
  } catch (error) {
    if (error instanceof DocumentError) {
      const form = "cells: E5R, every: 1 ms, from: 10 s, until: 12 s";
      throw new UsageError(`--record-potentials: expected text such as "${form}"; got "${text}".`);
    }
    if (!(error instanceof PotentialsError)) throw error;
    throw new UsageError(error.message.replace(/^/gm, "--record-potentials: "));
  }
}

function noteSize(schedule: PotentialSchedule, startMs: number): void {
  const bytes = potentialBytes(schedule, startMs);
  if (bytes < NOTED_BYTES) return;
  const readings = readingCount(schedule) - readingCount(schedule, startMs);
  const what = `potentials of ${countText(schedule.cells.length)} cells at ${countText(readings)} times`;
  process.stderr.write(`note: ${what} take about ${bytesText(bytes)}.\n`);
}

/** Schedule of the record that these options request. */
export const scheduleOf = ({
  checkpointEvery,
  checkpointAt,
  gainsAt,
  threads,
}: ScheduleOptions) => ({
  threads,
  checkpointIntervalMs: checkpointEvery,
  checkpointTimesMs: checkpointAt,
  gainTimesMs: gainsAt,
});

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

import { existsSync, readFileSync } from "node:fs";
import type { JobOptions } from "../../executors/clusters/job-options.ts";
import { readSite } from "../../executors/clusters/site-file.ts";
import { UsageError } from "../failure.ts";
import type { JobCommandOptions } from "./job-options.ts";

/**
 * Options of a site's file followed by those of the command.
 *
 * @throws {UsageError} when there is no such file
 * @throws {DocumentError} when the file is wrong
 */
export function jobOptionsOf(options: JobCommandOptions): Partial<JobOptions>[] {
  const { site, queue, account, time, tasksAtOnce, runsPerTask } = options;
  const { jobOption, prelude, command, checkpointEvery } = options;
  const given = {
    ...(queue !== undefined && { queue }),
    ...(account !== undefined && { account }),
    ...(time !== undefined && { timeMs: time }),
    ...(tasksAtOnce !== undefined && { tasksAtOnce }),
    ...(runsPerTask !== undefined && { runsPerTask }),
    ...(checkpointEvery !== undefined && { checkpointIntervalMs: checkpointEvery }),
    ...(jobOption && { lines: jobOption }),
    ...(prelude && { prelude }),
    ...(command !== undefined && { command }),
  };
  return site === undefined ? [given] : [siteOptions(site), given];
}

function siteOptions(file: string): Partial<JobOptions> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  return readSite(readFileSync(file, "utf8"), file);
}

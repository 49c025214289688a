import { RunHistory } from "../measures/history.ts";
import {
  type RunStatistics,
  type StatisticsRequest,
  runStatistics as statisticsOf,
} from "../measures/statistics.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { openHistory } from "../runs/history.ts";

/**
 * Statistics of a recorded run, by default over its whole record. Memory does not depend on its
 * length.
 *
 * @param run its directory, where the past of a branch is found, too; or its record alone
 * @throws {RunLocationError} when a directory holds no run
 * @throws {DamagedFileError} when a part that is read is damaged
 * @example
 * ```ts
 * import { readExperiment, runExperiment } from "isocortex";
 * import { runStatistics } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 4 s"));
 * for (const { population, rateHz } of runStatistics(run).rates) console.log(population, rateHz);
 * ```
 */
export const runStatistics = (
  run: string | RunReader,
  request: StatisticsRequest = {},
): RunStatistics =>
  statisticsOf(typeof run === "string" ? openHistory(run) : new RunHistory(run), request);

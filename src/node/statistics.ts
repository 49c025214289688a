import { RunHistory } from "../measures/history.ts";
import {
  type RunStatistics,
  type StatisticsRequest,
  runStatistics as statisticsOf,
} from "../measures/statistics.ts";
import type { RunReader } from "../recording/run-reader.ts";
import { openHistory } from "../runs/history.ts";
import { groupsBeside } from "../runs/passes/groups.ts";

/**
 * Statistics of a recorded run: rates, interspike intervals, correlation, synchrony, spectra, onset of
 * hyperactivity, scale factors and plastic gains, as docs/analysis.md defines them. Memory does not
 * depend on the length of the run.
 *
 * @param run a directory, in which case a branch includes its past; or an open record
 * @param request time range, by default the whole record, and definition of the onset
 * @throws {RunLocationError} if the directory contains no run
 * @throws {DamagedFileError} if data of the time range are damaged
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
  typeof run === "string"
    ? statisticsOf(openHistory(run), request, groupsBeside(run))
    : statisticsOf(new RunHistory(run), request);

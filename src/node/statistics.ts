import { RunHistory } from "../measures/history.ts";
import type { SpikesRequest } from "../measures/spike-statistics.ts";
import {
  phaseStatistics as phaseStatisticsOf,
  type RunStatistics,
  type StatisticsByPhase,
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

/**
 * Statistics of a recorded run for each of its phases, in one reading; undefined if fewer than two
 * phases are recorded.
 *
 * @param run a directory, in which case a branch includes its past; or an open record
 * @param request definition of the onset of hyperactivity, and what is computed
 * @throws {RunLocationError} if the directory contains no run
 * @throws {DamagedFileError} if data are damaged
 * @example
 * ```ts
 * import { resolveParameters, runExperiment } from "isocortex";
 * import { phaseStatistics } from "isocortex/node";
 *
 * const durations = { baselineDurationS: 1, learningDurationS: 1, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...durations });
 * const run = await runExperiment({ parameters, entries: [], description: "", preset: null });
 * for (const { phase, rates } of phaseStatistics(run)!.phases) console.log(phase, rates[0]!.rateHz);
 * ```
 */
export const phaseStatistics = (
  run: string | RunReader,
  request: SpikesRequest = {},
): StatisticsByPhase | undefined =>
  typeof run === "string"
    ? phaseStatisticsOf(openHistory(run), request, groupsBeside(run))
    : phaseStatisticsOf(new RunHistory(run), request);

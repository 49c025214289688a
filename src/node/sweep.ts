import { LocalExecutor } from "../executors/local.ts";
import { underivedOverrides } from "../experiment/branch.ts";
import type { Experiment } from "../experiment/definition.ts";
import { presets } from "../experiment/presets.ts";
import { program } from "../host/package.ts";
import { prepareTrainFiles } from "../runs/trains/files.ts";
import type { RunReport } from "../simulation/run-options.ts";
import { collectStudy } from "../study/collection.ts";
import { planSweep } from "../study/planning/plan.ts";
import { readSweep, type SweepPreset } from "../study/planning/sweep-file.ts";
import { collectRuns } from "../study/table.ts";
import { executeTask } from "../study/task.ts";
import {
  checkStudyRoom,
  keepStudy,
  type PendingStudy,
  planWork,
  studyWork,
} from "../study/work.ts";

/** Options of `runSweep`. */
export interface SweepOptions {
  /** Name of the study, if its text has none; "sweep" by default. */
  readonly name?: string | undefined;
  /** Experiments by the names used for `experiment` in the text; presets need not be listed. */
  readonly experiments?: Readonly<Record<string, Experiment>> | undefined;
  /**
   * Number of concurrent processes, by default one per core; 0 uses this process, which is necessary
   * for kinds of intervention that it has added.
   */
  readonly processes?: number | undefined;
  /** Stops the study; runs in progress write a checkpoint. */
  readonly signal?: AbortSignal | undefined;
}

/** A complete run of a study. */
export interface SweepRun {
  /** Values of the varied parameters, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly directory: string;
  /** Measures of the run by name, as docs/sweeps.md lists them; null for undefined ones. */
  readonly measures: Readonly<Record<string, number | null>>;
}

/** Outcome of a study. */
export interface SweepOutcome {
  readonly runs: readonly SweepRun[];
  /** Number of runs that were stopped or failed. */
  readonly missing: number;
  /** Paths of the tables of all runs, CSV and Parquet. */
  readonly files: readonly string[];
}

/**
 * The runs of a parameter study, simulated on this computer: one for each combination of values and
 * each seed. Complete runs in the directory are kept; a common past of several runs is simulated
 * once.
 *
 * @param text contents of a sweep file, as docs/sweeps.md describes them
 * @param directory directory of the study; created if it does not exist
 * @throws {DocumentError} with the line and key of each problem of the text
 * @example
 * ```ts
 * import { runSweep } from "isocortex/node";
 *
 * const text = `
 * preset: baseline-quick
 * set: { baselineDurationS: 2, sizeFactor: 0.5 }
 * vary: { externalGain: [14, 16] }
 * `;
 * const { runs, files } = await runSweep(text, "sweeps/gain", { processes: 2 });
 * for (const { settings, measures } of runs) console.log(settings, measures["meanRateEHz"]);
 * console.log(files);
 * ```
 */
export async function runSweep(
  text: string,
  directory: string,
  options: SweepOptions = {},
): Promise<SweepOutcome> {
  const { name = "sweep", experiments = {}, signal = new AbortController().signal } = options;
  await prepareTrainFiles(text);
  const open = (path: string) => variedExperiment(path, experiments);
  const plan = planSweep(readSweep(text, "sweep", name, presets, open), program);
  const planned = planWork(directory, plan);
  checkStudyRoom(planned);
  const kept = keepStudy(planned);
  const { study } = kept;
  await execute(kept, options.processes, signal);
  const { files, missing } = await collectStudy(study, { figures: false });
  const runs = collectRuns(study).runs.map(({ task, measures }) => ({
    settings: task.settings,
    seed: task.seed,
    directory: study.runDirectory(task),
    measures,
  }));
  return { runs, missing, files };
}

function variedExperiment(path: string, experiments: Readonly<Record<string, Experiment>>) {
  const experiment = experiments[path];
  if (!experiment) throw new RangeError(`The sweep's experiment ${path} is not among those given.`);
  const { parameters, entries } = experiment;
  return { name: path, overrides: underivedOverrides(parameters), entries } satisfies SweepPreset;
}

async function execute(planned: PendingStudy, processes: number | undefined, signal: AbortSignal) {
  if (processes !== 0) {
    await new LocalExecutor({ workers: processes }, {}).execute([studyWork(planned)], signal);
    return;
  }
  const { study, pending } = planned;
  const observer = { signal, onReport: (_: RunReport) => {} };
  for (const { index } of [...pending.baselines, ...pending.runs]) {
    await executeTask(study, index, observer);
  }
}

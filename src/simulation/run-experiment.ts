import type { Experiment } from "../experiment/definition.ts";
import { phasesOf } from "../experiment/phases.ts";
import { checkRecordings } from "../experiment/recordings.ts";
import { MemoryStore } from "../recording/memory-store.ts";
import type { RunDescription } from "../recording/run-description.ts";
import { RunReader } from "../recording/run-reader.ts";
import type { RunStore } from "../recording/run-store.ts";
import { RunWriter } from "../recording/run-writer.ts";
import { knownTrains } from "../timeline/spike-trains.ts";
import { Simulation } from "./advance.ts";
import { run } from "./recorder.ts";
import type { RunEnvironment, RunReport } from "./run-options.ts";
import { timelineRecord } from "./timeline-record.ts";

/** Options of `runExperiment`. */
export interface ExperimentRunOptions {
  /** Storage of the record; by default in memory. */
  readonly store?: RunStore;
  /** Label of the run in the manifest and in figures. */
  readonly label?: string;
  /** Program named in the manifest; by default isocortex. */
  readonly program?: { readonly name: string; readonly version: string };
  /** Time between checkpoints, ms of wall time: 30 s by default. */
  readonly checkpointIntervalMs?: number | undefined;
  /** Interrupts the run at this simulated time, ms. */
  readonly untilMs?: number | undefined;
  /** Stops the run and writes a checkpoint. */
  readonly signal?: AbortSignal;
  /** Receives the progress, about once a second. */
  readonly onReport?: (report: RunReport) => void;
  /** @internal */
  readonly environment?: RunEnvironment;
}

/** Environment of every JavaScript engine with a clock and timers. */
const ownEnvironment: RunEnvironment = {
  monotonicMs: () => performance.now(),
  date: () => new Date(),
  yieldTurn: () => new Promise((resolve) => setTimeout(resolve)),
};

/**
 * The record of an experiment, simulated to its end or until the signal: spikes, events, samples
 * of all cells and plastic gains. Runs in browsers, too; `recordRun` of `isocortex/node` writes to
 * a directory.
 *
 * @throws {InvalidParametersError} if parameters are missing
 * @throws {RangeError} if a time or a cell to be recorded is not one of the run's
 * @throws {InvalidTimelineError} with a line for each problem of the entries
 * @example
 * ```ts
 * import { readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const { timesMs, cells } = run.spikes({ startMs: 1000 });
 * console.log(`${cells.length} spikes, the first at ${timesMs[0]} ms of cell ${cells[0]}`);
 * ```
 */
export async function runExperiment(
  experiment: Experiment,
  options: ExperimentRunOptions = {},
): Promise<RunReader> {
  const { store = new MemoryStore(), environment = ownEnvironment } = options;
  const { label = experiment.preset ?? "experiment" } = options;
  const { program = { name: "isocortex library", version: "0" } } = options;
  checkRecordings(experiment, experiment.parameters);
  const simulation = new Simulation(experiment.parameters, { entries: experiment.entries });
  const { network, durationMs, entries } = simulation;
  const description: RunDescription = {
    ...experiment,
    program,
    label,
    entries,
    durationMs,
    phases: phasesOf(experiment.parameters),
    timeline: timelineRecord(simulation),
    trains: knownTrains(),
    createdAt: environment.date().toISOString(),
  };
  const writer = RunWriter.create(store, description, network);
  await run(simulation, writer, { ...options, environment });
  return new RunReader(store);
}

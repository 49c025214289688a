import type { Experiment } from "../experiment/definition.ts";
import { phasesOf } from "../experiment/phases.ts";
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

/** Options of a recorded experiment. */
export interface ExperimentRunOptions {
  /** Place of the record, by default in memory. */
  readonly store?: RunStore;
  /** Label of the run. */
  readonly label?: string;
  /** Program that records the run. */
  readonly program?: { readonly name: string; readonly version: string };
  /** Time between checkpoints, ms of wall time: 30 s by default. */
  readonly checkpointIntervalMs?: number | undefined;
  /** Interrupts the run at this simulated time, ms. */
  readonly untilMs?: number | undefined;
  /** Stops the run, with a checkpoint of all it has done. */
  readonly signal?: AbortSignal;
  /** Told about once a second. */
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
 * of all cells and plastic gains. Runs in browsers; `recordRun` of `isocortex/node` records to a
 * directory that every command reads.
 *
 * @throws {InvalidTimelineError} with all that is wrong with its entries
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

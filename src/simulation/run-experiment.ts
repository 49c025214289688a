import type { Experiment } from "../experiment/definition.ts";
import { phasesOf } from "../experiment/phases.ts";
import { MemoryStore } from "../recording/memory-store.ts";
import type { RunDescription } from "../recording/run-description.ts";
import { RunReader } from "../recording/run-reader.ts";
import type { RunStore } from "../recording/run-store.ts";
import { RunWriter } from "../recording/run-writer.ts";
import { Simulation } from "./advance.ts";
import { run } from "./recorder.ts";
import type { RunEnvironment, RunOptions } from "./run-options.ts";
import { timelineRecord } from "./timeline-record.ts";

export interface ExperimentRunOptions extends Partial<RunOptions> {
  /** Store of the record, by default in memory. */
  readonly store?: RunStore;
  /** Label of the run. */
  readonly label?: string;
  readonly program?: RunDescription["program"];
}

/** Environment of every JavaScript engine with a clock and timers. */
const ownEnvironment: RunEnvironment = {
  monotonicMs: () => performance.now(),
  date: () => new Date(),
  yieldTurn: () => new Promise((resolve) => setTimeout(resolve)),
};

/**
 * Simulates an experiment and records it, to its end or until the signal: spikes, events, samples
 * of all cells and plastic gains. Runs in browsers; `recordRun` of `isocortex/node` records to a
 * directory that every command reads.
 *
 * @throws {InvalidTimelineError} with all that is wrong with its entries
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
    createdAt: environment.date().toISOString(),
  };
  const writer = RunWriter.create(store, description, network);
  await run(simulation, writer, { ...options, environment });
  return new RunReader(store);
}

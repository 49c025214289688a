import { phasesOf } from "../experiment/phases.ts";
import { program } from "../host/package.ts";
import { timestamp } from "../host/system-clock.ts";
import { inTurns, yieldTurn } from "../host/turns.ts";
import type { Parameters } from "../model/parameters.ts";
import { networkSteps } from "../network/construction.ts";
import type { PotentialSchedule } from "../recording/potentials.ts";
import { RunWriter } from "../recording/run-writer.ts";
import { Simulation } from "../simulation/advance.ts";
import { timelineRecord } from "../simulation/timeline-record.ts";
import { teamOf } from "../threads/starting.ts";
import type { EntrySource } from "../timeline/entry.ts";
import { knownTrains } from "../timeline/spike-trains.ts";
import { checkNeeds, machineFor, runNeeds } from "./needs.ts";
import { makePlace } from "./place.ts";
import { carryThrough, type RunObserver, type RunPace, setUp, withLease } from "./session.ts";
import type { RunSummary } from "./summary.ts";
import { prepareTrainFiles } from "./trains/files.ts";

/** A run to be simulated and recorded. */
export interface RunRequest extends RunPace {
  /** Directory of the run; made if it does not exist. */
  readonly directory: string;
  /** True if a run that is there already may be deleted. */
  readonly overwrite: boolean;
  /** The preset that the parameters come from, or null. */
  readonly preset: string | null;
  /** Label of the run. */
  readonly label: string;
  readonly parameters: Parameters;
  /** Entries in addition to those of the parameters; see `Experiment`. */
  readonly entries?: readonly EntrySource[] | undefined;
  /** Time at which to record plastic gains, ms; see `gainTimes`. */
  readonly gainTimesMs?: readonly number[] | undefined;
  /** Time at which to take checkpoints that are kept, ms. */
  readonly checkpointTimesMs?: readonly number[] | undefined;
  /** Schedule of potentials to record; see `potentialSchedule`. */
  readonly potentials?: PotentialSchedule | undefined;
  /** For a run by the reference engine, which takes one thread. */
  readonly engine?: "reference" | undefined;
}

/**
 * The record of a run in a directory, simulated to its end or until the signal; either way the
 * record is whole.
 *
 * @throws {DOMException} "AbortError", when the signal comes before anything is written
 * @throws {RunSizeError} when it takes more than this machine has; nothing is built
 * @throws {RunLocationError} when there is a run already that may not be deleted
 * @throws {RunInUseError} when another process writes to the directory
 * @throws {StorageError} when the system refuses to write
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 * import { recordRun } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/baseline", overwrite: true, preset: null, label: "baseline", parameters };
 * const summary = await recordRun(run, observer);
 * console.log(summary.spikes, summary.rateEHz, "Hz");
 * ```
 */
export async function recordRun(request: RunRequest, observer: RunObserver): Promise<RunSummary> {
  const { directory, overwrite, parameters, entries, engine, potentials } = request;
  const needs = runNeeds(parameters, { gains: request.gainTimesMs?.length, potentials });
  checkNeeds(engine ? { ...needs, engineBytes: 0 } : needs, machineFor(directory));
  await prepareTrainFiles(JSON.stringify(entries ?? []));
  const network = await inTurns(networkSteps(parameters), observer.signal);
  const options = { ...(engine ? { engine } : teamOf(request.threads)), network, entries };
  const simulation = await setUp(network, observer, () => new Simulation(parameters, options));
  const { durationMs } = simulation;
  // Who loses patience until here keeps the earlier run.
  await yieldTurn();
  observer.signal.throwIfAborted();
  return withLease(directory, observer, async (session) => {
    await makePlace(directory, overwrite, observer.onNote);
    const phases = phasesOf(parameters);
    const createdAt = timestamp();
    const timeline = timelineRecord(simulation);
    const written = { ...request, entries: simulation.entries, timeline, trains: knownTrains() };
    const description = { program, phases, durationMs, createdAt, ...written };
    const create = () => RunWriter.create(session.store, description, network);
    const writer = await setUp(network, observer, create);
    session.log.begin("started", observer.command);
    return carryThrough(session, simulation, writer, request, observer);
  }).finally(() => simulation.release());
}

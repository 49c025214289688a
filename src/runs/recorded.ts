import { phasesOf } from "../experiment/phases.ts";
import { checkRecordings } from "../experiment/recordings.ts";
import { program } from "../host/package.ts";
import { timestamp } from "../host/system-clock.ts";
import { inTurns, yieldTurn } from "../host/turns.ts";
import { throwIfAny } from "../model/parameter-error.ts";
import type { Parameters } from "../model/parameters.ts";
import { incompleteErrors } from "../model/validation.ts";
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

/** Definition of a run to be recorded. */
export interface RunRequest extends RunPace {
  /** Directory of the run; created if it does not exist. */
  readonly directory: string;
  /** True if an existing run in the directory is to be replaced. */
  readonly overwrite: boolean;
  /** The preset on which the parameters are based, or null. */
  readonly preset: string | null;
  /** Label of the run in the manifest and in figures. */
  readonly label: string;
  readonly parameters: Parameters;
  /** Entries in addition to those of the parameters; see `Experiment`. */
  readonly entries?: readonly EntrySource[] | undefined;
  /** Times at which plastic gains are recorded, ms; by default at the start and the end of learning. */
  readonly gainTimesMs?: readonly number[] | undefined;
  /** Times of checkpoints to be kept, ms; branches start from them without recomputation. */
  readonly checkpointTimesMs?: readonly number[] | undefined;
  /** Cells and times of recorded membrane potentials; by default none. */
  readonly potentials?: PotentialSchedule | undefined;
  /** "reference" uses the reference engine, in one thread. */
  readonly engine?: "reference" | undefined;
}

/**
 * The record of a run in a directory, simulated to its end or until the signal; in either case the
 * record is complete up to the time reached, and `resumeRun` continues it.
 *
 * @throws {DOMException} "AbortError", if the signal comes before anything is written
 * @throws {InvalidParametersError} if parameters are missing
 * @throws {InvalidTimelineError} with a line for each problem of the entries
 * @throws {RangeError} if a time or a cell to be recorded is not one of the run's; nothing is written
 * @throws {RunSizeError} if the run exceeds the memory or disk of this machine; nothing is written
 * @throws {RunLocationError} if the directory contains a run that may not be replaced
 * @throws {RunInUseError} if another process writes to the directory
 * @throws {StorageError} if the system refuses to write
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
  throwIfAny(incompleteErrors(parameters));
  checkRecordings(request, parameters);
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

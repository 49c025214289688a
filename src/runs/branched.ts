import { relative, resolve, sep } from "node:path";
import { branchParameters, changedParameters } from "../experiment/branch.ts";
import { layEntries } from "../experiment/definition.ts";
import { phasesOf } from "../experiment/phases.ts";
import { checkRecordings } from "../experiment/recordings.ts";
import { program } from "../host/package.ts";
import { timestamp } from "../host/system-clock.ts";
import { inTurns, yieldTurn } from "../host/turns.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import { type Network, networkSteps } from "../network/construction.ts";
import { type Checkpoint, readCheckpoint } from "../recording/checkpoint.ts";
import { checkpointFiles } from "../recording/checkpoint-files.ts";
import {
  DamagedFileError,
  ForeignFileError,
  RecoveryError,
  RunLocationError,
} from "../recording/errors.ts";
import { type Ancestry, type Manifest, recordStartMs, runEndMs } from "../recording/manifest.ts";
import { readManifest } from "../recording/manifest-file.ts";
import { pastAfter } from "../recording/past.ts";
import type { PotentialSchedule } from "../recording/potentials.ts";
import { recordedParameters } from "../recording/recorded-parameters.ts";
import type { RunEvent } from "../recording/run-event.ts";
import { RunReader } from "../recording/run-reader.ts";
import type { RunStore } from "../recording/run-store.ts";
import { RunWriter } from "../recording/run-writer.ts";
import { Simulation } from "../simulation/advance.ts";
import { timelineRecord } from "../simulation/timeline-record.ts";
import { teamOf } from "../threads/starting.ts";
import type { EntrySource } from "../timeline/entry.ts";
import { knownTrains } from "../timeline/spike-trains.ts";
import { checkNeeds, machineFor, runNeeds } from "./needs.ts";
import { openDamagedRun } from "./opening.ts";
import { makePlace } from "./place.ts";
import { checkNetwork, checkProgram } from "./recorded-program.ts";
import { carryThrough, type RunObserver, type RunPace, setUp, withLease } from "./session.ts";
import type { RunSummary } from "./summary.ts";
import { recallTrains } from "./trains/recorded.ts";

/** Definition of a branch. */
export interface BranchRequest extends RunPace {
  /** Directory of the parent run. */
  readonly parent: string;
  /** Time of the branch, ms. */
  readonly timeMs: number;
  readonly changes: ParameterOverrides;
  /** Additional entries; those with the id of an entry of the parent replace it. */
  readonly added?: readonly EntrySource[] | undefined;
  /** All entries of the branch, instead of those of the parent and `added`. */
  readonly entries?: readonly EntrySource[] | undefined;
  readonly directory: string;
  readonly overwrite: boolean;
  readonly label: string;
  readonly gainTimesMs?: readonly number[] | undefined;
  readonly checkpointTimesMs?: readonly number[] | undefined;
  /** Cells and times of recorded membrane potentials; by default none. */
  readonly potentials?: PotentialSchedule | undefined;
}

/** A checked branch, as `planBranch` returns it. */
export interface Branch {
  readonly request: BranchRequest;
  readonly manifest: Manifest;
  readonly parentParameters: Parameters;
  readonly parameters: Parameters;
  /** Entries in addition to those of the parameters; see `Experiment`. */
  readonly entries: readonly EntrySource[];
}

/**
 * A branch of a recorded run, checked; nothing is written. `recordBranch` simulates it.
 *
 * @throws {RunLocationError} if there is no parent run, or it does not reach the time of the branch
 * @throws {InvalidParametersError} if a parameter cannot be changed at that time
 * @throws {InvalidTimelineError} if an entry is invalid
 * @throws {RecoveryError} if the parent was recorded by an incompatible version of the program
 * @throws {ForeignFileError} if a file of the parent belongs to another run
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 * import { planBranch, recordRun } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/planned", overwrite: true, preset: null, label: "planned", parameters };
 * await recordRun(run, observer);
 * const branch = planBranch({
 *   ...{ parent: "runs/planned", timeMs: 1000, changes: { externalGain: 12 } },
 *   ...{ directory: "runs/planned-branch", overwrite: true, label: "less input" },
 * });
 * console.log(branch.parameters.externalGain, branch.entries);
 * ```
 */
export function planBranch(request: BranchRequest): Branch {
  const { parent, timeMs, changes, added = [] } = request;
  const manifest = readManifest(openDamagedRun(parent));
  checkTime(parent, timeMs, recordStartMs(manifest), runEndMs(manifest));
  if (resolve(parent) === resolve(request.directory)) {
    throw new RunLocationError(
      `${parent} cannot be replaced by its own branch: name another directory.`,
    );
  }
  checkProgram(parent, manifest);
  checkFiles(parent);
  recallTrains(parent, openDamagedRun(parent), manifest);
  const parentParameters = recordedParameters(manifest);
  const parameters = branchParameters(parentParameters, changes, timeMs);
  const entries = request.entries ?? layEntries(parameters, manifest.entries ?? [], added, timeMs);
  return { request, manifest, parentParameters, parameters, entries };
}

/**
 * The record of a branch: the parent is simulated without recording from its nearest checkpoint to
 * the time of the branch, and then with the changes to the end or until the signal.
 *
 * @throws {DOMException} "AbortError", if the signal comes before anything is written
 * @throws {RangeError} if a time or a cell to be recorded is not one of the branch's; nothing is written
 * @throws {RunSizeError} if the run exceeds the memory or disk of this machine; nothing is written
 * @throws {RunInUseError} if another process writes to the directory of the branch
 * @throws {RecoveryError} if the state of the parent cannot be restored
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 * import { planBranch, recordBranch, recordRun } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/parent", overwrite: true, preset: null, label: "parent", parameters };
 * await recordRun(run, observer);
 * const branch = planBranch({
 *   ...{ parent: "runs/parent", timeMs: 1000, changes: { externalGain: 12 } },
 *   ...{ directory: "runs/parent-branch", overwrite: true, label: "less input" },
 * });
 * const summary = await recordBranch(branch, observer);
 * console.log(summary.startMs, summary.spikes);
 * ```
 */
export async function recordBranch(branch: Branch, observer: RunObserver): Promise<RunSummary> {
  const { request, manifest, parameters, entries } = branch;
  const { directory, overwrite } = request;
  const { timeMs: startMs, gainTimesMs, potentials } = request;
  checkRecordings(request, parameters, startMs);
  const gains = gainTimesMs?.length;
  const needs = runNeeds(parameters, { startMs, isBranch: true, gains, potentials });
  checkNeeds(needs, machineFor(directory));
  const { parent, past } = await parentAt(branch, observer);
  const { network } = parent;
  const simulation = await setUp(network, observer, () => {
    const begun = new Simulation(parameters, { ...teamOf(request.threads), network, entries });
    begun.branchFrom(parent);
    return begun;
  });
  // Who loses patience until here keeps the earlier run.
  await yieldTurn();
  observer.signal.throwIfAborted();
  return withLease(directory, observer, async (session) => {
    await makePlace(directory, overwrite, observer.onNote);
    const description = {
      program,
      preset: manifest.preset,
      parameters,
      entries: simulation.entries,
      timeline: timelineRecord(simulation),
      trains: knownTrains(),
      phases: phasesOf(parameters),
      // As planned: an entry of the parent may have ended the simulation already.
      durationMs: durationMs(parameters),
      createdAt: timestamp(),
      ancestry: ancestryOf(branch, simulation),
      past,
      ...request,
    };
    const create = () =>
      RunWriter.create(session.store, description, network, simulation.snapshot());
    const writer = await setUp(network, observer, create);
    session.log.begin("started", observer.command);
    session.log.write("note", `a branch of ${request.parent} at ${request.timeMs / 1000} s`);
    return carryThrough(session, simulation, writer, request, observer);
  }).finally(() => simulation.release());
}

function checkTime(parent: string, timeMs: number, startMs: number, endMs: number): void {
  if (timeMs >= startMs && timeMs <= endMs) return;
  throw new RunLocationError(
    `Cannot branch ${parent} at ${timeMs / 1000} s: expected a time from ${startMs / 1000} to ${endMs / 1000} s.`,
  );
}

/** A branch takes nothing from its parent's record, but its past is shown from there. */
function checkFiles(parent: string): void {
  const { damage } = new RunReader(openDamagedRun(parent), "cut");
  const foreign = damage.find((error) => error instanceof ForeignFileError);
  if (foreign) throw foreign;
}

/** The parent's simulation at the time of the branch, and what was done to it until then. */
async function parentAt(branch: Branch, observer: RunObserver) {
  const { request, manifest, parentParameters } = branch;
  const { parent, timeMs } = request;
  const network = await inTurns(networkSteps(parentParameters), observer.signal);
  const { simulation, events } = await setUp(network, observer, () => {
    checkNetwork(parent, manifest, network);
    return restoredParent(branch, network, observer);
  });
  while (simulation.timeMs < timeMs) {
    await yieldTurn();
    observer.signal.throwIfAborted();
    simulation.stretch(
      timeMs,
      () => {},
      (event) => events.push(event),
    );
    checkTime(parent, timeMs, recordStartMs(manifest), simulation.durationMs);
    observer.onReplay?.(simulation.timeMs, timeMs);
  }
  return { parent: simulation, past: pastAfter(events, manifest.past) };
}

/** The parent's simulation at its nearest checkpoint before the branch, or at its beginning. */
function restoredParent(
  { request, manifest, parentParameters }: Branch,
  network: Network,
  observer: RunObserver,
) {
  const { parent, timeMs } = request;
  const simulation = new Simulation(parentParameters, { network, entries: manifest.entries });
  const store = openDamagedRun(parent);
  // The reference engine keeps its state in a way of its own, but its bits are the same.
  const checkpoint = manifest.engine
    ? undefined
    : nearestCheckpoint(store, manifest, timeMs, observer);
  if (!checkpoint && manifest.ancestry) {
    throw new RecoveryError(
      `${parent} is itself a branch and has no intact checkpoint before ${timeMs / 1000} s, so ` +
        "its state at that time is unknown. Branch it again from its own parent.",
    );
  }
  if (checkpoint) simulation.restore(checkpoint.state);
  return { simulation, events: checkpoint ? eventsBefore(store, checkpoint) : [] };
}

/** Events of a run before a checkpoint, as far as they can be read. */
function eventsBefore(store: RunStore, { position }: Checkpoint): RunEvent[] {
  try {
    return new RunReader(store, "cut").events().slice(0, position.files.events.blocks);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    return [];
  }
}

/** The last intact checkpoint of a run that is not after a time. */
function nearestCheckpoint(
  store: RunStore,
  manifest: Manifest,
  timeMs: number,
  { onNote }: RunObserver,
): Checkpoint | undefined {
  for (const { path, timeMs: takenMs } of checkpointFiles(store)) {
    // File names tell the time to the microsecond only.
    if (takenMs > timeMs + 0.001) continue;
    try {
      const checkpoint = readCheckpoint(store, path, manifest);
      if (checkpoint.manifest.simulatedMs <= timeMs) return checkpoint;
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
      onNote?.(`${path} is unusable (${error.reason}): the previous checkpoint is used.`);
    }
  }
  return undefined;
}

function ancestryOf(
  { request, manifest, parentParameters, parameters }: Branch,
  simulation: Simulation,
): Ancestry {
  const changes = changedParameters(parentParameters, parameters).map((name) => [
    name,
    { from: parentParameters[name], to: parameters[name] },
  ]);
  const deletedCells: number[] = [];
  simulation.cellState().alive.forEach((isAlive, cell) => {
    if (!isAlive) deletedCells.push(cell);
  });
  const path = relative(resolve(request.directory), resolve(request.parent));
  return {
    directory: path.split(sep).join("/"),
    label: manifest.label,
    createdAt: manifest.createdAt,
    identity: manifest.identity,
    networkHash: manifest.network.hash,
    timeMs: request.timeMs,
    changes: Object.fromEntries(changes),
    scalingOn: simulation.scalingOn,
    deletedCells,
  };
}

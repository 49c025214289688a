import { shellLine } from "../host/shell-words.ts";
import { inTurns, unheld } from "../host/turns.ts";
import { networkSteps } from "../network/construction.ts";
import { RecoveryError } from "../recording/errors.ts";
import { isRecordedTo, type Manifest, recordStartMs } from "../recording/manifest.ts";
import { recordedParameters } from "../recording/recorded-parameters.ts";
import { examineRun, findManifest, type Recovery } from "../recording/recovery.ts";
import { resumeRecord } from "../recording/resumption.ts";
import { RunReader } from "../recording/run-reader.ts";
import { Simulation } from "../simulation/advance.ts";
import { EngineThreadsError, teamOf } from "../threads/starting.ts";
import { checkNeeds, machineFor, runNeeds } from "./needs.ts";
import { openDamagedRun, withoutIdentity } from "./opening.ts";
import { checkNetwork, checkProgram } from "./recorded-program.ts";
import { carryThrough, type RunObserver, type RunPace, setUp, withLease } from "./session.ts";
import { type RunSummary, summarize } from "./summary.ts";
import { recallTrains } from "./trains/recorded.ts";

/** Of a branch, the state that it began from is lost, and all later ones are. */
export class LostBeginningError extends RecoveryError {
  override readonly name = "LostBeginningError";
}

/**
 * Sums up a run that is complete and, to the last byte, as it was recorded; undefined for one that
 * can be resumed.
 *
 * @throws {RunLocationError} when there is no run
 */
export function completeRun(directory: string, onNote: NoteSink): RunSummary | undefined {
  const store = openDamagedRun(directory);
  if (findManifest(store).status !== "complete") return undefined;
  const recovery = examineRun(store);
  if (recovery.damage.length > 0) return undefined;
  tellDamage(recovery, onNote);
  if (recovery.manifest.identity === undefined) onNote(withoutIdentity(directory));
  return summarize(directory, new RunReader(store));
}

/**
 * Continuation of an interrupted run to its end; the record is identical, to the bit, to that of an
 * uninterrupted run. Damaged parts are reported and simulated again.
 *
 * @throws {RunLocationError} if there is no run
 * @throws {RunSizeError} if the run exceeds the memory or disk of this machine; nothing is written
 * @throws {RunInUseError} if another process writes to the directory
 * @throws {RecoveryError} if this version of the program cannot continue the run
 * @throws {EngineThreadsError} if threads are requested for a run of the reference engine
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 * import { recordRun, resumeRun } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/halved", overwrite: true, preset: null, label: "halved", parameters };
 * await recordRun({ ...run, untilMs: 1000 }, observer);
 * const summary = await resumeRun("runs/halved", {}, observer);
 * console.log(summary.status, summary.simulatedMs);
 * ```
 */
export async function resumeRun(
  directory: string,
  pace: RunPace,
  observer: RunObserver,
): Promise<RunSummary> {
  const damaged = openDamagedRun(directory);
  const manifest = findManifest(damaged);
  checkProgram(directory, manifest);
  recallTrains(directory, damaged, manifest);
  // Large networks take a while to build, in which a lease would show no signs of life.
  const parameters = recordedParameters(manifest);
  const { engine, entries } = manifest;
  if (engine && typeof pace.threads === "number") throw new EngineThreadsError();
  const { simulatedMs: startMs, potentials } = manifest;
  const needs = runNeeds(parameters, { startMs, potentials });
  checkNeeds(engine ? { ...needs, engineBytes: 0 } : needs, machineFor(directory));
  const network = await inTurns(networkSteps(parameters), observer.signal);
  const simulation = await setUp(network, observer, () => {
    checkNetwork(directory, manifest, network);
    const served = engine ? { engine } : teamOf(pace.threads);
    return new Simulation(parameters, { ...served, network, entries });
  });
  return withLease(directory, observer, async (session) => {
    const { store, log } = session;
    const recovery = await unheld(observer, () => examineRun(store));
    checkSame(directory, manifest, recovery.manifest);
    // Another process may have carried it to its end meanwhile.
    const isDone = isRecordedTo(recovery.manifest, pace.untilMs ?? Infinity);
    if (isDone && recovery.damage.length === 0) return summarize(directory, new RunReader(store));
    log.begin("resumed", observer.command);
    const onNote = (text: string) => {
      log.write("note", text);
      observer.onNote?.(text);
    };
    tellDamage(recovery, onNote);
    checkBeginning(directory, recovery);
    if (recovery.checkpoint) simulation.restore(recovery.checkpoint.state);
    tellLoss(recovery, simulation.timeMs, onNote);
    const writer = resumeRecord(store, recovery, network);
    return carryThrough(session, simulation, writer, pace, observer);
  }).finally(() => simulation.release());
}

type NoteSink = (text: string) => void;

function tellDamage({ damage, damagedCheckpoints }: Recovery, onNote: NoteSink): void {
  for (const { message } of damage) onNote(message);
  for (const { path, reason } of damagedCheckpoints) {
    onNote(`${path} is unusable (${reason}), so only earlier checkpoints can be used.`);
  }
}

/** Says where the run goes on, and how much is to be simulated again. */
function tellLoss({ reachedMs }: Recovery, resumedAtMs: number, onNote: NoteSink): void {
  const seconds = (timeMs: number) => `${Number((timeMs / 1000).toFixed(3))} s`;
  const lost =
    reachedMs > resumedAtMs
      ? `; the record from there to ${seconds(reachedMs)} is lost and simulated again`
      : "";
  onNote(`continuing from ${seconds(resumedAtMs)}${lost}.`);
}

function checkSame(directory: string, before: Manifest, now: Manifest): void {
  if (before.createdAt === now.createdAt) return;
  throw new RecoveryError(`Another run has just been recorded in ${directory}. Try again.`);
}

/** A branch cannot begin again at 0: its beginning is its first checkpoint. */
function checkBeginning(directory: string, { manifest, checkpoint }: Recovery): void {
  const { ancestry } = manifest;
  if (checkpoint || !ancestry) return;
  const changes = Object.entries(ancestry.changes).flatMap(([name, { to }]) => [
    "--set",
    `${name}=${to}`,
  ]);
  const parent = `${ancestry.directory}@${recordStartMs(manifest) / 1000}`;
  const command = shellLine(["isocortex", "branch", parent, ...changes, "--out", "NEW"]);
  throw new LostBeginningError(
    `${directory} has no intact checkpoint and is a branch of another run, so it cannot start at ` +
      `0 s. Branch it again: ${command} (the parent's path is relative to ${directory}).`,
  );
}

import { Simulation } from "../experiment/simulation.ts";
import { RecoveryError } from "../recording/errors.ts";
import { type Manifest, recordStartMs } from "../recording/manifest.ts";
import { recordedParameters } from "../recording/recorded-parameters.ts";
import { examineRun, findManifest, type Recovery } from "../recording/recovery.ts";
import { resumeRecord } from "../recording/resumption.ts";
import { RunReader } from "../recording/run-reader.ts";
import { checkNetwork, checkProgram } from "./recorded-program.ts";
import { openDamagedRun } from "./run-opening.ts";
import {
  carryThrough,
  type RunObserver,
  type RunPace,
  withLease,
  yieldTurn,
} from "./run-session.ts";
import { type RunSummary, summarize } from "./run-summary.ts";

/** What came of resuming a run. */
export interface ResumedSummary extends RunSummary {
  /** Where it went on from, ms; undefined where it was complete and intact already. */
  readonly resumedAtMs: number | undefined;
}

/**
 * Continues an interrupted run to the record that it would have without the interruption, to the
 * bit. What is damaged is named, and simulated again.
 *
 * @throws {RunLocationError} when there is no run
 * @throws {RunInUseError} when another process writes to it
 * @throws {RecoveryError} when this program cannot continue it
 */
export async function resumeRun(
  directory: string,
  pace: RunPace,
  observer: RunObserver,
): Promise<ResumedSummary> {
  const known = openDamagedRun(directory);
  const manifest = findManifest(known);
  if (manifest.status === "complete") {
    const recovery = examineRun(known);
    if (recovery.damage.length === 0) {
      tellDamage(recovery, observer);
      return { ...summarize(directory, new RunReader(known)), resumedAtMs: undefined };
    }
  }
  checkProgram(directory, manifest);
  // Large networks take a while to build, in which a lease would show no signs of life.
  const simulation = new Simulation(recordedParameters(manifest));
  checkNetwork(directory, manifest, simulation.network);
  await yieldTurn();
  observer.signal.throwIfAborted();
  return withLease(directory, async (store) => {
    const recovery = examineRun(store);
    checkSame(directory, manifest, recovery.manifest);
    tellDamage(recovery, observer);
    const { checkpoint } = recovery;
    checkBeginning(directory, recovery);
    if (checkpoint) simulation.restore(checkpoint.state);
    const resumedAtMs = simulation.timeMs;
    tellLoss(recovery.manifest, resumedAtMs, observer);
    const writer = resumeRecord(store, recovery, simulation.network);
    const summary = await carryThrough(directory, store, simulation, writer, pace, observer);
    return { ...summary, resumedAtMs };
  });
}

function tellDamage({ damage, damagedCheckpoints }: Recovery, { onNote }: RunObserver): void {
  for (const { message } of damage) onNote?.(message);
  for (const { path, reason } of damagedCheckpoints) {
    onNote?.(`${path} is damaged (${reason}): the checkpoint before it is used.`);
  }
}

/** Says how much is to be simulated again. */
function tellLoss({ simulatedMs }: Manifest, resumedAtMs: number, { onNote }: RunObserver): void {
  if (simulatedMs <= resumedAtMs) return;
  const [from, to] = [resumedAtMs / 1000, simulatedMs / 1000];
  onNote?.(`Lost, and simulated again: ${from} s to ${to} s or later.`);
}

function checkSame(directory: string, before: Manifest, now: Manifest): void {
  if (before.createdAt === now.createdAt) return;
  throw new RecoveryError(`Another run has been recorded in ${directory} just now. Try again.`);
}

/** A branch cannot begin again at 0: its beginning is its first checkpoint. */
function checkBeginning(directory: string, { manifest, checkpoint }: Recovery): void {
  const { ancestry } = manifest;
  if (checkpoint || !ancestry) return;
  const changes = Object.entries(ancestry.changes).map(([name, { to }]) => ` --set ${name}=${to}`);
  throw new RecoveryError(
    `${directory} has no intact checkpoint, and is a branch of another run, so that it cannot begin at ` +
      `0 s. Branch it again: isocortex branch ${ancestry.directory}@${recordStartMs(manifest) / 1000}${changes.join("")} --out NEW ` +
      `(the parent's path is from ${directory}).`,
  );
}

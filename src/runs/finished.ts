import { changedParameters } from "../experiment/branch.ts";
import { timelineOf } from "../experiment/definition.ts";
import { unheld } from "../host/turns.ts";
import { DamagedFileError, RunLocationError } from "../recording/errors.ts";
import { isRecordedTo, type Manifest } from "../recording/manifest.ts";
import { recordedParameters } from "../recording/recorded-parameters.ts";
import { findManifest } from "../recording/recovery.ts";
import { isParent } from "../recording/run-identity.ts";
import { RunReader } from "../recording/run-reader.ts";
import { type BranchRequest, planBranch, recordBranch } from "./branched.ts";
import { directoryUse } from "./directory.ts";
import { openDamagedRun } from "./opening.ts";
import { placeRefusal } from "./place.ts";
import { type RunRequest, recordRun } from "./recorded.ts";
import { LostBeginningError, resumeRun } from "./resumed.ts";
import type { RunObserver } from "./session.ts";
import { type RunSummary, summarize } from "./summary.ts";

/** A directory holds another run than is to be there, or other files. */
export class OccupiedDirectoryError extends RunLocationError {
  override readonly name = "OccupiedDirectoryError";
}

/**
 * Completion of a run to its end, or as far as `untilMs`: begins it, resumes it, or
 * leaves it as it is, whatever there is of it already. Can be called again after any interruption;
 * damage that it meets is made good.
 *
 * @throws {RunLocationError} when its directory holds another run, or other files
 * @throws as `recordRun` and `resumeRun`
 */
export async function finishRun(request: RunRequest, observer: RunObserver): Promise<RunSummary> {
  const earlier = earlierRun(request);
  if (!earlier) return recordRun(request, observer);
  checkSame(request.directory, earlier, request, request);
  return finishEarlier(request, earlier, observer);
}

/**
 * The same for a branch.
 *
 * @throws {RunLocationError} when its directory holds another run, or a branch of another one
 * @throws as `planBranch`, `recordBranch` and `resumeRun`
 */
export async function finishBranch(
  request: BranchRequest,
  observer: RunObserver,
): Promise<RunSummary> {
  const branch = planBranch(request);
  const earlier = earlierRun(request);
  if (!earlier) return recordBranch(branch, observer);
  const { directory, parent, timeMs } = request;
  checkSame(directory, earlier, branch, request);
  const { ancestry } = earlier;
  if (!isParent(ancestry, branch.manifest) || ancestry?.timeMs !== timeMs) {
    throw new OccupiedDirectoryError(
      `${directory} contains a run that is not a branch of ${parent} at ${timeMs / 1000} s. ` +
        "Delete it, or name another directory.",
    );
  }
  try {
    return await finishEarlier(request, earlier, observer);
  } catch (error) {
    if (!(error instanceof LostBeginningError)) throw error;
    observer.onNote?.(`${directory} has lost its first checkpoint and is branched again.`);
    return recordBranch({ ...branch, request: { ...request, overwrite: true } }, observer);
  }
}

type Request = RunRequest | BranchRequest;

/** The manifest of the run that is in the directory; undefined when there is none, or it is to go. */
function earlierRun({ directory, overwrite }: Request): Manifest | undefined {
  if (!overwrite && directoryUse(directory) === "run") {
    return manifestIn(directory);
  }
  const refusal = placeRefusal(directory, overwrite);
  if (refusal !== undefined) throw new OccupiedDirectoryError(refusal);
  return undefined;
}

/** @throws {OccupiedDirectoryError} when nothing says which run it is that is there */
function manifestIn(directory: string): Manifest {
  try {
    return findManifest(openDamagedRun(directory));
  } catch (error) {
    if (!(error instanceof RunLocationError)) throw error;
    throw new OccupiedDirectoryError(error.message);
  }
}

/** @throws {RunLocationError} unless the run is of the experiment that is asked for */
function checkSame(
  directory: string,
  earlier: Manifest,
  { parameters, entries = [] }: Pick<RunRequest, "parameters" | "entries">,
  { potentials }: Pick<RunRequest, "potentials">,
): void {
  const changed: string[] = changedParameters(recordedParameters(earlier), parameters);
  const { named } = timelineOf({ parameters, entries });
  if (JSON.stringify(earlier.entries ?? []) !== JSON.stringify(named)) changed.push("timeline");
  if (JSON.stringify(earlier.potentials) !== JSON.stringify(potentials)) changed.push("potentials");
  if (changed.length === 0) return;
  throw new OccupiedDirectoryError(
    `${directory} contains a run with different ${changed.join(", ")}. Delete it, or name ` +
      "another directory.",
  );
}

async function finishEarlier(
  request: Request,
  earlier: Manifest,
  observer: RunObserver,
): Promise<RunSummary> {
  const { directory, untilMs = Infinity } = request;
  if (!isRecordedTo(earlier, untilMs)) return resumeRun(directory, request, observer);
  try {
    const record = new RunReader(openDamagedRun(directory));
    const damage = await unheld(observer, () => record.verify());
    if (damage.length === 0) return summarize(directory, record);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
  }
  return resumeRun(directory, request, observer);
}

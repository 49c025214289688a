import { realpathSync } from "node:fs";
import { join } from "node:path";
import { RunHistory } from "../measures/history.ts";
import { RunLocationError } from "../recording/errors.ts";
import { readManifest } from "../recording/manifest-file.ts";
import { isParent } from "../recording/run-identity.ts";
import { leadsToFolder } from "../store/file-entry.ts";
import { FolderStore } from "../store/run-folder.ts";
import { holdsRun } from "./directory.ts";
import { openRun } from "./opening.ts";

/**
 * Opens a recorded run and the past of it that can be found.
 *
 * @param onNote told when a run has no identity
 * @param onLostPast told when a past exists but cannot be found
 * @throws {RunLocationError} when the directory holds no run
 * @throws {DamagedFileError} when a finished run is damaged
 */
export function openHistory(
  directory: string,
  onNote: (text: string) => void = () => {},
  onLostPast = onNote,
): RunHistory {
  const record = openRun(directory, onNote);
  const ancestors = pastDirectories(directory, onLostPast).map((place) => openRun(place));
  return new RunHistory(record, ancestors);
}

/**
 * Opens a recorded run with all of its past.
 *
 * @throws {RunLocationError} when a run that it branched off is missing
 */
export function openWholeHistory(directory: string): RunHistory {
  return openHistory(
    directory,
    () => {},
    (text) => {
      throw new RunLocationError(text);
    },
  );
}

/**
 * Directories of the runs that a run branched off, its parent first, as far as they are found.
 *
 * @param onLostPast told when a past exists but cannot be found
 */
export function pastDirectories(directory: string, onLostPast: (text: string) => void): string[] {
  const found: string[] = [];
  const known = new Set([realpathSync(directory)]);
  let parent = parentOf(directory, onLostPast);
  // A run that is its own past would be followed for ever.
  while (parent !== undefined && !known.has(realpathSync(parent))) {
    known.add(realpathSync(parent));
    found.push(parent);
    parent = parentOf(parent, onLostPast);
  }
  return found;
}

/** The directory of the run that a branch comes from, where it still is where it was. */
function parentOf(directory: string, onLostPast: (text: string) => void): string | undefined {
  const { ancestry } = readManifest(new FolderStore(directory));
  if (!ancestry) return undefined;
  const place = join(directory, ancestry.directory);
  const isThere = leadsToFolder(place) && holdsRun(place);
  if (isThere && isParent(ancestry, readManifest(new FolderStore(place)))) return place;
  const why = isThere ? "another run is there now" : "there is no run";
  onLostPast(
    `${directory} is a branch of ${ancestry.label}, which was in ${place}; ${why}, so its past is not shown.`,
  );
  return undefined;
}

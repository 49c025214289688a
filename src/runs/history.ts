import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { RunHistory } from "../measures/history.ts";
import { RunLocationError } from "../recording/errors.ts";
import { isParent } from "../recording/run-identity.ts";
import type { RunReader } from "../recording/run-reader.ts";
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
  const ancestors: RunReader[] = [];
  const known = new Set([realpathSync(directory)]);
  let parent = parentOf({ record, directory }, onLostPast);
  // A run that is its own past would be followed for ever.
  while (parent && !known.has(realpathSync(parent.directory))) {
    known.add(realpathSync(parent.directory));
    ancestors.push(parent.record);
    parent = parentOf(parent, onLostPast);
  }
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

interface LocatedRun {
  readonly record: RunReader;
  readonly directory: string;
}

/** The run that a branch comes from, where it still is where it was. */
function parentOf(
  { record, directory }: LocatedRun,
  onNote: (text: string) => void,
): LocatedRun | undefined {
  const { ancestry } = record.manifest;
  if (!ancestry) return undefined;
  const place = join(directory, ancestry.directory);
  const isThere = statSync(place, { throwIfNoEntry: false })?.isDirectory() && holdsRun(place);
  const parent = isThere ? openRun(place) : undefined;
  if (parent && isParent(ancestry, parent.manifest)) return { record: parent, directory: place };
  const why = parent ? "another run is there now" : "there is no run";
  onNote(
    `${directory} is a branch of ${ancestry.label}, which was in ${place}; ${why}, so its past is not shown.`,
  );
  return undefined;
}

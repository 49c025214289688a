import { statSync } from "node:fs";
import { join } from "node:path";
import { checkpointFiles } from "../recording/checkpoint-files.ts";
import { CutFileError, type DamagedFileError, RunLocationError } from "../recording/errors.ts";
import { isSettled } from "../recording/manifest.ts";
import { growingFiles, runFiles } from "../recording/run-files.ts";
import { RunReader } from "../recording/run-reader.ts";
import { FolderStore } from "../store/run-folder.ts";
import { holdsRun } from "./directory.ts";

/**
 * Reader of the run recorded in a directory. A run that is in progress or was killed is read up to
 * its last complete data.
 *
 * @param onNote receives a note if the files of the run have no identity (version 0.2.0)
 * @throws {RunLocationError} if the directory contains no run
 * @throws {DamagedFileError} if a file belongs to another run or is damaged, other than by a crash
 * @example
 * ```ts
 * import { resolveParameters } from "isocortex";
 * import { openRun, recordRun } from "isocortex/node";
 *
 * const phases = { baselineDurationS: 2, learningDurationS: 0, recallDurationS: 0 };
 * const parameters = resolveParameters({ protocol: "training", ...phases });
 * const observer = { onReport: () => {}, signal: new AbortController().signal };
 * const run = { directory: "runs/opened", overwrite: true, preset: null, label: "opened", parameters };
 * await recordRun(run, observer);
 * const { manifest, spikeCount } = openRun("runs/opened");
 * console.log(manifest.status, spikeCount);
 * ```
 */
export function openRun(directory: string, onNote: (text: string) => void = () => {}): RunReader {
  checkDirectory(directory);
  if (!holdsRun(directory)) throw noRun(directory);
  const reader = new RunReader(new FolderStore(directory), "cut");
  const isOver = isSettled(reader.manifest);
  const damage = reader.damage.find((error) => isOver || !isCutWhileGrowing(error));
  if (damage) throw damage;
  if (reader.manifest.identity === undefined) onNote(withoutIdentity(directory));
  return reader;
}

/** True if a file breaks off as that of a run at work or killed may. */
const isCutWhileGrowing = (error: DamagedFileError): boolean =>
  error instanceof CutFileError && growingFiles.some((file) => runFiles[file] === error.path);

/** Note on a run whose files have no identity. */
export const withoutIdentity = (directory: string): string =>
  `${directory} was recorded in format version 1: its files do not identify their run, so a ` +
  "file of another run would not be detected.";

/**
 * The store of a run that is to be continued, be its manifest damaged or missing.
 *
 * @throws {RunLocationError} when the directory holds neither a manifest nor checkpoints
 */
export function openDamagedRun(directory: string): FolderStore {
  checkDirectory(directory);
  const store = new FolderStore(directory);
  if (!holdsRun(directory) && checkpointFiles(store).length === 0) throw noRun(directory);
  return store;
}

function checkDirectory(directory: string): void {
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  throw new RunLocationError(
    found
      ? `${directory} is a file: expected the directory of a run.`
      : `There is no directory ${directory}.${suggestion(directory)}`,
  );
}

const noRun = (directory: string) =>
  new RunLocationError(
    `${directory} contains no run: it has no manifest.json of isocortex.${suggestion(directory)}`,
  );

function suggestion(directory: string): string {
  const usual = join("runs", directory);
  return holdsRun(usual) ? ` Did you mean ${usual}?` : "";
}

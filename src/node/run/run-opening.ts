import { statSync } from "node:fs";
import { join } from "node:path";
import { checkpointFiles } from "../../recording/checkpoint-files.ts";
import { RunLocationError } from "../../recording/errors.ts";
import { isSettled } from "../../recording/manifest.ts";
import { RunReader } from "../../recording/run-reader.ts";
import { holdsRun } from "./run-directory.ts";
import { FolderStore } from "./run-folder.ts";

/**
 * Opens a recorded run; one that is at work or was killed is read as far as it goes.
 *
 * @throws {RunLocationError} when the directory holds no run
 * @throws {DamagedFileError} when a finished run is damaged
 */
export function openRun(directory: string): RunReader {
  checkDirectory(directory);
  if (!holdsRun(directory)) throw noRun(directory);
  const reader = new RunReader(new FolderStore(directory), "cut");
  if (isSettled(reader.manifest) && reader.damage[0]) throw reader.damage[0];
  return reader;
}

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
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new RunLocationError(`There is no directory ${directory}.${suggestion(directory)}`);
}

const noRun = (directory: string) =>
  new RunLocationError(
    `${directory} holds no run: it has no manifest.json of isocortex.${suggestion(directory)}`,
  );

function suggestion(directory: string): string {
  const usual = join("runs", directory);
  return holdsRun(usual) ? ` Did you mean ${usual}?` : "";
}

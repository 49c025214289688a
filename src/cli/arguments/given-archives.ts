import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Command } from "commander";
import { archivedRun } from "../../archive/archived-run.ts";
import { DamagedFileError, FormatVersionError } from "../../recording/errors.ts";
import { readManifest } from "../../recording/manifest-file.ts";
import { MemoryStore } from "../../recording/memory-store.ts";
import { runFiles } from "../../recording/run-files.ts";
import type { RunStore } from "../../recording/run-store.ts";
import { FolderStore } from "../../store/run-folder.ts";
import { writeNote } from "../../terminal/streams.ts";
import { UsageError } from "../failure.ts";

/**
 * Replaces archives among a command's arguments by the directories that they are unpacked into,
 * beside them. One that was unpacked before is left as it is: its run may have gone on.
 *
 * @throws {ArchivedRunError} when an archive is not one whole run
 * @throws {UsageError} when something else is in its place
 */
export function unpackArchives(command: Command, archives: readonly number[]): void {
  for (const k of archives) {
    const [, path, moment = ""] = /^(.*\.zip)(@.*)?$/is.exec(command.processedArgs[k])!;
    if (!statSync(path!, { throwIfNoEntry: false })?.isFile()) continue;
    const directory = path!.slice(0, -".zip".length);
    if (!existsSync(directory)) {
      unpack(path!, directory);
      writeNote(`${path} is unpacked: its run is in ${directory}.`);
    } else if (!holdsRunOf(path!, directory)) {
      throw new UsageError(
        `${path} would be unpacked into ${directory}, which contains something else or another run. ` +
          "Rename one of them.",
      );
    }
    command.processedArgs[k] = directory + moment;
  }
}

/** True if a directory holds the run of an archive, whether or not it has gone on. */
function holdsRunOf(path: string, directory: string): boolean {
  if (!existsSync(join(directory, runFiles.manifest))) return false;
  const archived = new MemoryStore();
  const files = archivedRun(readFileSync(path), path, () => false);
  archived.append(runFiles.manifest, files.get(runFiles.manifest)!);
  const [one, other] = [archived, new FolderStore(directory)].map(identityIn);
  // What is damaged is reported when it is read.
  return one === undefined || other === undefined || one === other;
}

/** Identity of the run in a store, as far as it is known. */
function identityIn(store: RunStore): string | undefined {
  try {
    return readManifest(store).identity;
  } catch (error) {
    if (error instanceof DamagedFileError || error instanceof FormatVersionError) return undefined;
    throw error;
  }
}

/** Writes all files elsewhere first, so that the directory is whole when it is there. */
function unpack(path: string, directory: string): void {
  const files = archivedRun(readFileSync(path), path);
  const beginning = mkdtempSync(join(dirname(directory), `.${basename(directory)}-`));
  try {
    const store = new FolderStore(join(beginning, "run"));
    for (const [name, content] of files) {
      // Names lead nowhere else.
      if (!/^\.?\w[\w.-]*(\/\.?\w[\w.-]*)*$/.test(name)) {
        throw new UsageError(`${path} contains ${name}, which is no file of a run.`);
      }
      store.append(name, content);
    }
    store.sync();
    store.close();
    renameSync(join(beginning, "run"), directory);
  } finally {
    rmSync(beginning, { recursive: true, force: true });
  }
}

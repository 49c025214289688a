import { readFileHeader } from "./block-file.ts";
import { DamagedFileError } from "./errors.ts";
import { isSettled, type Manifest } from "./manifest.ts";
import { readManifest } from "./manifest-file.ts";
import { binaryFilesOf, runFiles } from "./run-files.ts";
import { runName } from "./run-identity.ts";
import { MissingFileError, type RunStore } from "./run-store.ts";
import { unsealed } from "./sealed-json.ts";

/**
 * Checks that a store holds the settled record of a certain run, by its manifest and how its files
 * begin. Cheap, as it is done for every run of a study.
 *
 * @param identity undefined for a run of format version 1
 * @throws {DamagedFileError} when it does not
 */
export function checkPresence(store: RunStore, identity: string | undefined): void {
  const manifest = settledManifest(store);
  const owners = binaryFilesOf(manifest).map((file) => ({
    path: runFiles[file] as string,
    owner: readFileHeader(store, runFiles[file]),
  }));
  for (const { path, owner } of [{ path: runFiles.manifest, owner: manifest }, ...owners]) {
    if (!owner) throw new DamagedFileError(path, 0, "it is missing, or no file of a run");
    if (owner.identity === identity) continue;
    const reason = `it is ${runName(owner.identity)}, expected one ${runName(identity)}`;
    throw new DamagedFileError(path, 0, reason);
  }
}

function settledManifest(store: RunStore): Manifest {
  const path = runFiles.manifest;
  const text = textOf(store, path);
  if (text === undefined) throw new DamagedFileError(path, 0, "it is missing");
  // What others have laid out anew is not sealed as text, but may say the same.
  const manifest = (unsealed(text) ?? readManifest(store)) as Manifest;
  if (isSettled(manifest)) return manifest;
  throw new DamagedFileError(path, 0, `it says that the run is ${manifest.status}`);
}

/** A file's text; undefined when there is no such file. */
export function textOf(store: RunStore, path: string): string | undefined {
  try {
    return new TextDecoder().decode(store.read(path));
  } catch (error) {
    if (error instanceof MissingFileError) return undefined;
    throw error;
  }
}

import { isSealed, sealedLine } from "../encoding/sealed-json.ts";
import { readFileHeader } from "./block-file.ts";
import { DamagedFileError } from "./errors.ts";
import { isSettled, type Manifest } from "./manifest.ts";
import { readManifest } from "./manifest-file.ts";
import { binaryFilesOf, type RecordedParts, runFiles } from "./run-files.ts";
import { runName } from "./run-identity.ts";
import { MissingFileError, type RunStore } from "./run-store.ts";

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
    if (!owner) throw new DamagedFileError(path, 0, "it is missing, or not a file of a run");
    if (owner.identity === identity) continue;
    const reason = `it is ${runName(owner.identity)}, expected one ${runName(identity)}`;
    throw new DamagedFileError(path, 0, reason);
  }
}

type Settled = Pick<Manifest, "status" | "identity"> & RecordedParts;

function settledManifest(store: RunStore): Settled {
  const path = runFiles.manifest;
  const text = textOf(store, path);
  if (text === undefined) throw new DamagedFileError(path, 0, "it is missing");
  // What others have laid out anew is not sealed as text, but may say the same.
  const manifest = isSealed(text) ? sealedManifest(text) : readManifest(store);
  if (isSettled(manifest)) return manifest;
  throw new DamagedFileError(path, 0, `it states that the run is ${manifest.status}`);
}

function sealedManifest(text: string): Settled {
  const [status, identity] = ["status", "identity"].map((name) => {
    const value = sealedLine(text, name);
    return value && JSON.parse(value);
  });
  // A name in quotation marks is no part of a text in JSON.
  const hasSeveralColumns = text.includes('"interColumnSynapses": ');
  const network = { interColumnSynapses: hasSeveralColumns ? 0 : undefined };
  return { status, identity, network, potentials: sealedLine(text, "potentials") ? {} : undefined };
}

/** A file's text; undefined when there is no such file. */
export function textOf(store: RunStore, path: string): string | undefined {
  const bytes = bytesOf(store, path);
  return bytes && new TextDecoder().decode(bytes);
}

/** A file's bytes; undefined when there is no such file. */
export function bytesOf(store: RunStore, path: string): Uint8Array | undefined {
  try {
    // A study asks for a file of each of its tasks: errors take longer than a look.
    return store.size(path) === undefined ? undefined : store.read(path);
  } catch (error) {
    if (error instanceof MissingFileError) return undefined;
    throw error;
  }
}

import { strFromU8, unzipSync } from "fflate";
import { type Experiment, MemoryStore, RunReader, readExperiment } from "../../index.ts";
import { recordedParameters } from "../../recording/recorded-parameters.ts";
import { runFiles } from "../../recording/run-files.ts";
import { readTrains, recordedChecksums } from "../../recording/train-files.ts";
import { findTrains, provideTrains } from "../../timeline/spike-trains.ts";

/** A file that cannot be opened; the message says why, and what to do. */
export class OpenedFileError extends Error {
  override readonly name = "OpenedFileError";
}

/** Larger archives are not unpacked in the memory of a page. */
const MOST_BYTES = 100e6;

/**
 * Experiment in a file: one of `isocortex run`, or that of a run in a zip archive of its directory,
 * and the moment to open it at: the end of the run.
 *
 * @throws {OpenedFileError} when an archive is not one whole run
 * @throws {DocumentError} when a file is no experiment
 */
export function openedFile(
  bytes: Uint8Array,
  name: string,
): { readonly experiment: Experiment; readonly momentMs: number } {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isArchive) return { experiment: readExperiment(textOf(bytes, name), name), momentMs: 0 };
  const store = storeOf(bytes, name);
  const { manifest } = wholeRun(store, name);
  const { ancestry, label, preset, entries = [], gainTimesMs, durationMs } = manifest;
  if (ancestry) {
    throw new OpenedFileError(
      `The run in ${name} is a branch of ${ancestry.label}, whose spikes are not in it. ` +
        "isocortex view shows both, from the directory that contains them.",
    );
  }
  for (const checksum of recordedChecksums(manifest)) {
    if (!findTrains(checksum)) provideTrains(readTrains(store, manifest, checksum));
  }
  const parameters = recordedParameters(manifest);
  return {
    experiment: { description: label, preset, parameters, entries, gainTimesMs },
    momentMs: durationMs,
  };
}

function textOf(bytes: Uint8Array, name: string): string {
  if (bytes.length > 1e6 || bytes.includes(0)) {
    throw new OpenedFileError(
      `${name} is neither an experiment file (YAML or JSON) nor a zip archive of a run.`,
    );
  }
  return strFromU8(bytes);
}

/** Files of the one run in an archive. */
function storeOf(bytes: Uint8Array, name: string): MemoryStore {
  if (bytes.length > MOST_BYTES) {
    throw new OpenedFileError(
      `${name} has ${Math.round(bytes.length / 1e6)} MB, more than a page can unpack. ` +
        "isocortex view shows runs of any length from their directory.",
    );
  }
  const files = unpacked(bytes, name);
  const manifests = Object.keys(files).filter(
    (path) => /^([^/]+\/)?[^/]+$/.test(path) && path.endsWith(runFiles.manifest),
  );
  if (manifests.length !== 1) {
    throw new OpenedFileError(
      `${name} contains ${manifests.length === 0 ? "no run" : `${manifests.length} runs`}. ` +
        "Pack the directory of one run, as Download run does.",
    );
  }
  const folder = manifests[0]!.slice(0, -runFiles.manifest.length);
  const store = new MemoryStore();
  for (const [path, content] of Object.entries(files)) {
    if (path.startsWith(folder)) store.append(path.slice(folder.length), content);
  }
  return store;
}

function unpacked(bytes: Uint8Array, name: string): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch {
    throw new OpenedFileError(`${name} is incomplete or damaged. Download or pack it again.`);
  }
}

function wholeRun(store: MemoryStore, name: string): RunReader {
  try {
    const run = new RunReader(store);
    const [problem] = run.verify();
    if (problem) throw new Error(String(problem));
    return run;
  } catch (error) {
    throw new OpenedFileError(
      `The run in ${name} is damaged, or of another program. ${(error as Error).message}`,
    );
  }
}

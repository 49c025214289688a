import { strFromU8 } from "fflate";
import { archivedRun, isArchive } from "../../archive/archived-run.ts";
import { type Experiment, MemoryStore, RunReader, readExperiment } from "../../index.ts";
import { runEndMs } from "../../recording/manifest.ts";
import { recordedParameters } from "../../recording/recorded-parameters.ts";
import { readTrains, recordedChecksums } from "../../recording/train-files.ts";
import { findTrains, provideTrains } from "../../timeline/spike-trains.ts";

/** A file that cannot be opened; the message says why, and what to do. */
export class OpenedFileError extends Error {
  override readonly name = "OpenedFileError";
}

/**
 * Experiment in a file: one of `isocortex run`, or that of a run in a zip archive of its directory,
 * and the moment to open it at: the end of the run.
 *
 * @throws {ArchivedRunError} when an archive does not contain one run
 * @throws {OpenedFileError} when that is damaged, or its past is elsewhere
 * @throws {DocumentError} when a file is no experiment
 */
export function openedFile(
  bytes: Uint8Array,
  name: string,
): { readonly experiment: Experiment; readonly momentMs: number } {
  if (!isArchive(bytes))
    return { experiment: readExperiment(textOf(bytes, name), name), momentMs: 0 };
  const store = storeOf(bytes, name);
  const { manifest } = wholeRun(store, name);
  const { ancestry, label, preset, entries = [], gainTimesMs } = manifest;
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
    momentMs: runEndMs(manifest),
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

function storeOf(bytes: Uint8Array, name: string): MemoryStore {
  const store = new MemoryStore();
  for (const [path, content] of archivedRun(bytes, name)) store.append(path, content);
  return store;
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

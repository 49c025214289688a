import { makeZip } from "client-zip";
import { checkpointFolder, runFiles, stimulusFolder } from "../recording/run-files.ts";
import type { RunStore } from "../recording/run-store.ts";

/** Folders of a run directory that hold files. */
const folders = [checkpointFolder, stimulusFolder, "spikes", "cells", "weights"];

/** Paths of all files of a run in a store, the manifest last. */
export const runPaths = (store: RunStore): string[] => [
  ...folders.flatMap((folder) => store.list(folder).map((name) => `${folder}/${name}`)),
  ...[runFiles.events, runFiles.manifest].filter((path) => store.size(path) !== undefined),
];

/** A recorded run as a zip archive of its directory: commands take it as it is. */
export async function runZip(store: RunStore, label: string): Promise<Uint8Array<ArrayBuffer>> {
  const entries = runPaths(store).map((path) => ({
    name: `${label}/${path}`,
    lastModified: new Date(),
    input: store.read(path) as Uint8Array<ArrayBuffer>,
  }));
  return new Uint8Array(await new Response(makeZip(entries)).arrayBuffer());
}

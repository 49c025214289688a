import { makeZip } from "client-zip";
import type { MemoryStore } from "../../index.ts";
import { runFiles } from "../../recording/run-files.ts";

/** Folders of a run directory that hold files. */
const folders = ["checkpoints", "spikes", "cells", "weights"];

/** A recorded run as a zip archive of its directory: commands take it as it is. */
export async function runZip(store: MemoryStore, label: string): Promise<Uint8Array<ArrayBuffer>> {
  const paths = [
    ...folders.flatMap((folder) => store.list(folder).map((name) => `${folder}/${name}`)),
    ...[runFiles.events, runFiles.manifest].filter((path) => store.size(path) !== undefined),
  ];
  const entries = paths.map((path) => ({
    name: `${label}/${path}`,
    lastModified: new Date(),
    input: store.read(path) as Uint8Array<ArrayBuffer>,
  }));
  return new Uint8Array(await new Response(makeZip(entries)).arrayBuffer());
}

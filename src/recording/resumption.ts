import { checkpointFiles, checkpointPath } from "./checkpoint-files.ts";
import { type Manifest, nothingDone, writeManifest } from "./manifest.ts";
import type { RecordedNetwork } from "./network-record.ts";
import type { Recovery } from "./recovery.ts";
import { createGrowingFiles, createNetworkFiles } from "./run-creation.ts";
import type { RunStore } from "./run-store.ts";
import { RunWriter } from "./run-writer.ts";

/**
 * Continues a run's record from where `examineRun` found that it can go on; what was recorded
 * after it is cut off. Whatever interrupts this, it can be done again.
 */
export function resumeRecord(
  store: RunStore,
  { manifest, checkpoint, networkIntact }: Recovery,
  network: RecordedNetwork,
): RunWriter {
  if (!networkIntact) createNetworkFiles(store, network);
  const writer = checkpoint
    ? RunWriter.resume(store, checkpoint.position, checkpoint.manifest)
    : restartRecord(store, manifest);
  const newest = checkpoint && checkpointPath(checkpoint.manifest.simulatedMs);
  for (const { path } of checkpointFiles(store)) {
    if (newest === undefined || path > newest) store.remove(path);
  }
  return writer;
}

/** Begins a run's record anew. */
function restartRecord(store: RunStore, manifest: Manifest): RunWriter {
  const begun: Manifest = { ...manifest, ...nothingDone };
  // The manifest first: at no time may it promise more than the files hold.
  writeManifest(store, begun);
  return RunWriter.resume(store, createGrowingFiles(store), begun);
}

import { checkpointFiles } from "./checkpoint-files.ts";
import { type Manifest, nothingDone } from "./manifest.ts";
import type { RecordedNetwork } from "./network-record.ts";
import type { Recovery } from "./recovery.ts";
import { createNetworkFiles, recordBeginning } from "./run-creation.ts";
import { checkpointPath } from "./run-files.ts";
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
  if (!networkIntact) createNetworkFiles(store, manifest, network);
  const writer = RunWriter.resume(
    store,
    checkpoint?.position ?? recordBeginning(manifest),
    checkpoint ? standingAt(manifest, checkpoint.manifest) : { ...manifest, ...nothingDone },
  );
  const newest = checkpoint && checkpointPath(checkpoint.manifest.simulatedMs);
  for (const { path } of checkpointFiles(store)) {
    if (newest === undefined || path > newest) store.remove(path);
  }
  return writer;
}

/** A run's manifest with how far it had come at an earlier time. */
function standingAt(manifest: Manifest, earlier: Manifest): Manifest {
  const { simulatedMs, wallSeconds, updatedAt, counts, excursions } = earlier;
  return { ...manifest, simulatedMs, wallSeconds, updatedAt, counts, excursions };
}

import { BlockFileWriter, fileBeginning } from "./block-file.ts";
import { noSpikes, type SimulationState } from "./checkpoint.ts";
import { writeCheckpoint } from "./checkpoint-files.ts";
import { RunLocationError } from "./errors.ts";
import { identityOf, type Manifest } from "./manifest.ts";
import { writeManifest } from "./manifest-file.ts";
import { encodePositions, encodeSynapses, type RecordedNetwork } from "./network-record.ts";
import { noReadings } from "./potentials.ts";
import type { RecordPosition } from "./record-position.ts";
import { initialManifest, type RunDescription } from "./run-description.ts";
import {
  fileKinds,
  type NetworkFile,
  ofGrowingFiles,
  type RecordedPotentials,
  runFiles,
} from "./run-files.ts";
import type { RunStore } from "./run-store.ts";
import { recordedChecksums, writeTrains } from "./train-files.ts";

/**
 * Lays out a run: the network, files without entries and, last of all, the manifest that makes
 * it one.
 *
 * @param start the state that a branch begins from: its first checkpoint
 * @throws {RunLocationError} when the store holds a run already
 */
export function createRun(
  store: RunStore,
  description: RunDescription,
  network: RecordedNetwork,
  start?: SimulationState,
): { readonly manifest: Manifest; readonly position: RecordPosition } {
  if (store.size(runFiles.manifest) !== undefined) {
    throw new RunLocationError(
      `The directory contains a run (${runFiles.manifest}). Choose another directory.`,
    );
  }
  const manifest = initialManifest(description, network);
  const identity = identityOf(manifest);
  ofGrowingFiles(manifest, (file) => {
    BlockFileWriter.create(store, runFiles[file], { kind: fileKinds[file], identity });
  });
  createNetworkFiles(store, manifest, network);
  for (const checksum of recordedChecksums(manifest)) {
    const trains = description.trains?.get(checksum);
    if (!trains) throw new RangeError(`The spike trains ${checksum} of a stimulus are unknown.`);
    writeTrains(store, manifest, checksum, trains);
  }
  store.sync();
  const position = recordBeginning(manifest);
  if (start) writeCheckpoint(store, { manifest, position, state: start });
  writeManifest(store, manifest);
  return { manifest, position };
}

/** Position at the start of an empty record. */
export const recordBeginning = (run: RecordedPotentials): RecordPosition => ({
  files: ofGrowingFiles(run, () => fileBeginning),
  spikes: 0,
  pending: noSpikes(),
  ...(run.potentials && { readings: 0, pendingReadings: noReadings() }),
});

/** Records the network, in place of what there may be. */
export function createNetworkFiles(
  store: RunStore,
  manifest: Manifest,
  network: RecordedNetwork,
): void {
  const identity = identityOf(manifest);
  const create = (file: NetworkFile, count: number, payload: Uint8Array) => {
    const kind = fileKinds[file];
    const header = { kind, count, firstMs: 0, lastMs: 0 };
    BlockFileWriter.create(store, runFiles[file], { kind, identity }).append(header, payload);
  };
  const { cellCount, synapseCount, interColumn } = network;
  create("positions", cellCount, encodePositions(network));
  create("synapses", synapseCount, encodeSynapses(network));
  if (interColumn) {
    create("interColumn", interColumn.postsynaptic.length, encodeSynapses(interColumn));
  }
}

import type { BlockKind } from "./block.ts";
import { BlockFileWriter } from "./block-file.ts";
import { noSpikes, type SimulationState } from "./checkpoint.ts";
import { writeCheckpoint } from "./checkpoint-files.ts";
import { RunLocationError } from "./errors.ts";
import { writeManifest } from "./manifest.ts";
import { encodePositions, encodeSynapses, type RecordedNetwork } from "./network-record.ts";
import type { RecordPosition } from "./record-position.ts";
import { initialManifest, type RunDescription } from "./run-description.ts";
import { runFiles } from "./run-files.ts";
import type { RunStore } from "./run-store.ts";

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
): RecordPosition {
  if (store.size(runFiles.manifest) !== undefined) {
    throw new RunLocationError(
      `There is a run here already (${runFiles.manifest}). Record to another directory.`,
    );
  }
  const position = createGrowingFiles(store);
  createNetworkFiles(store, network);
  store.sync();
  const manifest = initialManifest(description, network);
  if (start) writeCheckpoint(store, { manifest, position, state: start });
  writeManifest(store, manifest);
  return position;
}

/** Creates the files that grow, in place of what there may be. */
export function createGrowingFiles(store: RunStore): RecordPosition {
  const create = (path: string) => BlockFileWriter.create(store, path).position;
  const files = {
    spikes: create(runFiles.spikes),
    samples: create(runFiles.samples),
    gains: create(runFiles.gains),
    events: create(runFiles.events),
  };
  return { files, spikes: 0, pending: noSpikes() };
}

/** Records the network, in place of what there may be. */
export function createNetworkFiles(store: RunStore, network: RecordedNetwork): void {
  const create = (path: string, kind: BlockKind, count: number, payload: Uint8Array) => {
    const header = { kind, count, firstMs: 0, lastMs: 0 };
    BlockFileWriter.create(store, path).append(header, payload);
  };
  create(runFiles.positions, "positions", network.cellCount, encodePositions(network));
  create(runFiles.synapses, "synapses", network.synapseCount, encodeSynapses(network));
}

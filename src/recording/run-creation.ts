import type { BlockKind } from "./block.ts";
import { BlockFileWriter } from "./block-file.ts";
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
 * @throws {RunLocationError} when the store holds a run already
 */
export function createRun(
  store: RunStore,
  description: RunDescription,
  network: RecordedNetwork,
): RecordPosition {
  if (store.size(runFiles.manifest) !== undefined) {
    throw new RunLocationError(
      `There is a run here already (${runFiles.manifest}). Record to another directory.`,
    );
  }
  const create = (path: string) => BlockFileWriter.create(store, path);
  const createWith = (path: string, kind: BlockKind, count: number, payload: Uint8Array) =>
    create(path).append({ kind, count, firstMs: 0, lastMs: 0 }, payload);
  const files = {
    spikes: create(runFiles.spikes).position,
    samples: create(runFiles.samples).position,
    gains: create(runFiles.gains).position,
    events: create(runFiles.events).position,
  };
  createWith(runFiles.positions, "positions", network.cellCount, encodePositions(network));
  createWith(runFiles.synapses, "synapses", network.synapseCount, encodeSynapses(network));
  store.sync();
  writeManifest(store, initialManifest(description, network));
  const pending = { timesMs: new Float64Array(0), cells: new Uint32Array(0) };
  return { files, spikes: 0, pending };
}

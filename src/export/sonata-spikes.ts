import { unzlibSync } from "fflate";
import type { RunExcerpt } from "./excerpt.ts";
import { describe, GrowingDataset, type Hdf5Group } from "./hdf5.ts";
import { columnName } from "./sonata-network.ts";

/**
 * An HDF5 file with the empty group `/spikes/column` and its attribute `sorting`, by_time of the
 * enumeration that SONATA defines: h5wasm cannot make enumerations. From h5py 3.7:
 *
 *     file = h5py.File(path, "w", libver=("v108", "v108"))
 *     kind = h5py.enum_dtype({"none": 0, "by_id": 1, "by_time": 2}, basetype="i1")
 *     file.create_group("spikes/column").attrs.create("sorting", 2, dtype=kind)
 */
const startText =
  "eNrr9HBx4+WS4mLi4GCAgf9Q8JIRwjeAin+Objrh7+ESxKQwo4U1GxlXMAkha4QBLiYGoBFsggxAiq24IDM7tfgwzBJn" +
  "BmqAmyHdOuQ7KTk/pzQ3L4yRqk6a7q7iQoaTRIUYWDDleBwYGJgZOBi0QJLF+UUlmXnpDBbMINczMAhwQGgGoIKkyvjM" +
  "FBBZkpmbypCXn5fKwMjEwASUA+KNl7baAwAeeXyv";

export const spikeFileStart = (): Uint8Array =>
  unzlibSync(Uint8Array.from(atob(startText), (letter) => letter.charCodeAt(0)));

/** Writes all spikes in order of time, in ms: SONATA's spike file. */
export function* writeSpikes(file: Hdf5Group, run: RunExcerpt): Generator<void> {
  const group = file.get(`spikes/${columnName}`) as Hdf5Group;
  const rows = run.spikeCount;
  const timestamps = new GrowingDataset(group, "timestamps", "<d", { rows });
  const nodeIds = new GrowingDataset(group, "node_ids", "<Q", { rows, compressed: true });
  describe(timestamps.dataset, { units: "ms" });
  for (const { timesMs, cells } of run.spikeBlocks()) {
    timestamps.append(timesMs);
    nodeIds.append(BigUint64Array.from(cells, BigInt));
    yield;
  }
  timestamps.finish();
  nodeIds.finish();
}

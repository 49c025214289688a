import type { RunExcerpt } from "./excerpt.ts";
import { describe, GrowingDataset, type Hdf5Group } from "./hdf5.ts";
import { columnName } from "./sonata-network.ts";

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

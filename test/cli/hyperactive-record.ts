import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { description, progressAt, randomNumbers } from "../recording/small-run.ts";

/** Spikes of the column when it is hyperactive: 58 in every ms. */
const SPIKES_PER_MS = 58;

/** Spikes recorded at once. */
const BATCH = 65_536;

/**
 * Records spikes of random cells of the published column, as many a second as when it is
 * hyperactive: a stretch of an hour, which is 209 million.
 */
export function recordHyperactivity(
  directory: string,
  spikeCount: number,
  { status = "complete" }: { status?: "complete" | "interrupted" } = {},
): void {
  const parameters = resolveParameters({ protocol: "training" });
  const { network } = new Simulation(parameters);
  const store = new FolderStore(directory);
  const hour = { ...description, parameters, durationMs: 3_600_000 };
  const writer = RunWriter.create(store, hour, network);
  const random = randomNumbers(1);
  const timesMs = new Float64Array(BATCH);
  const cells = new Uint32Array(BATCH);
  let timeMs = 0;
  for (let written = 0; written < spikeCount; written += BATCH) {
    const count = Math.min(BATCH, spikeCount - written);
    for (let k = 0; k < count; k++) {
      timeMs += (2 * random()) / SPIKES_PER_MS;
      timesMs[k] = timeMs;
      cells[k] = Math.floor(network.cellCount * random());
    }
    writer.appendSpikes(timesMs, cells, count);
  }
  writer.finish(status, progressAt(Math.ceil(timeMs)));
  store.close();
}

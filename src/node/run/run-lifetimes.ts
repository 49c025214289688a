import { recordStartMs } from "../../recording/manifest.ts";
import type { RunReader } from "../../recording/run-reader.ts";

/** When each cell of a recorded run was deleted, ms; Infinity for those that never were. */
export function deathTimesMs(record: RunReader): Float64Array {
  const { manifest } = record;
  const times = new Float64Array(manifest.network.cellCount).fill(Infinity);
  // When its parent deleted them, a branch does not know: before it began.
  for (const cell of manifest.ancestry?.deletedCells ?? []) times[cell] = recordStartMs(manifest);
  for (const event of record.events()) {
    if (event.kind === "deletion") for (const cell of event.cells) times[cell] = event.timeMs;
  }
  return times;
}

/** How long each cell of a recorded run has lived while it was recorded, ms. */
export function livedTimesMs(record: RunReader): Float64Array {
  const { simulatedMs } = record.manifest;
  const startMs = recordStartMs(record.manifest);
  return deathTimesMs(record).map((timeMs) => Math.min(timeMs, simulatedMs) - startMs);
}

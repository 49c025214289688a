import { recordStartMs } from "./manifest.ts";
import type { RunEvent } from "./run-event.ts";
import type { RunReader } from "./run-reader.ts";

/**
 * Time at which each cell of a recorded run was deleted, ms; Infinity for those that never were.
 *
 * @param unknownMs for cells that died before a branch's record began, where it does not say when
 *   (those of version 0.2.0 do not); by default, when it began
 */
export function deathTimesMs(
  record: RunReader,
  unknownMs = recordStartMs(record.manifest),
): Float64Array {
  const { network, ancestry, past } = record.manifest;
  const times = new Float64Array(network.cellCount).fill(Infinity);
  for (const cell of ancestry?.deletedCells ?? []) times[cell] = unknownMs;
  const deletions = record.events().filter((event) => event.kind === "deletion");
  for (const { timeMs, cells } of [...(past?.deletions ?? []), ...deletions]) {
    for (const cell of cells) times[cell] = timeMs;
  }
  return times;
}

/** Time for which each cell of a run was alive while recorded, ms. */
export function livedTimesMs(record: RunReader): Float64Array {
  const { reachedMs } = record;
  const startMs = recordStartMs(record.manifest);
  return deathTimesMs(record).map((timeMs) => Math.max(0, Math.min(timeMs, reachedMs) - startMs));
}

/** True for the death of a cell by its own activity, which has a probability. */
export const isDynamicDeath = (event: RunEvent): boolean =>
  event.kind === "deletion" && event.probability !== undefined;

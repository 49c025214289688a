import { type Checkpoint, encodeCheckpoint } from "./checkpoint.ts";
import { checkpointFolder } from "./run-files.ts";
import type { RunStore } from "./run-store.ts";

/** Checkpoints kept besides those that were asked for: the last, and one more should it be damaged. */
const KEPT = 2;

const ending = "s.ckpt";

/** A checkpoint's file, and when it was taken. */
export interface CheckpointFile {
  readonly path: string;
  readonly timeMs: number;
}

/** The path of the checkpoint at a simulated time: seconds to the microsecond, of fixed width. */
export const checkpointPath = (timeMs: number): string =>
  `${checkpointFolder}/${(timeMs / 1000).toFixed(6).padStart(17, "0")}${ending}`;

/** A run's checkpoints, the newest first. */
export function checkpointFiles(store: RunStore): CheckpointFile[] {
  return store
    .list(checkpointFolder)
    .filter((name) => /^\d+\.\d{6}s\.ckpt$/.test(name))
    .map((name) => ({
      path: `${checkpointFolder}/${name}`,
      timeMs: 1000 * Number(name.slice(0, -ending.length)),
    }))
    .reverse();
}

/** Adds a checkpoint to a run. */
export function writeCheckpoint(store: RunStore, checkpoint: Checkpoint): void {
  store.replace(checkpointPath(checkpoint.manifest.simulatedMs), encodeCheckpoint(checkpoint));
}

/** Deletes checkpoints that newer ones replace; those of the times `keptMs` stay. */
export function pruneCheckpoints(store: RunStore, keptMs: readonly number[]): void {
  const kept = new Set(keptMs.map(checkpointPath));
  const passing = checkpointFiles(store).filter(({ path }) => !kept.has(path));
  for (const { path } of passing.slice(KEPT)) store.remove(path);
}

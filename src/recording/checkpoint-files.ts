import { readFileHeader } from "./block-file.ts";
import { type Checkpoint, encodeCheckpoint } from "./checkpoint.ts";
import { checkpointFolder, checkpointPath } from "./run-files.ts";
import type { Identified } from "./run-identity.ts";
import type { RunStore } from "./run-store.ts";

/** Checkpoints kept besides those that were asked for: the last, and one more should it be damaged. */
const KEPT = 2;

/** A checkpoint's file, and when it was taken. */
export interface CheckpointFile {
  readonly path: string;
  readonly timeMs: number;
}

/** Paths of checkpoints. */
export const checkpointPattern = new RegExp(`^${checkpointFolder}/\\d+\\.\\d{6}s\\.ckpt$`);

/** A run's checkpoints, the newest first. */
export function checkpointFiles(store: RunStore): CheckpointFile[] {
  return store
    .list(checkpointFolder)
    .map((name) => `${checkpointFolder}/${name}`)
    .filter((path) => checkpointPattern.test(path))
    .map((path) => ({ path, timeMs: 1000 * Number.parseFloat(path.split("/")[1]!) }))
    .reverse();
}

/** Adds a checkpoint to a run. */
export function writeCheckpoint(store: RunStore, checkpoint: Checkpoint): void {
  store.replace(checkpointPath(checkpoint.manifest.simulatedMs), encodeCheckpoint(checkpoint));
}

/** Deletes a run's checkpoints that newer ones replace; those of the times `keptMs` stay. */
export function pruneCheckpoints(
  store: RunStore,
  { identity }: Pick<Identified, "identity">,
  keptMs: readonly number[],
): void {
  const kept = new Set(keptMs.map(checkpointPath));
  const isOwn = (path: string) => readFileHeader(store, path)?.identity === identity;
  const passing = checkpointFiles(store).filter(({ path }) => !kept.has(path) && isOwn(path));
  for (const { path } of passing.slice(KEPT)) store.remove(path);
}

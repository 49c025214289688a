import { BLOCK_HEADER_BYTES, FILE_HEADER_BYTES } from "./block.ts";
import { BlockFileReader } from "./block-file.ts";
import { type Checkpoint, readCheckpoint } from "./checkpoint.ts";
import { checkpointFiles } from "./checkpoint-files.ts";
import { DamagedFileError, FormatVersionError, RunLocationError } from "./errors.ts";
import { isSettled, type Manifest, readManifest } from "./manifest.ts";
import { type GrowingFile, growingFiles, runFiles } from "./run-files.ts";
import type { RunStore } from "./run-store.ts";

/** How much of a run can be continued, and what is lost. */
export interface Recovery {
  /** From manifest.json or, where that is damaged, from the newest checkpoint. */
  readonly manifest: Manifest;
  /** Where the run can go on from; undefined where only its very beginning is left. */
  readonly checkpoint: Checkpoint | undefined;
  /** Simulated time up to which something was recorded, ms. */
  readonly reachedMs: number;
  /** What of the record is not as it was written; what a crash cut off at the end is no damage. */
  readonly damage: readonly DamagedFileError[];
  readonly damagedCheckpoints: readonly DamagedFileError[];
  /** Whether the files that say how the network is built are as they were written. */
  readonly networkIntact: boolean;
}

/** What a file holds before its first damage. */
interface IntactPart {
  readonly bytes: number;
  readonly entries: number;
  /** Time of its last entry, ms. */
  readonly lastMs: number;
  readonly damage: DamagedFileError | undefined;
}

/**
 * Reads and checks every byte of a run, and finds the newest checkpoint whose record is intact.
 *
 * @throws {RunLocationError} when there is no run
 * @throws {FormatVersionError} when it is in a newer format
 * @throws {DamagedFileError} when manifest and all checkpoints are damaged
 */
export function examineRun(store: RunStore): Recovery {
  const damage: DamagedFileError[] = [];
  const damagedCheckpoints: DamagedFileError[] = [];
  const readable = readCheckpoints(store, damagedCheckpoints);
  const newest = readable.next().value;
  const manifest = readOrRecoverManifest(store, newest, damage);
  const record = recordParts(store);
  for (const file of growingFiles) {
    const own = newest && isOf(manifest, newest) ? newest : undefined;
    const needed = own?.position.files[file].bytes ?? FILE_HEADER_BYTES;
    const found = damageOf(manifest, file, record[file], needed);
    if (found) damage.push(found);
  }
  const network = [runFiles.positions, runFiles.synapses].flatMap(
    (path) => networkDamage(store, path) ?? [],
  );
  damage.push(...network);
  let checkpoint = newest;
  while (checkpoint && !canFollow(manifest, record, checkpoint)) checkpoint = readable.next().value;
  const recordedMs = Math.max(...Object.values(record).map(({ lastMs }) => lastMs));
  return {
    manifest,
    checkpoint,
    reachedMs: Math.max(manifest.simulatedMs, recordedMs),
    damage,
    damagedCheckpoints,
    networkIntact: network.length === 0,
  };
}

/**
 * What a run's manifest says, from the newest checkpoint where it is damaged.
 *
 * @throws as `examineRun`
 */
export function findManifest(store: RunStore): Manifest {
  try {
    return readManifest(store);
  } catch {
    return examineRun(store).manifest;
  }
}

/** The readable checkpoints, the newest first; lists those that are not. */
function* readCheckpoints(
  store: RunStore,
  damage: DamagedFileError[],
): Generator<Checkpoint, undefined> {
  for (const { path } of checkpointFiles(store)) {
    try {
      yield readCheckpoint(store, path);
    } catch (error) {
      if (!(error instanceof DamagedFileError)) throw error;
      damage.push(error);
    }
  }
}

function readOrRecoverManifest(
  store: RunStore,
  newest: Checkpoint | undefined,
  damage: DamagedFileError[],
): Manifest {
  try {
    return readManifest(store);
  } catch (error) {
    // No program leaves checkpoints of this format beside a manifest of a newer one.
    const isDamage =
      error instanceof DamagedFileError ||
      error instanceof RunLocationError ||
      error instanceof FormatVersionError;
    if (!isDamage || !newest) throw error;
    damage.push(
      error instanceof DamagedFileError
        ? error
        : new DamagedFileError(runFiles.manifest, 0, "it is missing, or no manifest"),
    );
    return { ...newest.manifest, status: "running" };
  }
}

/** Whether a checkpoint is of this run, not of one that was recorded here before. */
function isOf({ createdAt, network }: Manifest, { manifest: other }: Checkpoint): boolean {
  return other.createdAt === createdAt && other.network.hash === network.hash;
}

/** Whether a run can go on from a checkpoint: all that was recorded before it is intact. */
function canFollow(
  manifest: Manifest,
  record: Readonly<Record<GrowingFile, IntactPart>>,
  checkpoint: Checkpoint,
): boolean {
  const { files } = checkpoint.position;
  return (
    isOf(manifest, checkpoint) &&
    growingFiles.every((file) => files[file].bytes <= record[file].bytes)
  );
}

function recordParts(store: RunStore): Record<GrowingFile, IntactPart> {
  const parts = growingFiles.map((file) => [file, intactPart(store, file)]);
  return Object.fromEntries(parts) as Record<GrowingFile, IntactPart>;
}

/** Opens a file; one that claims to be of a newer format than the manifest is damaged. */
function openFile(store: RunStore, path: string): BlockFileReader | DamagedFileError {
  try {
    return new BlockFileReader(store, path);
  } catch (error) {
    if (!(error instanceof FormatVersionError)) throw error;
    const reason = `it has format version ${error.found}, and the run has not`;
    return new DamagedFileError(path, 0, reason);
  }
}

function networkDamage(store: RunStore, path: string): DamagedFileError | undefined {
  const file = openFile(store, path);
  return file instanceof DamagedFileError ? file : file.firstDamage(1);
}

function intactPart(store: RunStore, name: GrowingFile): IntactPart {
  const reader = openFile(store, runFiles[name]);
  if (reader instanceof DamagedFileError) {
    return { bytes: 0, entries: 0, lastMs: 0, damage: reader };
  }
  const damage = reader.firstDamage();
  const end = damage?.offset ?? Number.POSITIVE_INFINITY;
  const blocks = reader.blocks.filter(({ offset }) => offset < end);
  const last = blocks.at(-1);
  const isHeaderIntact = damage?.offset !== 0;
  const headerBytes = isHeaderIntact ? FILE_HEADER_BYTES : 0;
  return {
    bytes: last ? last.offset + BLOCK_HEADER_BYTES + last.payloadBytes : headerBytes,
    entries: name === "spikes" ? blocks.reduce((sum, { count }) => sum + count, 0) : blocks.length,
    lastMs: last?.lastMs ?? 0,
    damage,
  };
}

/** A file's damage, unless that is but the end of what was under way when the run was cut off. */
function damageOf(
  manifest: Manifest,
  file: GrowingFile,
  { bytes, entries, damage }: IntactPart,
  needed: number,
): DamagedFileError | undefined {
  if (damage && (isSettled(manifest) || bytes < needed)) return damage;
  const expected = manifest.counts[file];
  const isShort = isSettled(manifest) ? entries !== expected : bytes < needed;
  if (!isShort) return undefined;
  const reason = `it holds ${entries} ${file}, expected ${expected}`;
  return new DamagedFileError(runFiles[file], bytes, reason);
}

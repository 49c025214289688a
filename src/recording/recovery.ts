import { BlockFileReader, readFileHeader } from "./block-file.ts";
import { type Checkpoint, readCheckpoint } from "./checkpoint.ts";
import { checkpointFiles } from "./checkpoint-files.ts";
import { DamagedFileError, FormatVersionError, RunLocationError } from "./errors.ts";
import { isSettled, type Manifest } from "./manifest.ts";
import { readManifest } from "./manifest-file.ts";
import type { RecordPosition } from "./record-position.ts";
import {
  type BinaryFile,
  binaryFiles,
  binaryFilesOf,
  fileKinds,
  type GrowingFile,
  growingFiles,
  holdsSeveral,
  isOfNetwork,
  type NetworkFile,
  type OfGrowingFiles,
  ofGrowingFiles,
  runFiles,
} from "./run-files.ts";
import { foreignManifest } from "./run-identity.ts";
import type { RunStore } from "./run-store.ts";

/** Part of a run that can be continued, and the lost part. */
export interface Recovery {
  /** From manifest.json or, where that is damaged, from the newest checkpoint. */
  readonly manifest: Manifest;
  /**
   * Checkpoint from which the run can continue; undefined where only its very beginning is left.
   */
  readonly checkpoint: Checkpoint | undefined;
  /** Simulated time up to which something was recorded, ms. */
  readonly reachedMs: number;
  /** Damaged files of the record; what a crash cut off at the end is no damage. */
  readonly damage: readonly DamagedFileError[];
  readonly damagedCheckpoints: readonly DamagedFileError[];
  /** True if the files that say how the network is built are as they were written. */
  readonly networkIntact: boolean;
}

/** Intact part of a file before its first damage. */
interface IntactPart {
  /** Positions after no block, after one, …; empty when not even its beginning is intact. */
  readonly ends: readonly number[];
  /** Spikes or readings after no block, after one, …; of any other file, blocks. */
  readonly entries: readonly number[];
  /** Time of its last entry, ms. */
  readonly lastMs: number;
  readonly damage: DamagedFileError | undefined;
}

type RecordParts = OfGrowingFiles<IntactPart>;

/**
 * Reads and checks every byte of a run, and finds the newest checkpoint whose record is intact.
 *
 * @throws {RunLocationError} when there is no run
 * @throws {FormatVersionError} when it is in a newer format
 * @throws {DamagedFileError} when manifest and all checkpoints are damaged, or of other runs
 */
export function examineRun(store: RunStore): Recovery {
  const damagedCheckpoints: DamagedFileError[] = [];
  const { manifest, damage: manifestDamage } = ownManifest(store);
  const readable = ownCheckpoints(store, manifest, damagedCheckpoints);
  let checkpoint = readable.next().value;
  const record = recordParts(store, manifest);
  const growing = growingFiles.flatMap((file) => {
    const part = record[file];
    return (part && damageOf(manifest, file, part, checkpoint?.position)) ?? [];
  });
  const network = binaryFilesOf(manifest)
    .filter(isOfNetwork)
    .flatMap((file) => networkDamage(store, file, manifest) ?? []);
  while (checkpoint && !canFollow(record, checkpoint)) checkpoint = readable.next().value;
  const recordedMs = Math.max(...Object.values(record).map(({ lastMs }) => lastMs));
  return {
    manifest,
    checkpoint,
    reachedMs: Math.max(manifest.simulatedMs, recordedMs),
    damage: [...(manifestDamage ? [manifestDamage] : []), ...growing, ...network],
    damagedCheckpoints,
    networkIntact: network.length === 0,
  };
}

/**
 * Manifest of a run, taken from the newest checkpoint if it is damaged or belongs to another run.
 *
 * @throws as `examineRun`
 */
export const findManifest = (store: RunStore): Manifest => ownManifest(store).manifest;

/** The manifest that belongs to the files, and what is wrong with manifest.json. */
function ownManifest(store: RunStore): {
  readonly manifest: Manifest;
  readonly damage: DamagedFileError | undefined;
} {
  const headers = binaryFiles.map((file) => readFileHeader(store, runFiles[file]));
  const found = manifestOrDamage(store);
  const damage = found instanceof Error ? found : foreignManifest(found, headers);
  if (!(found instanceof Error || damage)) return { manifest: found, damage };
  for (const { path } of checkpointFiles(store)) {
    const checkpoint = checkpointOrDamage(store, path);
    if (checkpoint instanceof DamagedFileError) continue;
    if (foreignManifest(checkpoint.manifest, headers)) continue;
    const told =
      damage instanceof DamagedFileError
        ? damage
        : new DamagedFileError(runFiles.manifest, 0, "it is missing, or not a manifest");
    return { manifest: { ...checkpoint.manifest, status: "running" }, damage: told };
  }
  throw damage;
}

function manifestOrDamage(store: RunStore): Manifest | Error {
  try {
    return readManifest(store);
  } catch (error) {
    // No program leaves checkpoints of this format beside a manifest of a newer one.
    const isDamage =
      error instanceof DamagedFileError ||
      error instanceof RunLocationError ||
      error instanceof FormatVersionError;
    if (isDamage) return error;
    throw error;
  }
}

function checkpointOrDamage(
  store: RunStore,
  path: string,
  owner?: Manifest,
): Checkpoint | DamagedFileError {
  try {
    return readCheckpoint(store, path, owner);
  } catch (error) {
    if (error instanceof DamagedFileError) return error;
    throw error;
  }
}

/** A run's readable checkpoints, the newest first; lists those that are damaged or of other runs. */
function* ownCheckpoints(
  store: RunStore,
  manifest: Manifest,
  damage: DamagedFileError[],
): Generator<Checkpoint, undefined> {
  for (const { path } of checkpointFiles(store)) {
    const checkpoint = checkpointOrDamage(store, path, manifest);
    if (checkpoint instanceof DamagedFileError) damage.push(checkpoint);
    else if (isOf(manifest, checkpoint)) yield checkpoint;
  }
}

/**
 * True if a run's own program wrote a checkpoint; without identities, by when the run was begun.
 */
const isOf = (run: Manifest, { manifest: other }: Checkpoint): boolean =>
  run.engine === other.engine && (run.identity !== undefined || run.createdAt === other.createdAt);

/** True if a run can go on from a checkpoint: all that was recorded before it is intact. */
const canFollow = (record: RecordParts, { position }: Checkpoint): boolean =>
  growingFiles.every((file) => {
    const part = record[file];
    return !part || holds(part, file, position);
  });

/** True if a file holds what it did at a position; a file without blocks can be made anew. */
function holds(
  { ends, entries }: IntactPart,
  file: GrowingFile,
  { files, spikes, readings }: RecordPosition,
): boolean {
  const { bytes, blocks } = files[file]!;
  if (blocks === 0) return true;
  const count = file === "spikes" ? spikes : file === "potentials" ? readings : blocks;
  return ends[blocks] === bytes && entries[blocks] === count;
}

const recordParts = (store: RunStore, manifest: Manifest): RecordParts =>
  ofGrowingFiles(manifest, (file) => intactPart(store, file, manifest));

/** Opens a file; one that claims to be of a newer format than the manifest is damaged. */
function openFile(
  store: RunStore,
  file: BinaryFile,
  owner: Manifest,
): BlockFileReader | DamagedFileError {
  const path = runFiles[file];
  try {
    return new BlockFileReader(store, path, fileKinds[file], owner);
  } catch (error) {
    if (!(error instanceof FormatVersionError)) throw error;
    const reason = `it has format version ${error.found}, unlike the run`;
    return new DamagedFileError(path, 0, reason);
  }
}

function networkDamage(
  store: RunStore,
  name: NetworkFile,
  manifest: Manifest,
): DamagedFileError | undefined {
  const file = openFile(store, name, manifest);
  return file instanceof DamagedFileError ? file : file.firstDamage(1);
}

function intactPart(store: RunStore, name: GrowingFile, manifest: Manifest): IntactPart {
  const reader = openFile(store, name, manifest);
  const nothing = { ends: [], entries: [0], lastMs: 0 };
  if (reader instanceof DamagedFileError) return { ...nothing, damage: reader };
  const damage = reader.firstDamage();
  if (damage?.offset === 0) return { ...nothing, damage };
  const end = damage?.offset ?? Number.POSITIVE_INFINITY;
  const blocks = reader.blocks.filter(({ offset }) => offset < end);
  const ends = [0, ...blocks].map((_, count) => reader.endOf(count)!);
  const entries = [0];
  for (const { count } of blocks) entries.push(entries.at(-1)! + (holdsSeveral(name) ? count : 1));
  return { ends, entries, lastMs: blocks.at(-1)?.lastMs ?? 0, damage };
}

/** A file's damage, unless that is but the end of what was under way when the run was cut off. */
function damageOf(
  manifest: Manifest,
  file: GrowingFile,
  part: IntactPart,
  needed: RecordPosition | undefined,
): DamagedFileError | undefined {
  const { ends, entries, damage } = part;
  const isLost = ends.length === 0 || (needed !== undefined && !holds(part, file, needed));
  if (damage && (isSettled(manifest) || isLost)) return damage;
  const found = entries.at(-1)!;
  const expected = manifest.counts[file] ?? 0;
  if (isSettled(manifest) ? found === expected : !isLost) return undefined;
  const reason = `it contains ${found} ${file}, expected ${expected}`;
  return new DamagedFileError(runFiles[file], ends.at(-1) ?? 0, reason);
}

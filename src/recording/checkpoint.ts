import * as z from "zod";
import { decodeFileHeader, encodeBlock, encodeFileHeader } from "../encoding/block.ts";
import { decodeSpikes, encodeSpikes, type Spikes } from "../encoding/spike-codec.ts";
import { concatenated } from "../numeric/concatenation.ts";
import { type BlockFilePosition, BlockFileReader } from "./block-file.ts";
import { DamagedFileError, FormatVersionError } from "./errors.ts";
import { identityOf, type Manifest, manifestSchema, recordStartMs } from "./manifest.ts";
import {
  decodePotentials,
  encodePotentials,
  noReadings,
  type PotentialReadings,
  type PotentialSchedule,
  readingCount,
  readingTimesMs,
} from "./potentials.ts";
import type { RecordPosition } from "./record-position.ts";
import { checkpointPath } from "./run-files.ts";
import type { Identified } from "./run-identity.ts";
import type { RunStore } from "./run-store.ts";
import { type TimelineState, timelineStateSchema } from "./timeline-state.ts";

/** Complete state of a simulation at one time. */
export interface SimulationState {
  /** State of the experiment's timeline; undefined in checkpoints of version 0.2.0. */
  readonly timeline: TimelineState | undefined;
  /** Memory of the engine, and its layout. */
  readonly engine: Uint8Array;
  readonly engineLayout: string;
}

/** All that is needed to continue a run from one time on, whatever was recorded after it. */
export interface Checkpoint {
  /** The manifest of that time; it says which run and program this belongs to. */
  readonly manifest: Manifest;
  readonly position: RecordPosition;
  readonly state: SimulationState;
}

const count = z.int().nonnegative();
const positionSchema = z.object({
  bytes: count,
  blocks: count,
}) satisfies z.ZodType<BlockFilePosition>;

/** Schema of the JSON in a checkpoint's first block. */
const headSchema = z.object({
  manifest: manifestSchema,
  files: z.object({
    spikes: positionSchema,
    samples: positionSchema,
    gains: positionSchema,
    events: positionSchema,
    potentials: positionSchema.exactOptional(),
  }),
  spikes: count,
  pendingSpikes: count,
  /** Number of readings, if potentials are recorded. */
  readings: count.optional(),
  pendingReadings: count.optional(),
  timeline: timelineStateSchema.optional(),
  engineLayout: z.string(),
  engineBytes: count,
});

/** A checkpoint as the bytes of its file: blocks of its head, of pending spikes, of the engine. */
export function encodeCheckpoint({ manifest, position, state }: Checkpoint): Uint8Array {
  const { files, spikes, pending, readings, pendingReadings } = position;
  const { timeline, engine, engineLayout } = state;
  const pendingSpikes = pending.cells.length;
  const engineBytes = engine.length;
  const times = { firstMs: manifest.simulatedMs, lastMs: manifest.simulatedMs };
  const head: z.infer<typeof headSchema> = {
    manifest,
    files,
    spikes,
    pendingSpikes,
    ...(pendingReadings && { readings, pendingReadings: pendingReadings.potentialMv.length }),
    ...(timeline && { timeline }),
    engineLayout,
    engineBytes,
  };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const fileHeader = encodeFileHeader("checkpoint", identityOf(manifest));
  const { crc } = decodeFileHeader(fileHeader)!;
  const first = { kind: "checkpoint", number: 0, count: 1, ...times } as const;
  const blocks = [encodeBlock(first, headBytes, crc)];
  if (pendingSpikes > 0) {
    const firstMs = pending.timesMs[0]!;
    const header = { kind: "spikes", number: 1, count: pendingSpikes, ...times, firstMs } as const;
    blocks.push(encodeBlock(header, encodeSpikes(pending), crc));
  }
  if (pendingReadings && pendingReadings.timesMs.length > 0) {
    const { timesMs, potentialMv } = pendingReadings;
    const count = potentialMv.length;
    const header = { kind: "potentials", number: blocks.length, count } as const;
    const span = { firstMs: timesMs[0]!, lastMs: timesMs.at(-1)! };
    blocks.push(encodeBlock({ ...header, ...span }, encodePotentials(pendingReadings), crc));
  }
  const number = blocks.length;
  blocks.push(encodeBlock({ kind: "state", number, count: engineBytes, ...times }, engine, crc));
  return concatenated([fileHeader, ...blocks]);
}

/**
 * Reads a checkpoint, every byte of it checked.
 *
 * @param owner the run that it should belong to; by default any
 * @throws {DamagedFileError} when it is not what was written
 */
export function readCheckpoint(store: RunStore, path: string, owner?: Identified): Checkpoint {
  const file = openFile(store, path, owner);
  if (file.damage) throw file.damage;
  const [headBlock, ...others] = file.blocks;
  const damaged = (reason: string) => new DamagedFileError(path, 0, reason);
  if (!headBlock) throw damaged("it holds no blocks");
  const head = file.decode(headBlock, "checkpoint", decodeHead);
  const { identity, simulatedMs } = head.manifest;
  if (identity !== file.header!.identity) throw damaged(`its manifest is of run ${identity}`);
  if (path !== checkpointPath(simulatedMs)) throw damaged(`it was taken at ${simulatedMs} ms`);

  const { manifest, files, spikes, timeline, engineLayout, engineBytes } = head;
  const { pendingSpikes, readings, pendingReadings = 0 } = head;
  const expected = 1 + Number(pendingSpikes > 0) + Number(pendingReadings > 0);
  if (others.length !== expected) {
    throw damaged(`it holds ${others.length} blocks after its head, expected ${expected}`);
  }
  const stateBlock = others.at(-1)!;
  const engine = file.payload(stateBlock, "state");
  if (engine.length !== engineBytes) {
    throw damaged(`it holds ${engine.length} bytes of state, expected ${engineBytes}`);
  }
  const { potentials } = manifest;
  const pending = pendingSpikes > 0 ? decodePending(file, pendingSpikes) : noSpikes();
  const position = {
    ...{ files, spikes, pending },
    ...(potentials && { readings, pendingReadings: decodeReadings(file, head, potentials) }),
  };
  return {
    manifest,
    position,
    state: { timeline, engine, engineLayout },
  };
}

export const noSpikes = (): Spikes => ({
  timesMs: new Float64Array(0),
  cells: new Uint32Array(0),
});

function decodeHead(payload: Uint8Array): z.infer<typeof headSchema> {
  const { data, error } = headSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
  if (error) throw new TypeError(z.prettifyError(error));
  return data;
}

function decodePending(file: BlockFileReader, spikes: number): Spikes {
  const block = file.blocks[1]!;
  return file.decode(block, "spikes", (payload) => decodeSpikes(payload, spikes, block.firstMs));
}

function decodeReadings(
  file: BlockFileReader,
  { manifest, readings = 0, pendingReadings = 0 }: z.infer<typeof headSchema>,
  schedule: PotentialSchedule,
): PotentialReadings {
  if (pendingReadings === 0) return noReadings();
  const potentials = file.decode(file.blocks.at(-2)!, "potentials", (payload) =>
    decodePotentials(payload, pendingReadings),
  );
  const cells = schedule.cells.length;
  const first = readingCount(schedule, recordStartMs(manifest)) + readings / cells;
  return { timesMs: readingTimesMs(schedule, first, pendingReadings / cells), ...potentials };
}

/** A newer version than this program's cannot be: it would have refused the manifest. */
function openFile(store: RunStore, path: string, owner?: Identified): BlockFileReader {
  try {
    return new BlockFileReader(store, path, "checkpoint", owner);
  } catch (error) {
    if (!(error instanceof FormatVersionError)) throw error;
    throw new DamagedFileError(path, 0, `it has format version ${error.found}`);
  }
}

import {
  BLOCK_HEADER_BYTES,
  type BlockHeader,
  type BlockKind,
  decodeFileHeader,
  decodeHeader,
  encodeBlock,
  encodeFileHeader,
  FILE_HEADER_BYTES,
  type FileHeader,
} from "../encoding/block.ts";
import { FORMAT_VERSION } from "../encoding/format-version.ts";
import { crc32 } from "../numeric/crc32.ts";
import { CutFileError, DamagedFileError, ForeignFileError, FormatVersionError } from "./errors.ts";
import { type Identified, runName } from "./run-identity.ts";
import { MissingFileError, type RunStore } from "./run-store.ts";

/** Position up to which a file is written. */
export interface BlockFilePosition {
  readonly bytes: number;
  readonly blocks: number;
}

/** Position at the end of a file without blocks. */
export const fileBeginning: BlockFilePosition = { bytes: FILE_HEADER_BYTES, blocks: 0 };

/** File and run to which a file belongs. */
export interface FileOwner {
  readonly kind: BlockKind;
  readonly identity: string;
}

/** Appends blocks to a file, each with one write. */
export class BlockFileWriter {
  readonly path: string;
  readonly #store: RunStore;
  readonly #fileCrc: number;
  #bytes: number;
  #blocks: number;

  /** Continues a file that ends at `position`. */
  constructor(
    store: RunStore,
    path: string,
    { kind, identity }: FileOwner,
    position: BlockFilePosition,
  ) {
    this.path = path;
    this.#store = store;
    this.#fileCrc = decodeFileHeader(encodeFileHeader(kind, identity))!.crc;
    this.#bytes = position.bytes;
    this.#blocks = position.blocks;
  }

  /** Begins a file, in place of what there may be under its name. */
  static create(store: RunStore, path: string, owner: FileOwner): BlockFileWriter {
    store.replace(path, encodeFileHeader(owner.kind, owner.identity));
    return new BlockFileWriter(store, path, owner, fileBeginning);
  }

  get position(): BlockFilePosition {
    return { bytes: this.#bytes, blocks: this.#blocks };
  }

  append(
    header: Pick<BlockHeader, "kind" | "count" | "firstMs" | "lastMs">,
    payload: Uint8Array,
  ): void {
    const block = encodeBlock({ ...header, number: this.#blocks }, payload, this.#fileCrc);
    this.#store.append(this.path, block);
    this.#bytes += block.length;
    this.#blocks += 1;
  }
}

/** A block in a file: its header, and where that begins. */
export interface Block extends BlockHeader {
  readonly offset: number;
}

/** The blocks of a file, found by their headers; payloads are read and checked one by one. */
export class BlockFileReader {
  readonly path: string;
  /** Header of the file; undefined when that is not intact. */
  readonly header: FileHeader | undefined;
  /** All blocks before the first damage; none of a file of another run. */
  readonly blocks: readonly Block[];
  /** Damage at the end of the intact blocks, if any. */
  readonly damage: DamagedFileError | undefined;
  readonly #store: RunStore;

  /**
   * @param kind what the file should hold
   * @param owner the run that it should belong to; by default any
   * @throws {FormatVersionError} when the file is of a newer format
   */
  constructor(store: RunStore, path: string, kind: BlockKind, owner?: Identified) {
    this.path = path;
    this.#store = store;
    const { header, blocks, damage } = scan(store, path, kind, owner);
    this.header = header;
    this.blocks = blocks;
    this.damage = damage;
  }

  /**
   * Position in the file after a number of blocks, bytes; undefined if it does not hold that many.
   */
  endOf(blocks: number): number | undefined {
    if (blocks === 0) return this.header?.bytes;
    const last = this.blocks[blocks - 1];
    return last && last.offset + BLOCK_HEADER_BYTES + last.payloadBytes;
  }

  /**
   * A block's payload.
   *
   * @param room memory that may be used for it
   * @throws {DamagedFileError} when it is not what was written
   */
  payload(block: Block, kind: BlockKind, room?: Uint8Array): Uint8Array {
    const from = block.offset + BLOCK_HEADER_BYTES;
    const payload = this.#store.read(this.path, from, block.payloadBytes, room);
    if (payload.length < block.payloadBytes) {
      throw new DamagedFileError(this.path, block.offset, "the file was truncated");
    }
    if (crc32(payload) !== block.payloadCrc) {
      const reason = `block ${block.number} (${block.kind}) does not match its checksum`;
      throw new DamagedFileError(this.path, block.offset, reason);
    }
    if (block.kind !== kind) {
      const reason = `block ${block.number} contains "${block.kind}", expected "${kind}"`;
      throw new DamagedFileError(this.path, block.offset, reason);
    }
    return payload;
  }

  /**
   * Decoded payload of a block.
   *
   * @param room memory that may be used for the payload
   * @throws {DamagedFileError} when it is not what was written, or means nothing
   */
  decode<T>(
    block: Block,
    kind: BlockKind,
    decoder: (payload: Uint8Array) => T,
    room?: Uint8Array,
  ): T {
    const payload = this.payload(block, kind, room);
    try {
      return decoder(payload);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const reason = `block ${block.number} (${kind}) cannot be decoded: ${why}`;
      throw new DamagedFileError(this.path, block.offset, reason);
    }
  }

  /** Reads and checks every block and, where it is known, how many there are. */
  firstDamage(expectedBlocks?: number): DamagedFileError | undefined {
    for (const block of this.blocks) {
      try {
        this.payload(block, block.kind);
      } catch (error) {
        if (error instanceof DamagedFileError) return error;
        throw error;
      }
    }
    const found = this.blocks.length;
    if (this.damage || found === (expectedBlocks ?? found)) return this.damage;
    const reason = `it contains ${found} blocks, expected ${expectedBlocks}`;
    return new DamagedFileError(this.path, this.#store.size(this.path) ?? 0, reason);
  }
}

type Scan = Pick<BlockFileReader, "header" | "blocks" | "damage">;

/** Deflate makes at most so many bytes of one: no block has more entries. */
const MOST_ENTRIES_PER_BYTE = 1032;

function scan(store: RunStore, path: string, kind: BlockKind, owner?: Identified): Scan {
  const blocks: Block[] = [];
  const unreadable = (damage: DamagedFileError) => ({ header: undefined, blocks, damage });
  const size = sizeOf(store, path);
  if (typeof size !== "number") return unreadable(size);
  const header = decodeFileHeader(store.read(path, 0, FILE_HEADER_BYTES));
  if (!header) {
    return unreadable(new DamagedFileError(path, 0, "it does not begin with a file header"));
  }
  if (header.version > FORMAT_VERSION) throw new FormatVersionError(path, header.version);
  const mistaken = mistakenFile(path, header, kind, owner);
  if (mistaken) return { header, blocks, damage: mistaken };

  const entries = owner && entriesPerBlock(owner)[kind];
  let offset = header.bytes;
  while (offset < size) {
    const block = decodeHeader(store.read(path, offset, BLOCK_HEADER_BYTES), header.crc);
    const end = offset + BLOCK_HEADER_BYTES + (block?.payloadBytes ?? 0);
    const cut = (reason: string) => new CutFileError(path, offset, reason);
    if (end > size) return { header, blocks, damage: cut("the last block is incomplete") };
    if (!block) return { header, blocks, damage: cut("no intact block of this file begins here") };
    const reason = mistakenBlock(block, kind, entries) ?? misplacedBlock(block, blocks);
    if (reason) return { header, blocks, damage: new DamagedFileError(path, offset, reason) };
    blocks.push({ ...block, offset });
    offset = end;
  }
  return { header, blocks, damage: undefined };
}

/** Entries in each block of a kind, where the run says how many. */
const entriesPerBlock = ({
  network: { cellCount, synapseCount, interColumnSynapses },
}: Identified): Partial<Record<BlockKind, number>> => ({
  positions: cellCount,
  sample: cellCount,
  synapses: synapseCount,
  gains: synapseCount,
  ...(interColumnSynapses !== undefined && { "inter-column": interColumnSynapses }),
});

/** Reason why an intact block cannot belong to a file of such blocks. */
function mistakenBlock(
  { number, kind, count, payloadBytes }: BlockHeader,
  expected: BlockKind,
  entries: number | undefined,
): string | undefined {
  if (expected !== "checkpoint" && kind !== expected) {
    return `block ${number} holds "${kind}", expected "${expected}"`;
  }
  if (entries !== undefined && count !== entries) {
    return `block ${number} is of ${count} entries, expected ${entries}`;
  }
  if (count <= MOST_ENTRIES_PER_BYTE * payloadBytes) return undefined;
  return `block ${number} has no room for ${count} entries`;
}

/** Reason why an intact block cannot follow the others. */
function misplacedBlock(
  { number, kind, firstMs, lastMs }: BlockHeader,
  others: readonly Block[],
): string | undefined {
  if (number !== others.length) return `block ${number} stands in the place of ${others.length}`;
  // Of a checkpoint's blocks, the first is of its time, and those after it of what led there.
  const earliestMs = kind === others[0]?.kind ? others.at(-1)!.lastMs : 0;
  if (!(firstMs >= earliestMs && lastMs >= firstMs)) {
    return `block ${number} is of ${firstMs} ms to ${lastMs} ms, after ${earliestMs} ms`;
  }
  return undefined;
}

/** Header of a file; undefined when there is none, or its beginning is not intact. */
export function readFileHeader(store: RunStore, path: string): FileHeader | undefined {
  try {
    return decodeFileHeader(store.read(path, 0, FILE_HEADER_BYTES));
  } catch (error) {
    if (error instanceof MissingFileError || error instanceof DamagedFileError) return undefined;
    throw error;
  }
}

/** A file's size, or why it has none. */
function sizeOf(store: RunStore, path: string): number | DamagedFileError {
  try {
    return store.size(path) ?? new DamagedFileError(path, 0, "the file is missing");
  } catch (error) {
    if (error instanceof DamagedFileError) return error;
    throw error;
  }
}

/** Reason why an intact file is not the expected file of the expected run. */
function mistakenFile(
  path: string,
  { identity, kind: found }: FileHeader,
  kind: BlockKind,
  owner: Identified | undefined,
): DamagedFileError | undefined {
  if (owner && identity !== owner.identity) {
    const reason = `it is ${runName(identity)}, manifest.json ${runName(owner.identity)}`;
    return new ForeignFileError(path, reason);
  }
  if (found !== undefined && found !== kind) {
    return new ForeignFileError(path, `it is a file of "${found}", expected "${kind}"`);
  }
  return undefined;
}

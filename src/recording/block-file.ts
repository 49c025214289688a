import {
  BLOCK_HEADER_BYTES,
  type BlockHeader,
  type BlockKind,
  decodeHeader,
  encodeBlock,
  FILE_HEADER_BYTES,
  fileHeader,
  fileVersion,
} from "./block.ts";
import { crc32 } from "./crc32.ts";
import { DamagedFileError, FormatVersionError } from "./errors.ts";
import { FORMAT_VERSION } from "./format-version.ts";
import type { RunStore } from "./run-store.ts";

/** How far a file is written. */
export interface BlockFilePosition {
  readonly bytes: number;
  readonly blocks: number;
}

/** Appends blocks to a file, each with one write. */
export class BlockFileWriter {
  readonly path: string;
  readonly #store: RunStore;
  #bytes: number;
  #blocks: number;

  /** Continues a file that ends at `position`. */
  constructor(store: RunStore, path: string, position: BlockFilePosition) {
    this.path = path;
    this.#store = store;
    this.#bytes = position.bytes;
    this.#blocks = position.blocks;
  }

  /** Begins a file, in place of what there may be under its name. */
  static create(store: RunStore, path: string): BlockFileWriter {
    store.replace(path, fileHeader());
    return new BlockFileWriter(store, path, { bytes: FILE_HEADER_BYTES, blocks: 0 });
  }

  get position(): BlockFilePosition {
    return { bytes: this.#bytes, blocks: this.#blocks };
  }

  append(
    header: Pick<BlockHeader, "kind" | "count" | "firstMs" | "lastMs">,
    payload: Uint8Array,
  ): void {
    const block = encodeBlock({ ...header, number: this.#blocks }, payload);
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
  /** All blocks before the first damage. */
  readonly blocks: readonly Block[];
  /** Where the chain of blocks breaks off, unless that is the file's end. */
  readonly damage: DamagedFileError | undefined;
  readonly #store: RunStore;

  /** @throws {FormatVersionError} when the file is of a newer format. */
  constructor(store: RunStore, path: string) {
    this.path = path;
    this.#store = store;
    const { blocks, damage } = scan(store, path);
    this.blocks = blocks;
    this.damage = damage;
  }

  /**
   * A block's payload.
   *
   * @throws {DamagedFileError} when it is not what was written
   */
  payload(block: Block, kind: BlockKind): Uint8Array {
    const from = block.offset + BLOCK_HEADER_BYTES;
    const payload = this.#store.read(this.path, from, block.payloadBytes);
    if (payload.length < block.payloadBytes) {
      throw new DamagedFileError(this.path, block.offset, "the file has become shorter");
    }
    if (crc32(payload) !== block.payloadCrc) {
      const reason = `block ${block.number} (${block.kind}) does not match its checksum`;
      throw new DamagedFileError(this.path, block.offset, reason);
    }
    if (block.kind !== kind) {
      const reason = `block ${block.number} holds "${block.kind}", expected "${kind}"`;
      throw new DamagedFileError(this.path, block.offset, reason);
    }
    return payload;
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
    const reason = `it holds ${found} blocks, expected ${expectedBlocks}`;
    return new DamagedFileError(this.path, this.#store.size(this.path) ?? 0, reason);
  }
}

function scan(store: RunStore, path: string): Pick<BlockFileReader, "blocks" | "damage"> {
  const blocks: Block[] = [];
  const damaged = (offset: number, reason: string) => ({
    blocks,
    damage: new DamagedFileError(path, offset, reason),
  });
  const size = store.size(path);
  if (size === undefined) return damaged(0, "the file is missing");
  const version = fileVersion(store.read(path, 0, FILE_HEADER_BYTES));
  if (!version) return damaged(0, "it does not begin as a file of a run");
  if (version > FORMAT_VERSION) throw new FormatVersionError(path, version);

  let offset = FILE_HEADER_BYTES;
  while (offset < size) {
    const header = decodeHeader(store.read(path, offset, BLOCK_HEADER_BYTES));
    if (!header) {
      const cut = size - offset < BLOCK_HEADER_BYTES;
      return damaged(offset, cut ? "the last block is incomplete" : "no intact block begins here");
    }
    if (header.number !== blocks.length) {
      return damaged(offset, `block ${header.number} stands in the place of ${blocks.length}`);
    }
    const end = offset + BLOCK_HEADER_BYTES + header.payloadBytes;
    if (end > size) return damaged(offset, "the last block is incomplete");
    blocks.push({ ...header, offset });
    offset = end;
  }
  return { blocks, damage: undefined };
}

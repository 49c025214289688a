import { crc32 } from "../numeric/crc32.ts";
import { FORMAT_VERSION } from "./format-version.ts";

/** Content of a block, with its number in the header. */
const kindNumbers = {
  spikes: 1,
  sample: 2,
  gains: 3,
  positions: 4,
  synapses: 5,
  event: 6,
  checkpoint: 7,
  state: 8,
  potentials: 9,
  trains: 10,
  "inter-column": 11,
} as const;

export type BlockKind = keyof typeof kindNumbers;

const kinds = new Map(Object.entries(kindNumbers).map(([kind, n]) => [n, kind as BlockKind]));

/** The beginning of a block: what it holds and how to tell that it is whole. */
export interface BlockHeader {
  readonly kind: BlockKind;
  /** 0 for a file's first block, then 1, 2, … */
  readonly number: number;
  /** Spikes, cells or synapses that it is about. */
  readonly count: number;
  /** Times of its first and last entry, ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly payloadBytes: number;
  readonly payloadCrc: number;
}

/** "isocortex", a line end that text transfers would change, and an end of text. */
const fileMagic = Uint8Array.from("isocortex\r\n\x1a", (character) => character.charCodeAt(0));

/** "IBLK" as a little-endian word. */
const blockMagic = 0x4b4c4249;

/** Bytes before a file's first block. */
export const FILE_HEADER_BYTES = 32;

/** The same in version 1 of the format, whose files do not say which run they belong to. */
const ANONYMOUS_HEADER_BYTES = 16;

/** Bytes of a block before its payload. */
export const BLOCK_HEADER_BYTES = 44;

/** The beginning of a file: its format and, from version 2 on, which file of which run it is. */
export interface FileHeader {
  readonly version: number;
  readonly bytes: number;
  /** The run's identity; undefined in version 1. */
  readonly identity: string | undefined;
  /** Kind of the file's first block; undefined in version 1. */
  readonly kind: BlockKind | undefined;
  /** Initial value of the CRC-32 of block headers, which ties them to this file. */
  readonly crc: number;
}

/** The first bytes of a binary file: the magic, the format's version, the run and the file. */
export function encodeFileHeader(kind: BlockKind, identity: string): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_BYTES);
  bytes.set(fileMagic);
  const words = view(bytes);
  words.setUint32(12, FORMAT_VERSION, true);
  words.setBigUint64(16, BigInt(`0x${identity}`), true);
  words.setUint32(24, kindNumbers[kind], true);
  words.setUint32(28, crc32(bytes.subarray(0, 28)), true);
  return bytes;
}

/**
 * The file header in these bytes; undefined unless it is intact.
 *
 * Of a newer format than this program's, the version alone means anything.
 */
export function decodeFileHeader(bytes: Uint8Array): FileHeader | undefined {
  if (bytes.length < ANONYMOUS_HEADER_BYTES) return undefined;
  if (!fileMagic.every((byte, index) => bytes[index] === byte)) return undefined;
  const words = view(bytes);
  const version = words.getUint32(12, true);
  const anonymous = {
    version,
    bytes: ANONYMOUS_HEADER_BYTES,
    identity: undefined,
    kind: undefined,
  };
  if (version === 1 || version > FORMAT_VERSION) return { ...anonymous, crc: 0 };
  if (version === 0 || bytes.length < FILE_HEADER_BYTES) return undefined;
  const crc = words.getUint32(28, true);
  const kind = kinds.get(words.getUint32(24, true) as 1);
  if (kind === undefined || crc !== crc32(bytes.subarray(0, 28))) return undefined;
  const identity = words.getBigUint64(16, true).toString(16).padStart(16, "0");
  return { version, bytes: FILE_HEADER_BYTES, identity, kind, crc };
}

/**
 * A block's bytes: header, then payload.
 *
 * @param fileCrc the CRC-32 in the file's header
 */
export function encodeBlock(
  header: Omit<BlockHeader, "payloadBytes" | "payloadCrc">,
  payload: Uint8Array,
  fileCrc: number,
): Uint8Array {
  const bytes = new Uint8Array(BLOCK_HEADER_BYTES + payload.length);
  const words = view(bytes);
  words.setUint32(0, blockMagic, true);
  words.setUint32(4, kindNumbers[header.kind], true);
  words.setUint32(8, header.number, true);
  words.setUint32(12, header.count, true);
  words.setFloat64(16, header.firstMs, true);
  words.setFloat64(24, header.lastMs, true);
  words.setUint32(32, payload.length, true);
  words.setUint32(36, crc32(payload), true);
  words.setUint32(40, crc32(bytes.subarray(0, 40), fileCrc), true);
  bytes.set(payload, BLOCK_HEADER_BYTES);
  return bytes;
}

/** The header in these bytes; undefined unless it is intact and was written to this file. */
export function decodeHeader(bytes: Uint8Array, fileCrc: number): BlockHeader | undefined {
  if (bytes.length < BLOCK_HEADER_BYTES) return undefined;
  const words = view(bytes);
  const kind = kinds.get(words.getUint32(4, true) as 1);
  const intact =
    words.getUint32(0, true) === blockMagic &&
    words.getUint32(40, true) === crc32(bytes.subarray(0, 40), fileCrc);
  if (!intact || kind === undefined) return undefined;
  return {
    kind,
    number: words.getUint32(8, true),
    count: words.getUint32(12, true),
    firstMs: words.getFloat64(16, true),
    lastMs: words.getFloat64(24, true),
    payloadBytes: words.getUint32(32, true),
    payloadCrc: words.getUint32(36, true),
  };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

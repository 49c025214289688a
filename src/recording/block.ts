import { crc32 } from "./crc32.ts";
import { FORMAT_VERSION } from "./format-version.ts";

/** What a block holds, and the number that says so in its header. */
const kindNumbers = {
  spikes: 1,
  sample: 2,
  gains: 3,
  positions: 4,
  synapses: 5,
  event: 6,
  checkpoint: 7,
  state: 8,
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
export const FILE_HEADER_BYTES = 16;

/** Bytes of a block before its payload. */
export const BLOCK_HEADER_BYTES = 44;

/** The first bytes of every binary file: the magic and the format's version. */
export function fileHeader(): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_BYTES);
  bytes.set(fileMagic);
  view(bytes).setUint32(12, FORMAT_VERSION, true);
  return bytes;
}

/** The format version of a file; undefined when these are not the first bytes of such a file. */
export function fileVersion(bytes: Uint8Array): number | undefined {
  const known =
    bytes.length >= FILE_HEADER_BYTES && fileMagic.every((byte, index) => bytes[index] === byte);
  return known ? view(bytes).getUint32(12, true) : undefined;
}

/** A block's bytes: header, then payload. */
export function encodeBlock(
  header: Omit<BlockHeader, "payloadBytes" | "payloadCrc">,
  payload: Uint8Array,
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
  words.setUint32(40, crc32(bytes.subarray(0, 40)), true);
  bytes.set(payload, BLOCK_HEADER_BYTES);
  return bytes;
}

/** The header in these bytes; undefined unless it is intact. */
export function decodeHeader(bytes: Uint8Array): BlockHeader | undefined {
  if (bytes.length < BLOCK_HEADER_BYTES) return undefined;
  const words = view(bytes);
  const kind = kinds.get(words.getUint32(4, true) as 1);
  const intact =
    words.getUint32(0, true) === blockMagic &&
    words.getUint32(40, true) === crc32(bytes.subarray(0, 40));
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

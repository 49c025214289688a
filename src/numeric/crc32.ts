/** Bytes that are taken at once. */
const SLICE = 8;

const polynomial = 0xedb88320;

/** Contribution of a byte to the CRC, after none, one, … seven bytes that follow it; 256 entries each. */
const table = new Uint32Array(256 * SLICE);
for (let byte = 0; byte < 256; byte++) {
  let word = byte;
  for (let bit = 0; bit < 8; bit++) word = word & 1 ? (word >>> 1) ^ polynomial : word >>> 1;
  table[byte] = word;
}
for (let entry = 256; entry < table.length; entry++) {
  const word = table[entry - 256]!;
  table[entry] = (word >>> 8) ^ table[word & 0xff]!;
}

/**
 * CRC-32 of zlib, PNG and Ethernet (reflected polynomial 0xedb88320), eight bytes at a time
 * ("slicing-by-8").
 *
 * @param before CRC-32 of the bytes that precede these
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  // Of no bytes at no address, zlib's is 0 whatever precedes them.
  if (bytes.length === 0) return before;
  return native ? native(bytes, before) : plainCrc32(bytes, before);
}

/** zlib's, where Node.js is new enough to have it: several times as fast. */
const native = globalThis.process?.getBuiltinModule?.("node:zlib")?.crc32;

/** The same without any help. */
export function plainCrc32(bytes: Uint8Array, before = 0): number {
  const words = table;
  const sliced = bytes.length - (bytes.length % SLICE);
  let crc = ~before;
  let at = 0;
  for (; at < sliced; at += SLICE) {
    crc =
      words[1792 + ((crc ^ bytes[at]!) & 0xff)]! ^
      words[1536 + (((crc >>> 8) ^ bytes[at + 1]!) & 0xff)]! ^
      words[1280 + (((crc >>> 16) ^ bytes[at + 2]!) & 0xff)]! ^
      words[1024 + ((crc >>> 24) ^ bytes[at + 3]!)]! ^
      words[768 + bytes[at + 4]!]! ^
      words[512 + bytes[at + 5]!]! ^
      words[256 + bytes[at + 6]!]! ^
      words[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ words[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

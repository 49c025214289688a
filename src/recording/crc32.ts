const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let word = byte;
  for (let bit = 0; bit < 8; bit++) word = word & 1 ? (word >>> 1) ^ 0xedb88320 : word >>> 1;
  return word;
});

/**
 * CRC-32 of zlib, PNG and Ethernet (reflected polynomial 0xedb88320).
 *
 * @param before CRC-32 of the bytes that precede these
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const words = table;
  let crc = ~before;
  for (let index = 0; index < bytes.length; index++) {
    crc = (crc >>> 8) ^ words[(crc ^ bytes[index]!) & 0xff]!;
  }
  return ~crc >>> 0;
}

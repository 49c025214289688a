import { describe, expect, test } from "vitest";
import { crc32, plainCrc32 } from "../../src/numeric/crc32.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

describe.each([
  ["as found here", crc32],
  ["without help", plainCrc32],
])("CRC-32 %s", (_, checksum) => {
  test("of the check string and of nothing are the published ones", () => {
    expect(checksum(ascii("123456789"))).toBe(0xcbf43926);
    expect(checksum(ascii(""))).toBe(0);
    expect(checksum(ascii(""), 0xcbf43926)).toBe(0xcbf43926);
  });

  test("of any length is the same in pieces, and that of zlib's definition", () => {
    const bytes = Uint8Array.from({ length: 600 }, (_, k) => (k * k * 31 + k) & 0xff);
    for (let length = 0; length < bytes.length; length++) {
      const whole = checksum(bytes.subarray(0, length));
      expect(whole).toBe(bitByBit(bytes.subarray(0, length)));
      const cut = length >> 1;
      const first = checksum(bytes.subarray(0, cut));
      expect(checksum(bytes.subarray(cut, length), first)).toBe(whole);
    }
  });
});

/** By the definition: division of polynomials, a bit at a time. */
function bitByBit(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

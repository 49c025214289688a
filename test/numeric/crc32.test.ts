import { expect, test } from "vitest";
import { crc32 } from "../../src/numeric/crc32.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

test("CRC-32 of the check string and of nothing are the published ones", () => {
  expect(crc32(ascii("123456789"))).toBe(0xcbf43926);
  expect(crc32(ascii(""))).toBe(0);
});

test("CRC-32 of any length is the same in pieces, and that of zlib's definition", () => {
  const bytes = Uint8Array.from({ length: 600 }, (_, k) => (k * k * 31 + k) & 0xff);
  for (let length = 0; length < bytes.length; length++) {
    const whole = crc32(bytes.subarray(0, length));
    expect(whole).toBe(bitByBit(bytes.subarray(0, length)));
    const cut = length >> 1;
    const first = crc32(bytes.subarray(0, cut));
    expect(crc32(bytes.subarray(cut, length), first)).toBe(whole);
  }
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

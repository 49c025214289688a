import { expect, test } from "vitest";
import { crc32 } from "../../src/recording/crc32.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

test("CRC-32 of the check string and of nothing are the published ones", () => {
  expect(crc32(ascii("123456789"))).toBe(0xcbf43926);
  expect(crc32(ascii(""))).toBe(0);
});

import { expect, test } from "vitest";
import { concatenated } from "../../src/numeric/concatenation.ts";

test("arrays end to end, each with its addend", () => {
  const arrays = [Uint32Array.of(1, 2), Uint32Array.of(), Uint32Array.of(3)];
  expect(concatenated(arrays)).toEqual(Uint32Array.of(1, 2, 3));
  expect(concatenated(arrays, [0, 5, 10])).toEqual(Uint32Array.of(1, 2, 13));
});

test("Buffers are joined in memory of their own, not of Node.js's pool", () => {
  const whole = concatenated<Uint8Array>([Buffer.of(1, 2), Uint8Array.of(3)]);
  expect(whole.constructor).toBe(Uint8Array);
  expect(whole.buffer.byteLength).toBe(3);
});

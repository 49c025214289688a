import fc from "fast-check";
import { expect, test } from "vitest";
import { BitReader } from "../../src/recording/bit-reader.ts";
import { BitWriter } from "../../src/recording/bit-writer.ts";

const fixed = fc
  .integer({ min: 0, max: 32 })
  .chain((width) => fc.record({ width: fc.constant(width), value: fc.nat(2 ** width - 1) }));
const unary = fc.record({ zeros: fc.nat(700) });

test("what is written is read, whatever the mixture", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fixed, unary), { maxLength: 60 }), (items) => {
      const writer = new BitWriter(60 * 100);
      for (const item of items) {
        if ("zeros" in item) writer.writeUnary(item.zeros);
        else writer.write(item.value, item.width);
      }
      const reader = new BitReader(writer.take());
      for (const item of items) {
        if ("zeros" in item) expect(reader.readUnary()).toBe(item.zeros);
        else expect(reader.read(item.width)).toBe(item.value);
      }
    }),
  );
});

test("bits come most significant first, and the last byte is filled with zeros", () => {
  const writer = new BitWriter(8);
  writer.write(0b101, 3);
  writer.writeUnary(2);
  writer.write(0b1111, 4);
  expect([...writer.take()]).toEqual([0b10100111, 0b11000000]);
  writer.write(1, 1);
  expect([...writer.take()]).toEqual([0b10000000]);
});

test("bits above the width are not written", () => {
  const writer = new BitWriter(8);
  writer.write(0xffffffff, 20);
  writer.write(0xfff0, 4);
  expect([...writer.take()]).toEqual([0xff, 0xff, 0xf0]);
});

test("a unary number without its one is an error", () => {
  expect(() => new BitReader(Uint8Array.of(0, 0)).readUnary()).toThrow(RangeError);
});

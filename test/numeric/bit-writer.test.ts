import fc from "fast-check";
import { expect, test } from "vitest";
import { BitWriter } from "../../src/numeric/bit-writer.ts";

const fixed = fc
  .integer({ min: 0, max: 32 })
  .chain((width) => fc.record({ width: fc.constant(width), value: fc.nat(2 ** width - 1) }));
const long = fc
  .integer({ min: 0, max: 64 })
  .chain((width) =>
    fc.record({ width: fc.constant(width), long: fc.bigInt(0n, 2n ** BigInt(width) - 1n) }),
  );
const unary = fc.record({ zeros: fc.nat(700) });

test("bits follow one another, whatever the mixture", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fixed, long, unary), { maxLength: 60 }), (items) => {
      const writer = new BitWriter(60 * 100);
      for (const item of items) {
        if ("zeros" in item) writer.writeUnary(item.zeros);
        else if ("long" in item) writer.writeLong(item.long, item.width);
        else writer.write(item.value, item.width);
      }
      const written = items.map((item) => {
        if ("zeros" in item) return `${"0".repeat(item.zeros)}1`;
        const digits = ("long" in item ? item.long : item.value).toString(2);
        return item.width === 0 ? "" : digits.padStart(item.width, "0");
      });
      const bytes = Array.from(writer.finish(), (byte) => byte.toString(2).padStart(8, "0"));
      const bits = written.join("");
      expect(bytes.join("")).toBe(bits.padEnd(8 * Math.ceil(bits.length / 8), "0"));
    }),
  );
});

test("bits come most significant first, and the last byte is filled with zeros", () => {
  const writer = new BitWriter(8);
  writer.write(0b101, 3);
  writer.writeUnary(2);
  writer.write(0b1111, 4);
  expect([...writer.finish()]).toEqual([0b10100111, 0b11000000]);
});

test("bits above the width are not written", () => {
  const writer = new BitWriter(8);
  writer.write(0xffffffff, 20);
  writer.write(0xfff0, 4);
  writer.writeLong(0xff_ffff_ffffn, 36);
  writer.writeLong(0xff00n, 4);
  expect([...writer.finish()]).toEqual([0xff, 0xff, 0xf0, 0xff, 0xff, 0xff, 0xff, 0xf0]);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { packColumns, unpackColumns } from "../../src/encoding/columns.ts";

test("columns come back as they were", () => {
  const row = fc.tuple(fc.double(), fc.nat(2 ** 32 - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const numbers = Float64Array.from(rows, ([value]) => value);
      const words = Uint32Array.from(rows, ([, value]) => value);
      const bytes = Uint8Array.from(rows, ([, , value]) => value);
      const packed = packColumns([numbers, words, bytes]);
      expect(unpackColumns(packed, rows.length, ["d", "I", "B"])).toEqual([numbers, words, bytes]);
    }),
  );
});

test("views on a part of an array are packed as that part", () => {
  const part = Float64Array.of(1, 2, 3, 4).subarray(1, 3);
  expect(unpackColumns(packColumns([part]), 2, ["d"])).toEqual([Float64Array.of(2, 3)]);
});

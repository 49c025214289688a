import { expect, test } from "vitest";
import { csvChunks } from "../../src/drawing/table.ts";

const table = {
  name: "samples",
  columns: [
    { name: "time_ms", values: Float64Array.of(0.1, 1 / 3, 1e21) },
    { name: "cell", values: Uint32Array.of(0, 7, 4294967295) },
    { name: "rate_hz", values: Float64Array.of(Number.NaN, -0.5, 0.1 + 0.2) },
  ],
};

test("a table as CSV, with numbers that read back the same and empty fields for NaN", () => {
  const text = [...csvChunks(table)].join("");
  expect(text).toBe(
    "time_ms,cell,rate_hz\n0.1,0,\n0.3333333333333333,7,-0.5\n1e+21,4294967295,0.30000000000000004\n",
  );
});

test("pieces have as many lines as were asked for, and make up the same text", () => {
  const pieces = [...csvChunks(table, 2)];
  expect(pieces.map((piece) => piece.split("\n").length - 1)).toEqual([1, 2, 1]);
  expect(pieces.join("")).toBe([...csvChunks(table)].join(""));
});

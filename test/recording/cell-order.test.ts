import fc from "fast-check";
import { expect, test } from "vitest";
import { cellOrder, escapeWidth, RecencyRanks } from "../../src/recording/cell-order.ts";
import { smallNetwork } from "./small-run.ts";

const order = cellOrder(smallNetwork.populations);

test("inhibitory cells come first, then excitatory ones", () => {
  expect([...order.cells]).toEqual([3, 4, 5, 0, 1, 2]);
  expect([...order.groupStart]).toEqual([0, 0, 0, 3, 3, 3]);
});

test("a firing cell moves to the front of its group", () => {
  const ranks = new RecencyRanks(order);
  expect([5, 5, 4, 5, 2, 2, 0, 5].map((cell) => ranks.rankOf(cell))).toEqual([
    2, 0, 2, 1, 5, 3, 4, 0,
  ]);
  ranks.reset();
  expect(ranks.rankOf(5)).toBe(2);
});

test("ranks name the cells again", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5)), (cells) => {
      const encoding = new RecencyRanks(order);
      const decoding = new RecencyRanks(order);
      for (const cell of cells) expect(decoding.cellAt(encoding.rankOf(cell))).toBe(cell);
    }),
  );
});

test.each([
  [6, 0],
  [256, 0],
  [257, 1],
  [470, 8],
  [940, 10],
])("%i cells need escapes of %i bits", (cellCount, width) => {
  expect(escapeWidth(cellCount)).toBe(width);
  expect(cellCount - 1 - 255).toBeLessThan(2 ** width);
});

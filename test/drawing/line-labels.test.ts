import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadHeights } from "../../src/drawing/line-labels.ts";

test("heights that are far enough apart stay", () => {
  expect(spreadHeights([50, 10, 30], 100)).toEqual([50, 10, 30]);
});

test("crowded labels keep their order and 10 px between them, inside the frame if they fit", () => {
  const heights = fc.array(fc.double({ min: 0, max: 120, noNaN: true }), {
    minLength: 1,
    maxLength: 13,
  });
  fc.assert(
    fc.property(heights, (wished) => {
      const spread = spreadHeights(wished, 120);
      const order = wished.map((_, k) => k).sort((a, b) => wished[a]! - wished[b]!);
      order.slice(1).forEach((index, k) => {
        expect(spread[index]! - spread[order[k]!]!).toBeGreaterThanOrEqual(10 - 1e-9);
      });
      expect(Math.min(...spread)).toBeGreaterThanOrEqual(-1e-9);
      expect(Math.max(...spread)).toBeLessThanOrEqual(120);
    }),
  );
});

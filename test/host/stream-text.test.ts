import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { streamText } from "../../src/host/stream-text.ts";

it("makes no more text than a slow reader takes", async () => {
  let made = 0;
  let taken = 0;
  let furthestAhead = 0;
  function* pieces() {
    for (; made < 500; made++) yield "x".repeat(1000);
  }
  const slow = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      taken++;
      furthestAhead = Math.max(furthestAhead, made - taken);
      setImmediate(done);
    },
  });
  await streamText(pieces(), slow);
  expect(taken).toBe(500);
  expect(furthestAhead).toBeLessThan(50);
  expect(slow.writableEnded).toBe(false);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { replaceByPieces } from "../../src/node/replacement.ts";
import { streamText } from "../../src/node/text-file.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-text-"));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

it("writes a file of many pieces, in a folder that it makes", async () => {
  const path = join(home, "deep", "down", "a.csv");
  await replaceByPieces(path, ["a,b\n", "1,", "2\n"]);
  expect(readFileSync(path, "utf8")).toBe("a,b\n1,2\n");
  expect(readdirSync(join(home, "deep", "down"))).toEqual(["a.csv"]);
});

it("leaves the earlier file as it was when the text fails to come", async () => {
  const path = join(home, "a.csv");
  await replaceByPieces(path, ["whole"]);
  function* failing() {
    yield "half";
    throw new Error("damaged");
  }
  await expect(replaceByPieces(path, failing())).rejects.toThrow("damaged");
  expect(readFileSync(path, "utf8")).toBe("whole");
  expect(readdirSync(home)).toEqual(["a.csv"]);
});

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

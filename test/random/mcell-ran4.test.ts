import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MCellRan4Stream, mcellRan4 } from "../../src/random/mcell-ran4.ts";

const reference = new URL("../reference/training-with-scaling-20s/", import.meta.url);

interface TrainingEntry {
  cell: number;
  timeMs: number;
}

function recordedTraining(): TrainingEntry[] {
  const text = gunzipSync(readFileSync(new URL("training-input.tsv.gz", reference))).toString();
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [cell, timeMs] = line.split("\t").map(Number);
      return { cell: cell!, timeMs: timeMs! };
    });
}

/** The volleys of the model's rule for 30 E4 cells from 218 on, learning from 5 s to 15 s. */
function drawnTraining(): TrainingEntry[] {
  const entries: TrainingEntry[] = [];
  for (let volley = 0; volley < 80; volley++) {
    const seed = 9342 * 17 * 5 * (volley + 1);
    const cells = new MCellRan4Stream(seed, seed);
    const times = new MCellRan4Stream(seed, seed);
    for (let n = 0; n < 33; n++) {
      const cell = 218 + Math.floor(30 * cells.uniform());
      entries.push({ cell, timeMs: 5000 + volley * 125 + times.uniform() });
    }
  }
  return entries.sort((a, b) => a.cell - b.cell || a.timeMs - b.timeMs);
}

describe("MCellRan4", () => {
  it("draws the training volleys that the original delivered", () => {
    const recorded = recordedTraining();
    const drawn = drawnTraining();
    expect(drawn).toHaveLength(recorded.length);
    for (const [i, entry] of recorded.entries()) {
      expect(drawn[i]!.cell).toBe(entry.cell);
      expect(Math.abs(drawn[i]!.timeMs - entry.timeMs)).toBeLessThan(1e-12);
    }
  });

  it("equals the rule worked in unlimited integers", () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(word, word, (high, low) => {
        expect(mcellRan4(high, low)).toBe(hashInIntegers(high, low));
      }),
      { numRuns: 3000, seed: 147141 },
    );
  });

  it("reads signed and unsigned words alike", () => {
    expect(mcellRan4(-5, -7)).toBe(mcellRan4(2 ** 32 - 5, 2 ** 32 - 7));
  });
});

describe("a stream of MCellRan4 draws", () => {
  it("counts its index up, modulo 2³²", () => {
    const stream = new MCellRan4Stream(2 ** 32 - 1, 1234);
    expect(stream.nextWord()).toBe(mcellRan4(2 ** 32 - 1, 1234));
    expect(stream.high).toBe(0);
    expect(stream.uniform()).toBe(mcellRan4(0, 1234) / 2 ** 32);
    expect(stream.high).toBe(1);
  });
});

/** The generator's rule, in integers without a word size. */
function hashInIntegers(high: number, low: number): number {
  const modulus = 1n << 32n;
  const change = (word: bigint, mask: bigint, key: bigint) => {
    const masked = word ^ mask;
    const v = masked >> 16n;
    const w = masked & 0xffffn;
    const u = modulus - 1n - (((((v - w) * (v + w)) % modulus) + modulus) % modulus);
    const rotated = (u >> 16n) | ((u & 0xffffn) << 16n);
    return ((rotated ^ key) + w * v) % modulus;
  };
  const m = BigInt(low) ^ change(BigInt(high), 0xbaa96887n, 0x4b0f3b58n);
  return Number(BigInt(high) ^ change(m, 0x1e17d32cn, 0xe874f0c3n));
}

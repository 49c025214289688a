import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { populationRanges } from "../../src/network/population-ranges.ts";
import { CompiledWalks } from "../../src/network/stimuli/compiled-walks.ts";
import { signalCells } from "../../src/network/stimuli/electrode-list.ts";
import { type TrainPlan, trainTimes } from "../../src/network/stimuli/electrode-trains.ts";
import { SharedStream } from "../../src/network/stimuli/shared-stream.ts";
import { type CellWalk, plainWalks, type WalkPlan } from "../../src/network/stimuli/walks.ts";

const compiled = new CompiledWalks();

/** Walks whose draws begin at these distances from each other's. */
const walksOf = (high: number, distances: readonly number[], places: readonly number[]) =>
  distances.map((_, k): CellWalk => {
    const from = distances.slice(0, k + 1).reduce((sum, distance) => sum + distance, high);
    return { high: from >>> 0, factor: high + k, places: Uint32Array.from(places) };
  });

const word = fc.integer({ min: 0, max: 0xffffffff });

const cases = fc
  .record({
    high: fc.oneof(word, fc.constantFrom(0, 0x7ffffff0, 0xfffffff0)),
    low: word,
    lengthMs: fc.integer({ min: 1, max: 64_001 }),
    steps: fc.integer({ min: 1, max: 1700 }),
    distances: fc.array(
      fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.integer({ min: -2000, max: 70_000 })),
      { minLength: 1, maxLength: 24 },
    ),
    places: fc.uniqueArray(fc.nat(), { maxLength: 40 }),
    signal: fc.option(
      fc.array(fc.double({ min: -0.95, max: -0.8 }), { minLength: 1700, maxLength: 1700 }),
      { nil: undefined, freq: 3 },
    ),
  })
  .map(({ high, low, lengthMs, steps, distances, places, signal }) => {
    const wanted = [...new Set(places.map((place) => place % steps))].sort((a, b) => a - b);
    const placeFactors = signal && Float64Array.from(signal.slice(0, steps), (value) => 1 / value);
    const plan: WalkPlan = { low, steps, lengthMs, placeFactors };
    return { plan, walks: walksOf(high, distances, wanted) };
  });

describe("compiled random walks", () => {
  it("have the bits of the plain ones, whatever cells draw", () => {
    fc.assert(
      fc.property(cases, ({ plan, walks }) => {
        expect(compiled.points(plan, walks)).toEqual(plainWalks(plan, walks));
      }),
      { numRuns: 60 },
    );
  });

  it("serve many walks, near each other or not, each for itself", () => {
    const plan = { low: 934_200, steps: 700, lengthMs: 32_000 };
    const distances = Array.from({ length: 2600 }, (_, k) => (k % 900 === 899 ? 600 : k % 2));
    const walks = walksOf(7, distances, [0, 511, 512, 699]);
    expect(compiled.points(plan, walks)).toEqual(plainWalks(plan, walks));
  });
});

/** Times of the trains of all signal cells in successive lists, as one digest. */
function digestOf(plans: readonly Omit<TrainPlan, "fromMs" | "untilMs">[], lengthMs: number) {
  const cells = signalCells(populationRanges(1), 5);
  const stream = new SharedStream({ high: 392_426, low: 934_200 });
  const hash = createHash("sha256");
  for (const fromMs of [16_000_000, 16_016_000]) {
    const seeds = cells.map((cell) => cell + 1 + fromMs);
    for (const plan of plans) {
      const trains = trainTimes({ ...plan, fromMs, untilMs: fromMs + lengthMs }, seeds, stream);
      for (const times of trains) hash.update(times);
    }
  }
  return `${hash.digest("hex").slice(0, 16)} ${stream.position.high}`;
}

const signal = Array.from({ length: 640 }, (_, k) => -0.86 + 0.05 * Math.sin(k));

// Digests by the code that drew the trains one after the other, in TypeScript.
describe("the trains of all signal cells", () => {
  it.each<[string, string, Omit<TrainPlan, "fromMs" | "untilMs">[], number]>([
    ["as published", "bffc857fb4e71d6b 16016499", [{ rateHz: 3, points: 48_001 }], 32_000],
    [
      "with an information signal",
      "1d5207d5b1263d9a 16016499",
      [
        { rateHz: 20, points: 640, signal },
        { rateHz: 3, points: 6001 },
      ],
      32_001,
    ],
    [
      "with nearly all points chosen",
      "d724a90a0d18df7a 16035955",
      [{ rateHz: 31, points: 1000 }],
      32_000,
    ],
  ])("are the same to the bit: %s", (_, digest, plans, lengthMs) => {
    expect(digestOf(plans, lengthMs)).toBe(digest);
  });
});

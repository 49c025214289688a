import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  callLoop,
  compiledLoops,
  type LoopName,
  plainLoops,
} from "../../src/counting/compiled-loops.ts";

type Numbers = Float64Array | Uint32Array | Int32Array;
type Spikes = { readonly timesMs: Float64Array; readonly cells: Uint32Array };

const plainly = plainLoops as Record<LoopName, (...args: (Numbers | number)[]) => number>;

const doubles = (count: number, value = 0) => new Float64Array(count).fill(value);

/** Places of cells, of which two are none of the five that are counted, and one never fires. */
const places = Int32Array.of(2, -1, 0, 4, 1, -1, -1, -1, -1, 3);

const ofPlaces = ({ timesMs, cells }: Spikes) => [timesMs, cells, places];

/** Of each loop, the arrays that it reads, those that it changes, and the numbers that follow. */
const loops: Record<
  LoopName,
  {
    readonly reads: (spikes: Spikes) => readonly Numbers[];
    readonly changes: () => readonly Numbers[];
    readonly numbers: (spikes: Spikes) => readonly number[];
  }
> = {
  correlation: {
    reads: ofPlaces,
    changes: () => [doubles(5), doubles(25), doubles(5), new Uint32Array(6), doubles(2)],
    numbers: ({ cells }) => [cells.length, places.length, 5, 3.5, 0.7, 4000],
  },
  synchrony: {
    reads: ofPlaces,
    changes: () => [
      ...[doubles(5), doubles(5), doubles(5, -1), doubles(5)],
      Float64Array.of(0, 0, -1, 0),
    ],
    numbers: ({ cells }) => [cells.length, places.length, 3.5, 0.7, 4000],
  },
  tiling: {
    reads: ofPlaces,
    changes: () => [
      ...[doubles(5), doubles(5), doubles(5, -Infinity), doubles(5), doubles(25)],
      ...[doubles(16), new Uint32Array(16), doubles(16), Uint32Array.of(0)],
    ],
    numbers: ({ cells }) => [cells.length, places.length, 5, 16, 3.5, 3000, 4],
  },
};

/** Times, many of them equal, before, in and after the interval. */
const timeMs = fc.oneof(
  fc.double({ min: 0, max: 60, noNaN: true }),
  fc.integer({ min: 0, max: 60 }),
  fc.double({ min: 0, max: 1e5, noNaN: true }),
  fc.constantFrom(0, Number.MIN_VALUE, 2 ** 53, Number.MAX_VALUE),
);
const cell = fc.oneof(fc.nat(8), fc.constantFrom(2 ** 31, 2 ** 32 - 1));
const train = fc.array(fc.tuple(timeMs, cell), { maxLength: 300 }).map((rows) => ({
  timesMs: Float64Array.from(rows, ([value]) => value).sort(),
  cells: Uint32Array.from(rows, ([, value]) => value),
}));

const names = Object.keys(plainLoops) as LoopName[];

test.each(names)("%s has the same bits in WebAssembly and in plain form", (name) => {
  const { reads, changes, numbers } = loops[name];
  fc.assert(
    fc.property(fc.array(train, { minLength: 1, maxLength: 3 }), (parts) => {
      const [compiled, plain] = [changes(), changes()];
      for (const spikes of parts) {
        const args = [reads(spikes), numbers(spikes)] as const;
        const result = compiledLoops()!.call(name, [...args[0], ...compiled, ...args[1]]);
        expect(result).toBe(plainly[name](...args[0], ...plain, ...args[1]));
        expect(compiled).toEqual(plain);
      }
    }),
  );
});

describe("a loop is called", () => {
  const spikes = (count: number, last = 1) => ({
    timesMs: doubles(count).map((_, k) => (k < count - 1 ? k : last)),
    cells: new Uint32Array(count),
  });
  /** Sum of squares of the counts of the first of so many cells. */
  const squareOf = ({ timesMs, cells }: Spikes, cellCount: number) => {
    const states = Array.from({ length: 3 }, () => doubles(cellCount));
    const [sums, squares, lastCounts] = states as [Float64Array, Float64Array, Float64Array];
    callLoop(
      "synchrony",
      ...([timesMs, cells, new Int32Array(1)] as const),
      ...([sums, squares, doubles(cellCount, -1), lastCounts] as const),
      ...([Float64Array.of(0, 0, -1, 0), cells.length, 1, 0, 1e6, 1] as const),
    );
    return squares[0];
  };

  test.each([
    ["no spikes", 0, 5],
    ["one spike", 1, 5],
    ["few spikes of many cells", 100, 10_000],
    ["as many spikes as memory has no room for", 50_000, 5],
    ["a full block", 8192, 470],
  ])("compiled or in plain form, as it serves: %s", (_, count, cellCount) => {
    expect(squareOf(spikes(count), cellCount)).toBe(count ** 2);
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { BinFinder } from "../../../src/analysis/firing/time-bins.ts";

test("bins of times in ascending order are those of a division, also at their edges", () => {
  const bins = fc.record({
    startMs: fc.oneof(
      fc.constantFrom(0, 800_000, -20),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
    ),
    binMs: fc.oneof(
      fc.constantFrom(5, 10, 50, 0.1, 1e-9),
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    ),
  });
  // Times at an edge, the nearest doubles around it, and others.
  const place = fc.tuple(
    fc.nat(500),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(0, 0.3, 0.999),
  );
  fc.assert(
    fc.property(
      bins,
      fc.array(place, { minLength: 1, maxLength: 60 }),
      ({ startMs, binMs }, places) => {
        const timesMs = Float64Array.from(places, ([bin, ulps, part]) => {
          const edgeMs = startMs + (bin + part) * binMs;
          return edgeMs * (1 + ulps * Number.EPSILON);
        }).sort();
        const finder = new BinFinder({ startMs, binMs });
        const half = timesMs.length >> 1;
        const found = [timesMs.subarray(0, half), timesMs.subarray(half)].flatMap((some) => [
          ...finder.binsOf(some).subarray(0, some.length),
        ]);
        expect(found).toEqual(
          Array.from(timesMs, (timeMs) => Math.floor((timeMs - startMs) / binMs)),
        );
      },
    ),
    { numRuns: 500 },
  );
});

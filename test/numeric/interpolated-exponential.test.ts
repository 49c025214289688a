import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decayFactor,
  interpolationTable,
  inverseTableStep,
  stepCount,
  tableStart,
  tableStep,
} from "../../src/numeric/interpolated-exponential.ts";
import { errorInUlp, trueExponential } from "./high-precision.ts";

/** The arguments of the table's entries, by repeated addition. */
const nodes: number[] = [-20];
for (let i = 0; i < 5000; i++) nodes.push(nodes[i]! + 20 / 5000);

describe("the table of the interpolated exponential", () => {
  it("has 5000 steps of 0.004 from −20", () => {
    expect([tableStart, stepCount, tableStep, inverseTableStep]).toEqual([-20, 5000, 0.004, 250]);
    expect(interpolationTable).toHaveLength(2 * 5001);
  });

  it("holds exp at arguments reached by repeated addition", () => {
    for (const [i, x] of nodes.entries()) {
      expect(errorInUlp(interpolationTable[2 * i]!, trueExponential(x))).toBeLessThan(1);
    }
    // The added steps' rounding errors show: the last argument misses 0.
    expect(nodes[5000]).not.toBe(0);
    expect(interpolationTable[10_000]).not.toBe(1);
  });

  it("holds the differences of neighbours, and 0 at the end", () => {
    for (let i = 0; i < 5000; i++) {
      const difference = interpolationTable[2 * i + 2]! - interpolationTable[2 * i]!;
      expect(interpolationTable[2 * i + 1]).toBe(difference);
    }
    expect(interpolationTable[10_001]).toBe(0);
  });
});

/** E(x), for x from −20 to 0 and below. */
const interpolatedExponential = (x: number) => decayFactor(-x * inverseTableStep);

describe("the interpolated exponential", () => {
  it("interpolates between the two entries around x", () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 0, noNaN: true }), (x) => {
        const position = 5000 - -x * (1 / (20 / 5000));
        const i = Math.min(Math.floor(position), 4999);
        const left = interpolationTable[2 * i]!;
        const right = interpolationTable[2 * i + 2]!;
        const expected = left + (position - i) * (right - left);
        expect(Math.abs(interpolatedExponential(x) / expected - 1)).toBeLessThan(1e-15);
      }),
      { numRuns: 3000, seed: 147141 },
    );
  });

  it("lies above exp by at most h²/8 relative", () => {
    for (let i = 0; i < 5000; i++) {
      const x = -19.999 + i * 0.003999;
      const excess = interpolatedExponential(x) / Math.exp(x) - 1;
      expect(excess).toBeGreaterThan(-1e-12);
      expect(excess).toBeLessThan(0.004 ** 2 / 8 + 1e-8);
    }
    const middle = interpolatedExponential(-10.002) / Math.exp(-10.002) - 1;
    expect(middle).toBeCloseTo(0.004 ** 2 / 8, 9);
  });

  it("is constant below the table", () => {
    for (const x of [-20, -20.001, -1e9, -Infinity]) {
      expect(interpolatedExponential(x)).toBe(interpolationTable[0]);
    }
    for (const x of [0, -1e-18]) {
      expect(interpolatedExponential(x)).toBe(interpolationTable[10_000]);
    }
  });
});

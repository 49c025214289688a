import fc from "fast-check";
import { expect, test } from "vitest";
import {
  evenEdges,
  type GainDistributionOptions,
  GainError,
  gainDistributions,
  synapsesBetween,
} from "../../src/synapses/plastic-gains.ts";
import { normalNumbers } from "../analysis/random-deviates.ts";

const gains = Float64Array.of(0, 0.1, 1, 1, 5.25, 10, 10.5);

function* snapshots() {
  yield { timeMs: 0, gains: new Float64Array(7).fill(1) };
  yield { timeMs: 500, gains };
}

const distribution = (options?: GainDistributionOptions) => gainDistributions(snapshots(), options);

test("gains are counted in bins that hold their lower ends, the last both", () => {
  const { timesMs, counts, edges, outsideCounts } = distribution({
    edges: Float64Array.of(0, 0.1, 1, 5, 10),
  });
  expect([...timesMs]).toEqual([0, 500]);
  expect([...edges]).toEqual([0, 0.1, 1, 5, 10]);
  expect([...counts[0]!]).toEqual([0, 0, 7, 0]);
  // 10.5 is in none.
  expect([...outsideCounts]).toEqual([0, 1]);
  expect([...counts[1]!]).toEqual([1, 1, 2, 2]);
});

test("the usual bins reach from 0 to the published largest gain", () => {
  const published = gainDistributions([{ timeMs: 0, gains: gains.subarray(0, 6) }]);
  expect(published.edges).toHaveLength(101);
  expect([published.edges[0], published.edges[1], published.edges[100]]).toEqual([0, 0.1, 10]);
  expect(published.counts[0]![10]).toBe(2);
  expect(published.counts[0]![99]).toBe(1);
});

test("the usual bins widen to hold larger gains, those counted before included", () => {
  const { edges, counts, outsideCounts } = distribution();
  expect([edges[0], edges[1], edges[100]]).toEqual([0, 0.2, 20]);
  expect([counts[0]![5], counts[1]![5], counts[1]![50]]).toEqual([7, 2, 1]);
  expect([...outsideCounts]).toEqual([0, 0]);
});

test("every gain is in a bin or counted outside, whatever it is", () => {
  const value = fc.double({ min: 0, max: 1e12, noNaN: true });
  const any = fc.oneof(value, fc.constantFrom(Number.NaN, Infinity, -Infinity, -1, 0, 10, 1e300));
  fc.assert(
    fc.property(fc.array(fc.array(any, { maxLength: 20 }), { maxLength: 4 }), (rows) => {
      const recorded = rows.map((row, k) => ({ timeMs: k, gains: Float64Array.from(row) }));
      const found = gainDistributions(recorded);
      rows.forEach((row, k) => {
        const inside = found.counts[k]!.reduce((sum, count) => sum + count, 0);
        const held = row.filter((gain) => gain >= 0 && gain < Infinity).length;
        expect([inside, inside + found.outsideCounts[k]!]).toEqual([held, row.length]);
      });
    }),
  );
});

test("quantiles and moments are those of the chosen synapses", () => {
  const { summaries } = distribution({ synapses: Uint32Array.of(1, 2, 4) });
  const [first, second] = summaries;
  expect(first).toMatchObject({ count: 3, mean: 1, standardDeviation: 0 });
  expect(second!.mean).toBeCloseTo(6.35 / 3, 12);
  expect(second!.quantiles).toMatchObject({ least: 0.1, median: 1, most: 5.25 });
});

test("normal gains fill the bins as their distribution says", () => {
  const next = normalNumbers(41);
  const many = Float64Array.from({ length: 40_000 }, () => 5 + next());
  const edges = Float64Array.of(0, 3, 4, 5, 6, 7, 10);
  const { counts } = gainDistributions([{ timeMs: 0, gains: many }], { edges });
  [0.02275, 0.13591, 0.34134, 0.34134, 0.13591, 0.02275].forEach((part, bin) => {
    const deviation = Math.sqrt(40_000 * part * (1 - part));
    expect(Math.abs(counts[0]![bin]! - 40_000 * part)).toBeLessThan(4 * deviation);
  });
});

test("synapses are found by the cells that they connect", () => {
  const ends = {
    presynaptic: Uint32Array.of(0, 0, 1, 2, 3),
    postsynaptic: Uint32Array.of(1, 3, 0, 1, 0),
  };
  expect([...synapsesBetween(ends, Uint32Array.of(0, 1, 2), Uint32Array.of(0, 1))]).toEqual([
    0, 2, 3,
  ]);
});

test("bins that do not ascend and synapses that do not exist are refused", () => {
  expect(() => distribution({ edges: Float64Array.of(0, 2, 2) })).toThrow(GainError);
  expect(() => distribution({ edges: Float64Array.of(1) })).toThrow("at least two ascending edges");
  expect(() => distribution({ synapses: Uint32Array.of(7) })).toThrow("no synapse 7");
  expect(() => evenEdges(0, 10, 4)).not.toThrow();
  expect([...evenEdges(0, 10, 4)]).toEqual([0, 2.5, 5, 7.5, 10]);
});

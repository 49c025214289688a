import fc from "fast-check";
import { expect, test } from "vitest";
import { LivingCellStatistics } from "../../../src/analysis/state/sample-statistics.ts";

/** Statistics of a group at successive times. */
function statisticsOf(
  values: readonly Float64Array[],
  alive: readonly Uint8Array[],
  cells: Uint32Array,
  hasQuantiles = false,
) {
  const statistics = new LivingCellStatistics(cells, hasQuantiles);
  for (const [k, row] of values.entries()) statistics.add(row, alive[k]!);
  return statistics.all;
}

test("mean and population deviation of 1 … n are (n + 1) / 2 and √((n² − 1) / 12)", () => {
  const n = 37;
  const values = [Float64Array.from({ length: n }, (_, cell) => cell + 1)];
  const cells = Uint32Array.from({ length: n }, (_, cell) => cell);
  const statistics = statisticsOf(values, [new Uint8Array(n).fill(1)], cells);
  expect(statistics.mean[0]).toBe((n + 1) / 2);
  expect(statistics.standardDeviation[0]).toBeCloseTo(Math.sqrt((n * n - 1) / 12), 12);
  expect(statistics.livingCount[0]).toBe(n);
});

test("only living cells of the group count; none gives NaN", () => {
  const row = Float64Array.of(1, 100, 3, 1000);
  const alive = [Uint8Array.of(1, 0, 1, 1), Uint8Array.of(0, 0, 0, 1)];
  const { mean, standardDeviation, livingCount } = statisticsOf(
    [row, row],
    alive,
    Uint32Array.of(0, 1, 2),
  );
  expect([...mean]).toEqual([2, Number.NaN]);
  expect([...standardDeviation]).toEqual([1, Number.NaN]);
  expect([...livingCount]).toEqual([2, 0]);
});

test("quantiles of the living cells with finite values, on request", () => {
  const row = Float64Array.of(5, 1, 3, 2, 4, Infinity, 100);
  const alive = [Uint8Array.of(1, 1, 1, 1, 1, 1, 0), new Uint8Array(7)];
  const cells = Uint32Array.from(row.keys());
  const { quantiles } = statisticsOf([row, row], alive, cells, true);
  expect([...quantiles!.median]).toEqual([3, Number.NaN]);
  expect(quantiles!.q05[0]).toBeCloseTo(1.2, 12);
  expect(quantiles!.q95[0]).toBeCloseTo(4.8, 12);
  expect(statisticsOf([row, row], alive, cells)).not.toHaveProperty("quantiles");
});

test("an offset a million times the spread does not change the deviation", () => {
  const row = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(row, (list) => {
      const values = [Float64Array.from(list), Float64Array.from(list, (value) => value + 1e6)];
      const alive = new Uint8Array(list.length).fill(1);
      const cells = Uint32Array.from(list, (_, cell) => cell);
      const { standardDeviation } = statisticsOf(values, [alive, alive], cells);
      expect(standardDeviation[1]).toBeCloseTo(standardDeviation[0]!, 8);
    }),
  );
});

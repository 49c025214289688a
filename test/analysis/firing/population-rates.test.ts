import fc from "fast-check";
import { expect, test } from "vitest";
import { IntervalError } from "../../../src/analysis/firing/interval.ts";
import { populationRates } from "../../../src/analysis/firing/population-rates.ts";

/** Cell c fires every periodsMs[c], first at half a period. */
function regularSpikes(periodsMs: number[], durationMs: number) {
  const spikes = periodsMs.flatMap((periodMs, cell) =>
    Array.from({ length: Math.floor(durationMs / periodMs) }, (_, k) => ({
      timeMs: (k + 0.5) * periodMs,
      cell,
    })),
  );
  spikes.sort((a, b) => a.timeMs - b.timeMs);
  return {
    timesMs: Float64Array.from(spikes, ({ timeMs }) => timeMs),
    cells: Uint32Array.from(spikes, ({ cell }) => cell),
  };
}

test("the rate of regular spikes is the inverse of their period", () => {
  const spikes = regularSpikes([10, 20, 100], 1000);
  const groups = [Uint32Array.of(0, 1), Uint32Array.of(2)];
  const rates = populationRates(spikes, groups, { startMs: 0, endMs: 1000, binMs: 200 });
  expect([...rates.edgesMs]).toEqual([0, 200, 400, 600, 800, 1000]);
  expect([...rates.ratesHz[0]!]).toEqual([75, 75, 75, 75, 75]);
  expect([...rates.ratesHz[1]!]).toEqual([10, 10, 10, 10, 10]);
});

test("a cut-off last bin is divided by its own width", () => {
  const spikes = regularSpikes([10], 1000);
  const rates = populationRates(spikes, [Uint32Array.of(0)], {
    startMs: 0,
    endMs: 250,
    binMs: 100,
  });
  expect([...rates.edgesMs]).toEqual([0, 100, 200, 250]);
  expect([...rates.ratesHz[0]!]).toEqual([100, 100, 100]);
});

test("bins that fill the interval but for rounding have no empty one behind them", () => {
  const bins = { startMs: 0, endMs: 0.3, binMs: 0.1 };
  const rates = populationRates(regularSpikes([10], 10), [Uint32Array.of(0)], bins);
  expect(rates.edgesMs.length).toBe(4);
});

test("a deleted cell counts until its death, and without living cells there is no rate", () => {
  const spikes = { timesMs: Float64Array.of(10, 60, 110), cells: Uint32Array.of(0, 1, 0) };
  const bins = { startMs: 0, endMs: 300, binMs: 100 };
  const deathTimesMs = Float64Array.of(150, 50);
  const rates = populationRates(spikes, [Uint32Array.of(0, 1)], bins, deathTimesMs);
  expect(rates.ratesHz[0]![0]).toBeCloseTo((1000 * 2) / 150, 12);
  expect(rates.ratesHz[0]![1]).toBeCloseTo(1000 / 50, 12);
  expect(rates.ratesHz[0]![2]).toBeNaN();
});

test("rates times lived times are all the spikes of the interval", () => {
  const timeMs = fc.double({ min: 0, max: 1000, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(timeMs, fc.nat(3)), { maxLength: 60 }),
      fc.double({ min: 1, max: 500, noNaN: true }),
      fc.double({ min: 0, max: 400, noNaN: true }),
      (list, binMs, startMs) => {
        list.sort((a, b) => a[0] - b[0]);
        const timesMs = Float64Array.from(list, ([time]) => time);
        const cells = Uint32Array.from(list, ([, cell]) => cell);
        const endMs = startMs + 450;
        const group = Uint32Array.of(1, 3);
        const bins = { startMs, endMs, binMs };
        const { edgesMs, ratesHz } = populationRates({ timesMs, cells }, [group], bins);
        const total = ratesHz[0]!.reduce(
          (sum, rate, bin) => sum + (rate * 2 * (edgesMs[bin + 1]! - edgesMs[bin]!)) / 1000,
          0,
        );
        const expected = list.filter(
          ([time, cell]) => time >= startMs && time < endMs && (cell === 1 || cell === 3),
        );
        expect(total).toBeCloseTo(expected.length, 6);
      },
    ),
  );
});

test("spikes in blocks give the same bits as all at once", () => {
  const spikes = regularSpikes([7, 11, 13], 1000);
  const groups = [Uint32Array.of(0), Uint32Array.of(1, 2), new Uint32Array(0)];
  const bins = { startMs: 55, endMs: 905, binMs: 40 };
  function* blocks() {
    for (let k = 0; k < spikes.cells.length; k += 10) {
      const [timesMs, cells] = [spikes.timesMs, spikes.cells].map((all) => all.slice(k, k + 10));
      yield { timesMs: timesMs as Float64Array, cells: cells as Uint32Array };
    }
  }
  expect(populationRates(blocks(), groups, bins)).toEqual(populationRates(spikes, groups, bins));
});

test("empty intervals and bins without width are refused with what was given", () => {
  const spikes = regularSpikes([10], 100);
  const rates = (startMs: number, endMs: number, binMs: number) => () =>
    populationRates(spikes, [Uint32Array.of(0)], { startMs, endMs, binMs });
  expect(rates(50, 50, 1)).toThrow(IntervalError);
  expect(rates(0, Number.POSITIVE_INFINITY, 1)).toThrow(/0 to Infinity ms/);
  expect(rates(0, 100, 0)).toThrow(/width of 0 ms/);
});

import { describe, expect, it } from "vitest";
import { CellBursts } from "../../../src/analysis/firing/cell-bursts.ts";
import { PopulationBursts } from "../../../src/analysis/firing/population-bursts.ts";
import type { Spikes } from "../../../src/analysis/firing/spikes.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

const allCells = (cellCount: number) => Uint32Array.from({ length: cellCount }, (_, k) => k);

/** Spikes of both, in order of time. */
function merged(a: Spikes, b: Spikes): Spikes {
  const spikes = [a, b].flatMap(({ timesMs, cells }) =>
    Array.from(timesMs, (timeMs, k) => ({ timeMs, cell: cells[k]! })),
  );
  spikes.sort((one, other) => one.timeMs - other.timeMs);
  return {
    timesMs: Float64Array.from(spikes, ({ timeMs }) => timeMs),
    cells: Uint32Array.from(spikes, ({ cell }) => cell),
  };
}

const spikesAt = (timesMs: readonly number[], cell = 0): Spikes => ({
  timesMs: Float64Array.from(timesMs),
  cells: new Uint32Array(timesMs.length).fill(cell),
});

describe("population bursts", () => {
  const interval = { startMs: 0, endMs: 120_000 };
  const background = poissonSpikes({ cellCount: 50, rateHz: 1, durationMs: 120_000, seed: 2 });

  it("are the known ones on a Poisson background, one across an edge of segments among them", () => {
    // 20 spikes in each of five bins from these times on, where one is expected.
    const starts = [1000, 9940, 33_000, 77_000];
    const times = starts.flatMap((start) => Array.from({ length: 100 }, (_, k) => start + k));
    const bursts = new PopulationBursts(allCells(50), interval);
    bursts.add(merged(background, spikesAt(times)));
    const { burstCount, burstsPerMinute, meanDurationMs, spikeFraction } = bursts.result();
    expect(burstCount).toBe(4);
    expect(burstsPerMinute).toBe(2);
    expect(meanDurationMs).toBe(100);
    // Besides their own spikes, bursts contain some 20 of the background.
    const own = 400 / (background.cells.length + 400);
    expect(spikeFraction).toBeGreaterThan(own);
    expect(spikeFraction).toBeLessThan(1.1 * own);
  });

  it("are none among independent spikes, whatever their rate, and at a step of it", () => {
    for (const rateHz of [0.1, 1, 60]) {
      const bursts = new PopulationBursts(allCells(50), interval);
      bursts.add(poissonSpikes({ cellCount: 50, rateHz, durationMs: 120_000, seed: 4 }));
      expect(bursts.result()).toMatchObject({ burstCount: 0, spikeFraction: 0 });
    }
    const fast = poissonSpikes({ cellCount: 50, rateHz: 20, durationMs: 60_000, seed: 5 });
    const step = { ...fast, timesMs: fast.timesMs.map((timeMs) => timeMs + 60_000) };
    const bursts = new PopulationBursts(allCells(50), interval);
    bursts.add(merged(background, step));
    expect(bursts.result().spikeFraction).toBeLessThan(1e-3);
  });
});

describe("bursts of cells", () => {
  const interval = { startMs: 0, endMs: 100_000 };

  it("begin with short intervals, last while they are moderate, and have three spikes in 10 ms", () => {
    const bursts = new CellBursts(Uint32Array.of(0, 2), interval);
    const first = [1000, 1100, 1390, 1600]; // four spikes: 100, 290, 210 ms apart
    const others = [3000, 3171, 3400, 6000, 6100, 9000, 9004, 9009]; // too slow; two; too short
    const last = [20_000, 20_170, 20_470]; // the limits
    bursts.add(spikesAt([...first, ...others]));
    bursts.add(spikesAt([19_000, 19_010, 19_020], 1)); // of another cell
    bursts.add(spikesAt(last, 2));
    const { burstCount, meanSpikes, spikeFraction } = bursts.result();
    expect(burstCount).toBe(2);
    expect(meanSpikes).toBe(3.5);
    expect(spikeFraction).toBe(7 / 15);
  });

  it("of Poisson spikes are as many as their rate lets expect", () => {
    const bursts = new CellBursts(allCells(100), interval);
    bursts.add(poissonSpikes({ cellCount: 100, rateHz: 2, durationMs: 100_000, seed: 6 }));
    const { spikeFraction, poissonFraction } = bursts.result();
    // p = 1 − e^−0.34, q = 1 − e^−0.6: bursts of 2 + q / (1 − q) = 2.822 spikes, 2.469 between them.
    expect(poissonFraction).toBeCloseTo((2.822 - 2 * 0.5488) / (2.822 + 2.469), 2);
    expect(Math.abs(spikeFraction - poissonFraction)).toBeLessThan(0.015);
  });
});

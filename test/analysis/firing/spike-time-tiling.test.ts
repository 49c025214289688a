import { describe, expect, it } from "vitest";
import { SpikeTimeTiling } from "../../../src/analysis/firing/spike-time-tiling.ts";
import type { Spikes } from "../../../src/analysis/firing/spikes.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

const spikesOf = (trains: readonly (readonly number[])[]): Spikes => {
  const spikes = trains.flatMap((times, cell) => times.map((timeMs) => ({ timeMs, cell })));
  spikes.sort((a, b) => a.timeMs - b.timeMs);
  return {
    timesMs: Float64Array.from(spikes, ({ timeMs }) => timeMs),
    cells: Uint32Array.from(spikes, ({ cell }) => cell),
  };
};

function tilingOf(spikes: Spikes, endMs: number, windowMs: number, cellCount = 2) {
  const cells = Uint32Array.from({ length: cellCount }, (_, cell) => cell);
  const tiling = new SpikeTimeTiling(cells, { startMs: 0, endMs }, windowMs);
  tiling.add(spikes);
  return tiling.result();
}

/** The coefficient of two trains by its definition. */
function byDefinition(a: readonly number[], b: readonly number[], endMs: number, windowMs: number) {
  const near = (one: readonly number[], other: readonly number[]) =>
    one.filter((t) => other.some((s) => Math.abs(s - t) <= windowMs)).length / one.length;
  const tiled = (train: readonly number[]) => {
    let [sum, reached] = [0, 0];
    for (const t of train) {
      const [from, to] = [Math.max(reached, t - windowMs), Math.min(endMs, t + windowMs)];
      sum += Math.max(0, to - from);
      reached = Math.max(reached, to);
    }
    return sum / endMs;
  };
  const term = (p: number, t: number) => (p - t) / (1 - p * t);
  return (term(near(a, b), tiled(b)) + term(near(b, a), tiled(a))) / 2;
}

describe("the spike-time tiling coefficient", () => {
  it("agrees with a calculation by hand", () => {
    // T = 40 / 1000 and P = 1/2 of both.
    const { mean, pairCount } = tilingOf(
      spikesOf([
        [100, 200],
        [105, 400],
      ]),
      1000,
      10,
    );
    expect(pairCount).toBe(1);
    expect(mean).toBeCloseTo((0.5 - 0.04) / (1 - 0.02), 12);
  });

  it("is 1 for equal trains, and −T for trains that never meet", () => {
    const train = [50, 60, 300, 900];
    expect(tilingOf(spikesOf([train, train]), 1000, 10).mean).toBeCloseTo(1, 12);
    expect(tilingOf(spikesOf([[100], [500]]), 1000, 10).mean).toBeCloseTo(-0.02, 12);
    expect(tilingOf(spikesOf([[0, 1], [0.5]]), 2, 5).mean).toBe(1);
    expect(tilingOf(spikesOf([[100], []]), 1000, 10)).toMatchObject({ pairCount: 0 });
  });

  it.each([2, 5, 20, 60])("equals its definition for windows of %d ms", (windowMs) => {
    const spikes = poissonSpikes({ cellCount: 2, rateHz: 25, durationMs: 4000, seed: windowMs });
    const train = (wanted: number) =>
      [...spikes.timesMs].filter((_, k) => spikes.cells[k] === wanted);
    expect(tilingOf(spikes, 4000, windowMs).mean).toBeCloseTo(
      byDefinition(train(0), train(1), 4000, windowMs),
      12,
    );
  });

  it.each([
    { rateHz: 40, windowMs: 10, cellCount: 6, durationMs: 3000, endMs: 3000 },
    // More spikes in a window than there is room for at first.
    { rateHz: 300, windowMs: 30, cellCount: 80, durationMs: 50, endMs: 600 },
  ])(
    "equals its definition for spikes of many cells at equal times, however they are divided: %o",
    ({ windowMs, endMs, ...process }) => {
      const { cellCount } = process;
      const { timesMs, cells } = poissonSpikes({ ...process, seed: 8 });
      const whole = { timesMs: timesMs.map(Math.floor), cells };
      const { mean, pairCount } = tilingOf(whole, endMs, windowMs, cellCount);
      const trains = Array.from({ length: cellCount }, (_, wanted) => [
        ...whole.timesMs.filter((_, k) => cells[k] === wanted),
      ]);
      const pairs = trains.flatMap((train, i) =>
        trains.slice(0, i).map((other) => byDefinition(train, other, endMs, windowMs)),
      );
      expect(pairCount).toBe(pairs.length);
      expect(mean).toBeCloseTo(pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length, 10);
      const inPieces = new SpikeTimeTiling(
        Uint32Array.from({ length: cellCount }, (_, cell) => cell),
        { startMs: 0, endMs },
        windowMs,
      );
      for (let from = 0, size = 0; from < cells.length; from += size++) {
        const end = from + size;
        inPieces.add({
          timesMs: whole.timesMs.subarray(from, end),
          cells: cells.subarray(from, end),
        });
      }
      expect(inPieces.result()).toEqual(tilingOf(whole, endMs, windowMs, cellCount));
    },
  );

  it("is 0 for independent Poisson cells, whatever their rate", () => {
    for (const rateHz of [1, 20]) {
      const process = { cellCount: 20, rateHz, durationMs: 100_000, seed: 4 };
      const { mean, standardDeviation, pairCount } = tilingOf(
        poissonSpikes(process),
        100_000,
        10,
        20,
      );
      expect(pairCount).toBe(190);
      // Pairs share cells: the error of the mean is taken from the number of cells.
      expect(Math.abs(mean)).toBeLessThan((3 * standardDeviation) / Math.sqrt(20));
    }
  });
});

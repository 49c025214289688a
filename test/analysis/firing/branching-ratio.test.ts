import { describe, expect, it } from "vitest";
import { BranchingEstimator } from "../../../src/analysis/firing/branching-ratio.ts";
import { uniformNumbers } from "../random-deviates.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

const BIN_MS = 5;

/** Poisson deviate by Knuth's product of uniform numbers. */
function poisson(mean: number, random: () => number): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count++;
  return count;
}

/** Branching process with m = `ratio` and one new spike a bin, of which each spike is seen with a probability. */
function branchingSpikes(ratio: number, seen: number, binCount: number) {
  const random = uniformNumbers(7);
  const timesMs: number[] = [];
  for (let [bin, active] = [0, 10]; bin < binCount; bin++) {
    for (let k = 0; k < active; k++) if (random() < seen) timesMs.push((bin + 0.5) * BIN_MS);
    active = poisson(ratio * active + 1, random);
  }
  return { timesMs: Float64Array.from(timesMs), cells: new Uint32Array(timesMs.length) };
}

const estimate = (spikes: ReturnType<typeof poissonSpikes>, durationMs: number) => {
  const estimator = new BranchingEstimator(Uint32Array.of(0), { startMs: 0, endMs: durationMs });
  estimator.add(spikes);
  return estimator.result();
};

describe("the branching ratio", () => {
  const binCount = 60_000;

  it("is m of a branching process, whatever part of its spikes is seen", () => {
    for (const [seen, within] of [
      [1, 0.01],
      [0.1, 0.03],
    ] as const) {
      const { ratio, amplitude, timeConstantMs } = estimate(
        branchingSpikes(0.9, seen, binCount),
        binCount * BIN_MS,
      );
      expect(Math.abs(ratio - 0.9)).toBeLessThan(within);
      expect(timeConstantMs).toBeCloseTo(-BIN_MS / Math.log(ratio), 9);
      // Var A = ⟨A⟩ / (1 − m²), so b = p / (p + (1 − p) (1 − m²)).
      const expected = seen / (seen + (1 - seen) * (1 - 0.81));
      expect(Math.abs(amplitude - expected)).toBeLessThan(0.08);
    }
  });

  it("is undefined for independent spikes and none at all", () => {
    const spikes = poissonSpikes({ cellCount: 1, rateHz: 200, durationMs: 60_000, seed: 3 });
    const { ratio, pValue } = estimate(spikes, 60_000);
    expect(ratio).toBeNaN();
    expect(pValue).toBeGreaterThan(0.05);
    const none = { timesMs: new Float64Array(), cells: new Uint32Array() };
    expect(estimate(none, 60_000).ratio).toBeNaN();
  });

  it("has the slopes of the regressions, block by block and over long silence", () => {
    const random = uniformNumbers(5);
    const counts = Array.from({ length: 500 }, (_, bin) =>
      bin > 200 && bin < 300 ? 0 : Math.floor(4 * random()),
    );
    const timesMs = counts.flatMap((count, bin) => Array<number>(count).fill(5 * bin + 1));
    const cells = new Uint32Array(timesMs.length);
    const estimator = new BranchingEstimator(Uint32Array.of(0), { startMs: 0, endMs: 2500 });
    for (let k = 0; k < cells.length; k += 7) {
      const block = { timesMs: timesMs.slice(k, k + 7), cells: cells.slice(k, k + 7) };
      estimator.add({ ...block, timesMs: Float64Array.from(block.timesMs) });
    }
    const mean = cells.length / 500;
    const meanProduct = (k: number) =>
      counts.slice(k).reduce((sum, count, t) => sum + count * counts[t]!, 0) / (500 - k);
    const { slopes } = estimator.result();
    for (const k of [1, 2, 17, 40]) {
      const slope = (meanProduct(k) - mean ** 2) / (meanProduct(0) - mean ** 2);
      expect(slopes[k - 1]).toBeCloseTo(slope, 9);
    }
  });
});

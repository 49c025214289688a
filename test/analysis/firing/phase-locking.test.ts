import { describe, expect, it } from "vitest";
import { PhaseLocking } from "../../../src/analysis/firing/phase-locking.ts";
import { rayleighTest } from "../../../src/analysis/firing/rayleigh-test.ts";
import type { Spikes } from "../../../src/analysis/firing/spikes.ts";
import { uniformNumbers } from "../random-deviates.ts";
import { modulatedSpikes } from "../synthetic-spikes.ts";

const cell = Uint32Array.of(0);

function lockingOf(spikes: Spikes, periodMs: number, endMs: number) {
  const parts = [{ originMs: 0, startMs: 0, endMs }];
  const locking = new PhaseLocking([cell], { periodMs, parts });
  locking.add(spikes);
  return locking.result().groups[0]!;
}

const spikesAt = (timesMs: number[], cells = timesMs.map(() => 0)): Spikes => ({
  timesMs: Float64Array.from(timesMs),
  cells: Uint32Array.from(cells),
});

describe("Rayleigh's test", () => {
  it.each([
    // Critical values of n R² (Zar 2010, Biostatistical Analysis, table B.34).
    [10, 2.919, 0.05],
    [20, 2.958, 0.05],
    [50, 2.98, 0.05],
  ])("has the tabulated significance for %d phases", (count, critical, significance) => {
    expect(rayleighTest(Math.sqrt(critical / count), count)).toBeCloseTo(significance, 3);
  });

  it("rejects uniform phases as often as its level says", () => {
    const random = uniformNumbers(5);
    const trials = 4000;
    let rejected = 0;
    for (let trial = 0; trial < trials; trial++) {
      let [x, y] = [0, 0];
      for (let k = 0; k < 12; k++) {
        const phase = 2 * Math.PI * random();
        x += Math.cos(phase);
        y += Math.sin(phase);
      }
      if (rayleighTest(Math.hypot(x, y) / 12, 12) < 0.05) rejected++;
    }
    expect(Math.abs(rejected / trials - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / trials));
  });
});

describe("phase locking", () => {
  it("of a rate λ (1 + d sin ωt) has the vector strength d / 2 and the phase π / 2", () => {
    const depth = 0.09;
    const interval = { startMs: 0, endMs: 400_000 };
    const process = { rateHz: 1000, modulationHz: 8, depth, interval, seed: 3 };
    const { spikeCount, vectorStrength, meanPhaseRad, rayleighP, chanceStrength } = lockingOf(
      modulatedSpikes(process),
      125,
      400_000,
    );
    const error = Math.sqrt(1 / (2 * spikeCount));
    expect(Math.abs(vectorStrength - depth / 2)).toBeLessThan(3 * error);
    expect(Math.abs(meanPhaseRad - Math.PI / 2)).toBeLessThan((3 * error) / (depth / 2));
    expect(rayleighP).toBeLessThan(1e-100);
    expect(chanceStrength).toBeCloseTo(Math.sqrt(3 / spikeCount), 4);
  });

  it("is complete for spikes at one phase, and none for opposite ones", () => {
    const one = lockingOf(spikesAt([25, 125, 225, 325]), 100, 400);
    expect(one.vectorStrength).toBeCloseTo(1, 12);
    expect(one.meanPhaseRad).toBeCloseTo(Math.PI / 2, 12);
    expect(lockingOf(spikesAt([25, 175]), 100, 400).vectorStrength).toBeCloseTo(0, 12);
    const none = lockingOf(spikesAt([]), 100, 400);
    expect(none).toMatchObject({ spikeCount: 0, vectorStrength: Number.NaN, periodP: Number.NaN });
  });

  it("does not take volleys of dependent spikes for locking, by the resultants of periods", () => {
    const random = uniformNumbers(8);
    const trials = 400;
    const rejected = { rayleigh: 0, period: 0 };
    for (let trial = 0; trial < trials; trial++) {
      // 20 cells fire together once a period, at random phases.
      const timesMs = Array.from({ length: 40 }, (_, k) => 100 * (k + random())).flatMap((timeMs) =>
        Array.from({ length: 20 }, () => timeMs),
      );
      const { rayleighP, periodP } = lockingOf(spikesAt(timesMs), 100, 4000);
      if (rayleighP < 0.05) rejected.rayleigh++;
      if (periodP < 0.05) rejected.period++;
    }
    expect(rejected.rayleigh / trials).toBeGreaterThan(0.7);
    expect(Math.abs(rejected.period / trials - 0.05)).toBeLessThan(0.035);
  });

  it("counts spikes of whole periods in every part, each from its own origin", () => {
    const parts = [
      { originMs: 0, startMs: 50, endMs: 320 },
      { originMs: 1030, startMs: 1030, endMs: 1250 },
    ];
    const groups = [Uint32Array.of(0, 2), Uint32Array.of(3)];
    const deathTimesMs = Float64Array.of(Infinity, Infinity, 200, Infinity);
    const locking = new PhaseLocking(
      groups,
      { periodMs: 100, parts },
      { binCount: 4, deathTimesMs },
    );
    // Whole periods: 100 to 300 and 1030 to 1230 ms.
    const timesMs = [60, 100, 130, 199, 299, 300, 1029, 1030, 1080, 1229, 1240];
    const cells = [0, 0, 2, 3, 0, 0, 0, 2, 0, 1, 0];
    for (const half of [0, 5]) {
      const end = half === 0 ? 5 : 11;
      locking.add(spikesAt(timesMs.slice(half, end), cells.slice(half, end)));
    }
    const { periodCount, binMs, groups: found } = locking.result();
    expect({ periodCount, binMs }).toEqual({ periodCount: 4, binMs: 25 });
    expect([...found[0]!.counts]).toEqual([2, 1, 1, 1]);
    expect([...found[1]!.counts]).toEqual([0, 0, 0, 1]);
    // Cell 0 lives for 400 ms, cell 2 for 100 ms.
    expect(found[0]!.rateHz[0]).toBeCloseTo(2 / (0.5 / 4), 12);
    expect(found[1]!.rateHz[3]).toBeCloseTo(1 / (0.4 / 4), 12);
  });
});

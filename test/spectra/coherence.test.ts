import { describe, expect, it } from "vitest";
import type { Spikes } from "../../src/analysis/firing/spikes.ts";
import { SegmentedCoherence } from "../../src/spectra/coherence.ts";
import { poissonSpikes } from "../analysis/synthetic-spikes.ts";

const [first, second] = [Uint32Array.of(0), Uint32Array.of(1)];

const coherenceOf = (spikes: Spikes, durationMs: number) => {
  const estimator = new SegmentedCoherence(first, second, { startMs: 0, endMs: durationMs });
  for (let k = 0; k < spikes.cells.length; k += 1000) {
    const timesMs = spikes.timesMs.slice(k, k + 1000);
    estimator.add({ timesMs, cells: spikes.cells.slice(k, k + 1000) });
  }
  return estimator.result();
};

const mean = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the coherence", () => {
  const durationMs = 40 * 20_480;
  // Three independent Poisson trains; the third is shared, 20 ms later by the second signal.
  const sources = poissonSpikes({ cellCount: 3, rateHz: 40, durationMs, seed: 8 });

  it("of two Poisson trains with half of their spikes in common is 1/4, with the phase of their delay", () => {
    const shared = [...sources.timesMs].flatMap((timeMs, k) =>
      sources.cells[k] === 2
        ? [
            { timeMs, cell: 0 },
            { timeMs: timeMs + 20, cell: 1 },
          ]
        : [{ timeMs, cell: sources.cells[k]! }],
    );
    shared.sort((a, b) => a.timeMs - b.timeMs);
    const { frequenciesHz, coherence, phaseRad, confidenceLevel, ...rest } = coherenceOf(
      {
        timesMs: Float64Array.from(shared, ({ timeMs }) => timeMs),
        cells: Uint32Array.from(shared, ({ cell }) => cell),
      },
      durationMs,
    );
    expect(rest).toEqual({ segmentCount: 160, segmentS: 5.12 });
    expect(frequenciesHz[512]).toBe(100);
    // C = λ_c² / λ² with a bias of (1 − C)² / n for n = 1120.
    expect(Math.abs(mean(coherence.slice(8)) - 0.25)).toBeLessThan(0.01);
    expect(confidenceLevel).toBeCloseTo(1 - 0.05 ** (1 / 1119), 12);
    const f = frequenciesHz.indexOf(6.25);
    expect(mean(phaseRad.slice(f - 2, f + 3))).toBeCloseTo(2 * Math.PI * 6.25 * 0.02, 1);
  });

  it("of independent trains exceeds its confidence level at 5 % of the frequencies", () => {
    const { coherence, confidenceLevel } = coherenceOf(sources, durationMs);
    const above = coherence.filter((value) => value > confidenceLevel).length / coherence.length;
    expect(above).toBeGreaterThan(0.03);
    expect(above).toBeLessThan(0.07);
    expect(mean(coherence)).toBeCloseTo(1 / 1120, 4);
  });

  it("with a signal that is silent, or constant, is no number", () => {
    const isFirst = [...sources.cells].map((cell) => cell === 0);
    const timesMs = sources.timesMs.filter((_, k) => isFirst[k]);
    const silent = coherenceOf({ timesMs, cells: new Uint32Array(timesMs.length) }, durationMs);
    expect(silent.coherence).toEqual(silent.coherence.map(() => Number.NaN));
    expect(silent.coherence).toHaveLength(513);
  });

  it("of a short interval has one segment, and of hardly any time none", () => {
    expect(coherenceOf(sources, 1000)).toMatchObject({ segmentCount: 1, segmentS: 0.64 });
    expect(coherenceOf(sources, 150).coherence.length).toBe(0);
  });
});

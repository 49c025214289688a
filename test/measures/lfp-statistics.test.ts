import { describe, expect, it } from "vitest";
import { lfpStatistics } from "../../src/measures/lfp-statistics.ts";
import type { RunReader } from "../../src/recording/run-reader.ts";

const everyMs = 1;

/** A record of two cells of layer 5, whose AMPA contribution is given and the others are constant. */
function recordOf(count: number, ampaMv: (timeMs: number, cell: number) => number): RunReader {
  const timesMs = Float64Array.from({ length: count }, (_, k) => k * everyMs);
  const cells = [0, 1];
  const filled = (value: number) => new Float64Array(count * cells.length).fill(value);
  const block = {
    timesMs,
    ampaMv: Float64Array.from(filled(0), (_, k) => ampaMv(timesMs[k >> 1]!, k & 1)),
    nmdaMv: filled(0),
    gabaProximalMv: filled(-2),
    gabaDistalMv: filled(-1),
  };
  const potentials = { cells, schedule: { everyMs }, blocks: () => [block] };
  const population = { name: "E5R", layer: 5, firstCell: 0, cellCount: 2, cellClass: "E" };
  const manifest = { populations: [population] };
  return { potentials, manifest } as unknown as RunReader;
}

const interval = { startMs: 0, endMs: 20_000 };

describe("statistics of an LFP proxy", () => {
  it("have the power of a sine in its band, and its frequency as the peak", () => {
    // An amplitude of 2 mV has a mean square of 2 mV².
    const record = recordOf(20_000, (timeMs) => 6 + 2 * Math.sin(2 * Math.PI * 0.02 * timeMs));
    const [layer, ...others] = lfpStatistics(record, interval);
    expect(others).toEqual([]);
    expect(layer).toMatchObject({ layer: 5, cells: 2 });
    expect(layer!.meanMv).toBeCloseTo(9, 6);
    expect(layer!.standardDeviationMv).toBeCloseTo(Math.SQRT2, 6);
    expect(layer!.inhibitoryPart).toBeCloseTo(1 / 3, 6);
    const { peakHz, bands, segmentCount, segmentS } = layer!.spectrum!;
    expect({ segmentCount, segmentS }).toEqual({ segmentCount: 4, segmentS: 5 });
    expect(Math.abs(peakHz - 20)).toBeLessThan(0.8);
    expect(bands.map(({ band }) => band)).toEqual(["delta", "theta", "alpha", "beta", "gamma"]);
    for (const { band, powerMv2 } of bands) {
      if (band === "beta") expect(powerMv2).toBeCloseTo(2, 2);
      else expect(powerMv2).toBeLessThan(0.01);
    }
  });

  it("have no spectrum of few readings, or where no cell lives", () => {
    expect(
      lfpStatistics(
        recordOf(10, () => 1),
        interval,
      )[0]!.spectrum,
    ).toBeNull();
    const dying = recordOf(20_000, (timeMs) => (timeMs < 15_000 ? 1 : Number.NaN));
    const [layer] = lfpStatistics(dying, interval);
    expect(layer!.spectrum).toBeNull();
    expect(layer!.meanMv).toBeCloseTo(4, 9);
    expect(layer!.inhibitoryPart).toBeCloseTo(3 / 4, 9);
  });

  it("are of no layer where no potentials are recorded", () => {
    const { manifest } = recordOf(1, () => 1);
    expect(lfpStatistics({ manifest } as RunReader, interval)).toEqual([]);
  });
});

import { describe, expect, it, test } from "vitest";
import type { Spikes } from "../../../src/analysis/firing/spikes.ts";
import { FourierInformation } from "../../../src/analysis/transmission/fourier-information.ts";
import {
  type FourierInformationOptions,
  InformationError,
} from "../../../src/analysis/transmission/information-layout.ts";
import type { Trial } from "../../../src/analysis/transmission/trials.ts";
import { alternatingTrials, jitteredSpikes, linearResponses } from "../stimulated-spikes.ts";
import { poissonSpikes } from "../synthetic-spikes.ts";

const single = (count: number) => Array.from({ length: count }, (_, cell) => Uint32Array.of(cell));

function informationOf(
  spikes: Spikes,
  trains: readonly Uint32Array[],
  trials: readonly Trial[],
  options?: FourierInformationOptions,
) {
  const information = new FourierInformation(trains, trials, options);
  for (let k = 0; k < spikes.cells.length; k += 1000) {
    information.add({
      timesMs: spikes.timesMs.subarray(k, k + 1000),
      cells: spikes.cells.subarray(k, k + 1000),
    });
  }
  return information.result();
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("rates that follow a normal signal", () => {
  // Signal over noise is 200 · 0.3² / (2 · 10) = 0.9 up to 10 Hz, and none above.
  const response = { cellCount: 3, rateHz: 200, depth: 0.3, bandwidthHz: 10 };
  const trials = alternatingTrials(20, 10_000);
  const options = { mostHz: 20, groups: [[0, 1, 2]] };
  const results = [1, 2].map((seed) =>
    informationOf(
      linearResponses(trials, { ...response, seed: 100 * seed }),
      [...single(3), Uint32Array.of(0, 1, 2)],
      trials,
      options,
    ),
  );

  it("tell what Shannon's formula says, and nothing beyond the signal's band", () => {
    for (const { trains, frequenciesHz } of results) {
      expect([frequenciesHz[0], frequenciesHz.length]).toEqual([0.55, 20]);
      for (const { cumulative, standardError } of trains.slice(0, 3)) {
        const wanted = 10 * Math.log2(1.9);
        expect(Math.abs(cumulative[9]! - wanted)).toBeLessThan(3 * standardError[9]!);
        expect(Math.abs(cumulative[19]! - cumulative[9]!)).toBeLessThan(3 * standardError[9]!);
        // 10 trials, 10 frequencies a band: ψ′(90) twice in each of 10 bands.
        expect(standardError[9]).toBeCloseTo(Math.sqrt(10 * 2 * 0.01117) / Math.LN2, 2);
      }
    }
  });

  it("tell more together, the noise of cells being independent", () => {
    const wanted = 10 * Math.log2(1 + 3 * 0.9);
    const found = results.map(({ groups }) => groups[0]!);
    for (const { cumulative, standardError, trains } of found) {
      expect(trains).toEqual([0, 1, 2]);
      expect(Math.abs(cumulative[9]! - wanted)).toBeLessThan(3 * standardError[9]!);
    }
    // As all cells follow the same signal, their sum tells as much.
    for (const { trains } of results) {
      const { cumulative, standardError } = trains[3]!;
      expect(Math.abs(cumulative[9]! - wanted)).toBeLessThan(3 * standardError[9]!);
    }
  });
});

describe("spikes that do not depend on the input", () => {
  /** Errors in units of the standard error, of many small estimates. */
  function deviations(trials: readonly Trial[], options: FourierInformationOptions) {
    return Array.from({ length: 30 }, (_, seed) => {
      const durationMs = trials.at(-1)!.endMs;
      const spikes = poissonSpikes({ cellCount: 4, rateHz: 40, durationMs, seed: 71 + seed });
      const { trains, groups } = informationOf(spikes, single(4), trials, options);
      return [...trains.slice(0, 1), ...groups].map(
        ({ cumulative, standardError }) => cumulative.at(-1)! / standardError.at(-1)!,
      );
    });
  }

  it.each([
    ["two trials of each kind", alternatingTrials(4, 1000), { segmentsPerTrial: 1 }],
    [
      "six unique trials and two repeats",
      alternatingTrials(4, 1000).concat(
        Array.from({ length: 4 }, (_, k) => ({
          startMs: 4000 + 1000 * k,
          endMs: 5000 + 1000 * k,
          input: "unique" as const,
        })),
      ),
      { segmentsPerTrial: 1 },
    ],
    ["two trials in four segments", alternatingTrials(4, 4000), { segmentsPerTrial: 4 }],
  ] as const)("tell nothing, without bias, in %s", (_, trials, layout) => {
    const found = deviations(trials, { ...layout, mostHz: 60, bandHz: 6, groups: [[0, 1, 2, 3]] });
    for (const place of [0, 1]) {
      const values = found.map((one) => one[place]!);
      expect(Math.abs(meanOf(values))).toBeLessThan(3 / Math.sqrt(values.length));
      const spread = Math.sqrt(meanOf(values.map((value) => value ** 2)));
      expect(spread).toBeGreaterThan(0.6);
      expect(spread).toBeLessThan(1.4);
    }
  });
});

describe("repeats with jitter", () => {
  const trials = alternatingTrials(10, 20_000);
  const found = (jitterMs: number, rateHz = 40, options?: FourierInformationOptions) =>
    informationOf(
      jitteredSpikes(trials, { rateHz, jitterMs, seed: 81 }),
      single(1),
      trials,
      // A spike that jitter takes across the end of a segment would be noise of both.
      { segmentsPerTrial: 1, ...options },
    ).trains[0]!;

  /** Σ −log₂ of the noise's part of all power, its mean over the frequencies of each band. */
  const wanted = (jitterMs: number, bandCount: number) => {
    const noise = (hz: number) => 1 - Math.exp(-((2 * Math.PI * hz * jitterMs * 1e-3) ** 2));
    const offsets = Array.from({ length: 20 }, (_, k) => 0.05 * (k + 1));
    const bands = Array.from({ length: bandCount }, (_, band) =>
      Math.log2(meanOf(offsets.map((hz) => noise(band + hz)))),
    );
    return -bands.reduce((sum, value) => sum + value, 0);
  };

  it.each([10, 4, 1, 0.1])("of %d ms tell what the jitter leaves", (jitterMs) => {
    const { cumulative, standardError } = found(jitterMs, 40, { mostHz: 20 });
    const deviation = Math.abs(cumulative.at(-1)! - wanted(jitterMs, 20));
    expect(deviation).toBeLessThan(3 * standardError.at(-1)!);
    expect(standardError.at(-1)).toBeLessThan(1.1);
  });

  it("tell the more the smaller it is, and without any nearly all that numbers hold", () => {
    const total = [10, 1, 0.1, 0.01, 0].map((jitterMs) => found(jitterMs).cumulative.at(-1)!);
    total.slice(1).forEach((value, k) => {
      expect(value).toBeGreaterThan(total[k]! + 200);
    });
    expect(total.at(-1)).toBeGreaterThan(4 * total.at(-2)!);
  });

  it.each([1, 4])("of %d ms: half the rate of sparse spikes is where to stop", (jitterMs) => {
    // Of a sparse Poisson train: entropy of the train less that of each spike's jitter.
    const rateHz = 5;
    const jitterEntropy = Math.log(2 * Math.PI * Math.E * (jitterMs * 1e-3) ** 2) / 2;
    const exact = (rateHz * (1 - Math.log(rateHz) - jitterEntropy)) / Math.LN2;
    const { bitsPerS, limitHz, cumulative } = found(jitterMs, rateHz);
    // The repeated train has 100 spikes, give or take 10.
    expect(Math.abs(limitHz - 2.5)).toBeLessThan(0.4);
    expect(Math.abs(bitsPerS / exact - 1)).toBeLessThan(0.15);
    expect(cumulative.at(-1)).toBeGreaterThan(4 * exact);
  });
});

test("block by block gives the same bits, and spikes outside trials do not count", () => {
  const trials = alternatingTrials(6, 2000).slice(1, 5);
  const spikes = poissonSpikes({ cellCount: 3, rateHz: 30, durationMs: 12_000, seed: 91 });
  const trains = [Uint32Array.of(0), Uint32Array.of(1, 0)];
  const once = new FourierInformation(trains, trials);
  once.add(spikes);
  const result = once.result();
  expect(informationOf(spikes, trains, trials)).toEqual(result);
  const inside = [...spikes.timesMs.keys()].filter(
    (k) => spikes.timesMs[k]! >= 2000 && spikes.timesMs[k]! < 10_000,
  );
  const [own, both] = result.trains;
  const count = (cells: readonly number[]) =>
    inside.filter((k) => cells.includes(spikes.cells[k]!)).length;
  expect(own!.uniqueSpikes + own!.repeatSpikes).toBe(count([0]));
  expect(both!.uniqueSpikes + both!.repeatSpikes).toBe(count([0, 1]));
  expect(result.trialCounts).toEqual({ unique: 2, repeat: 2 });
});

test("silent trains tell nothing, those of one kind of trial cannot be told", () => {
  const trials = alternatingTrials(4, 1000);
  const spikes = poissonSpikes({ cellCount: 1, rateHz: 30, durationMs: 4000, seed: 92 });
  const late = { timesMs: Float64Array.of(...spikes.timesMs, 3500), cells: spikes.cells };
  late.timesMs.sort();
  const cells = Uint32Array.of(...spikes.cells, 2);
  const { trains, groups } = informationOf({ timesMs: late.timesMs, cells }, single(3), trials, {
    groups: [[0, 1, 2], [1]],
    mostHz: 50,
    bandHz: 5,
  });
  expect(trains[1]).toMatchObject({ bitsPerS: 0, limitHz: 0, uniqueSpikes: 0 });
  expect(trains[2]!.bitsPerS).toBeNaN();
  expect(groups[0]!.trains).toEqual([0]);
  expect(groups[0]!.density).toEqual(trains[0]!.density);
  expect(groups[1]).toMatchObject({ trains: [], bitsPerS: 0 });
});

describe("what allows no estimate is refused", () => {
  const trials = alternatingTrials(4, 1000);
  const refused = (given: readonly Trial[], options?: FourierInformationOptions) => () =>
    new FourierInformation(single(12), given, options);

  it.each([
    ["too few repeats", refused(trials.slice(0, 3)), "1 complete repeat trials"],
    ["no trials", refused([]), "0 complete unique trials"],
    [
      "trials of several durations",
      refused([...trials, { startMs: 4000, endMs: 4500, input: "unique" }]),
      "Trials last 500 to 1000 ms",
    ],
    ["trials that overlap", refused([trials[0]!, ...trials]), "Trials overlap"],
    ["half a segment", refused(trials, { segmentsPerTrial: 0.5 }), "into 0.5 segments"],
    ["bands wider than all", refused(trials, { mostHz: 0.5 }), "no band of 1 Hz below 0.5 Hz"],
    ["a strange train", refused(trials, { groups: [[0, 12]] }), "contains train 12"],
    [
      "groups larger than what is known of them",
      refused(trials, { groups: [[0, 1, 2, 3, 4]], bandHz: 4 }),
      "A group of 5 trains requires as many independent coefficients in each band, but there are 4",
    ],
  ])("%s", (_, create, message) => {
    expect(create).toThrow(InformationError);
    expect(create).toThrow(message);
  });
});

import { expect, it } from "vitest";
import { populationSpectra } from "../../src/analysis/population-spectra.ts";

const cells = Uint32Array.of(0, 1, 2);
const interval = { startMs: 1000, endMs: 41_000 };

/** A reproducible sequence of numbers in [0, 1). */
function* uniformNumbers(seed: number) {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Poisson spikes whose rate swings at `modulationHz`. */
function modulatedSpikes(rateHz: number, modulationHz: number, depth: number) {
  const random = uniformNumbers(7);
  const times: number[] = [];
  const most = (rateHz * (1 + depth)) / 1000;
  let timeMs = interval.startMs;
  for (;;) {
    timeMs -= Math.log(1 - random.next().value!) / most;
    if (timeMs >= interval.endMs) break;
    const rate = 1 + depth * Math.sin((2 * Math.PI * modulationHz * timeMs) / 1000);
    if (random.next().value! * (1 + depth) < rate) times.push(timeMs);
  }
  return { timesMs: Float64Array.from(times), cells: new Uint32Array(times.length) };
}

it("finds the frequency at which a rate swings", () => {
  const spikes = modulatedSpikes(400, 23.2, 0.8);
  const { frequenciesHz, normalisedPower } = populationSpectra([spikes], [cells], interval);
  const [power] = normalisedPower;
  const peak = power!.indexOf(Math.max(...power!));
  expect(Math.abs(frequenciesHz[peak]! - 23.2)).toBeLessThanOrEqual(0.5);
});

it("spreads the power of unmodulated spikes evenly, with a sum of 1", () => {
  const spikes = modulatedSpikes(400, 1, 0);
  const { frequenciesHz, normalisedPower } = populationSpectra([spikes], [cells], interval, {
    bandHz: 10,
  });
  const widthHz = frequenciesHz[1]! - frequenciesHz[0]!;
  const sum = normalisedPower[0]!.reduce((total, power) => total + power * widthHz, 0);
  expect(sum).toBeCloseTo(1, 9);
  for (const power of normalisedPower[0]!) expect(power).toBeCloseTo(0.01, 2);
});

it("counts each group's spikes, whatever the blocks they come in", () => {
  const { timesMs } = modulatedSpikes(200, 11, 0.5);
  const both = { timesMs, cells: Uint32Array.from(timesMs, (_, k) => k % 2) };
  const blocks = [0, 1, 2, 3].map((quarter) => {
    const from = Math.floor((timesMs.length * quarter) / 4);
    const to = Math.floor((timesMs.length * (quarter + 1)) / 4);
    return { timesMs: timesMs.subarray(from, to), cells: both.cells.subarray(from, to) };
  });
  const groups = [Uint32Array.of(0), Uint32Array.of(1)];
  const whole = populationSpectra([both], groups, interval);
  expect(populationSpectra(blocks, groups, interval)).toEqual(whole);
  expect(whole.normalisedPower[0]).not.toEqual(whole.normalisedPower[1]);
});

it("gives no power where nothing fires", () => {
  const silent = { timesMs: new Float64Array(0), cells: new Uint32Array(0) };
  const { normalisedPower } = populationSpectra([silent], [cells], interval);
  expect(Math.max(...normalisedPower[0]!)).toBe(0);
});

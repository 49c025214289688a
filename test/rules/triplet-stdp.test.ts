import { expect, it } from "vitest";
import { afterArrival, afterSpike } from "../../src/rules/triplet-stdp.ts";
import { prepare } from "../reference-engine/laboratory.ts";

const rule = [0.0065, 0.0071, 16.8, 33.7, 114, 10] as const;

it("depresses by A₂⁻ o₁ at an arrival and potentiates by A₃⁺ r₁ o₂ at a spike", () => {
  expect(afterArrival(1, 0.5, 9, ...rule)).toBeCloseTo(1 - 0.0071 * 0.5, 15);
  expect(afterSpike(1, 0.5, 0.8, ...rule)).toBeCloseTo(1 + 0.0065 * 0.5 * 0.8, 15);
  expect(afterArrival(0.001, 5, 0, ...rule)).toBe(0);
  expect(afterSpike(10, 5, 5, ...rule)).toBe(10);
});

it("changes a gain as the model's equations do, in a train of arrivals and spikes", () => {
  const delayMs = 4;
  const [sourceMs, targetMs] = [
    [20, 60, 100],
    [30, 50, 70, 130],
  ] as const;
  const { advance, engine } = prepare({
    cells: [2],
    synapses: [[0, 1, delayMs, 1]],
    training: [
      ...sourceMs.map((ms) => [ms, 0] as const),
      ...targetMs.map((ms) => [ms, 1] as const),
    ].sort(([a], [b]) => a - b),
    parameters: {
      tripletPotentiation: 0.5,
      tripletDepression: 0.1,
      afterhyperpolarizationTimeConstantEMs: 1,
    },
  });
  advance(200);
  let gain = 1;
  const arrivalsMs = sourceMs.map((ms) => ms + delayMs);
  const trace = (times: readonly number[], nowMs: number, timeConstantMs: number) =>
    times
      .filter((ms) => ms < nowMs)
      .reduce((sum, ms) => sum + Math.exp((ms - nowMs) / timeConstantMs), 0);
  for (const ms of [...arrivalsMs, ...targetMs].sort((a, b) => a - b)) {
    if (arrivalsMs.includes(ms)) gain -= 0.1 * trace(targetMs, ms, 33.7);
    else gain += 0.5 * trace(arrivalsMs, ms, 16.8) * trace(targetMs, ms, 114);
  }
  expect(engine.plasticGains()[0]).toBeCloseTo(gain, 12);
});

import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { afterArrival, afterSpike } from "../../src/rules/inhibitory-stdp.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { gainsBetween, ratesHz } from "./column.ts";

it("steps by η (x − α) at an arrival and by η x at a spike, within its bounds", () => {
  const rule = [0.1, 5, 20, 3] as const;
  const alpha = 2 * 0.005 * 20;
  expect(afterArrival(1, 0.7, 0, ...rule)).toBeCloseTo(1 + 0.1 * (0.7 - alpha), 15);
  expect(afterSpike(1, 0.7, 0, ...rule)).toBeCloseTo(1.07, 15);
  expect(afterArrival(0.01, 0, 0, ...rule)).toBe(0);
  expect([afterArrival(3, 9, 0, ...rule), afterSpike(3, 9, 0, ...rule)]).toEqual([3, 3]);
});

it("brings the rate of E cells towards its target through I→E gains alone", () => {
  const run = (inhibitoryStdpTargetHz: number) => {
    const parameters = resolveParameters({
      protocol: "training",
      scaling: false,
      baselineDurationS: 0,
      learningDurationS: 16,
      recallDurationS: 0,
      plasticIncrementEE: 0,
      trainingRateHz: 0,
      inhibitoryStdpIncrement: 0.3,
      inhibitoryStdpTargetHz,
    });
    const simulation = new Simulation(parameters);
    simulation.advance(12_000, () => {});
    const rates = ratesHz(simulation, 16_000);
    return { rates, network: simulation.network, gains: simulation.plasticGains() };
  };
  const [low, high] = [run(0.3), run(4)];
  // 0.6 Hz without the rule.
  expect(low.rates.E).toBeLessThan(0.75);
  expect(high.rates.E).toBeGreaterThan(1);
  expect(gainsBetween(low.network, low.gains, "I", "E").mean).toBeGreaterThan(
    gainsBetween(high.network, high.gains, "I", "E").mean,
  );
  for (const [from, onto] of [
    ["E", "E"],
    ["E", "I"],
    ["I", "I"],
  ] as const) {
    expect(gainsBetween(high.network, high.gains, from, onto)).toEqual({ mean: 1, max: 1 });
  }
});

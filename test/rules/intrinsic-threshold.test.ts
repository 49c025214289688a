import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { effectOf, valueAfter, valueAfterSpike } from "../../src/rules/intrinsic-threshold.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import { ratesHz } from "./column.ts";

it("rises by a step at a spike, falls by as much in one interval at the target rate", () => {
  const rule = [0.5, 4, 3] as const;
  const raised = valueAfterSpike(1, ...rule);
  expect(raised).toBe(1.5);
  expect(valueAfter(raised, 250, ...rule)).toBeCloseTo(1, 15);
  expect([valueAfterSpike(2.8, ...rule), valueAfter(-2.9, 500, ...rule)]).toEqual([3, -3]);
  expect(effectOf(1.5, ...rule)).toBe(1.5);
});

it("brings the rates of E cells to its target", () => {
  const rateAt = (intrinsicThresholdTargetHz: number) => {
    const parameters = resolveParameters({
      protocol: "training",
      scaling: false,
      baselineDurationS: 14,
      learningDurationS: 0,
      recallDurationS: 0,
      intrinsicThresholdStepMv: 0.5,
      intrinsicThresholdTargetHz,
      intrinsicThresholdBoundMv: 15,
    });
    const simulation = new Simulation(parameters);
    simulation.advance(10_000, () => {});
    return ratesHz(simulation, 14_000).E;
  };
  // 0.6 Hz without the rule.
  expect(rateAt(0.3)).toBeLessThan(0.4);
  expect(rateAt(2)).toBeCloseTo(2, 0);
});

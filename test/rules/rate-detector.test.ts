import { expect, it } from "vitest";
import { effectOf, valueAfter, valueAfterSpike } from "../../src/rules/rate-detector.ts";
import { prepare } from "../reference-engine/laboratory.ts";

it("averages the rate, and scales depression by its square", () => {
  const rule = [10, 200] as const;
  let rateHz = 0;
  for (let spike = 0; spike < 400; spike++) {
    rateHz = valueAfterSpike(valueAfter(rateHz, 50, ...rule), ...rule);
  }
  // Between spikes it falls from above the rate of 20 Hz to below it.
  expect(valueAfter(rateHz, 25, ...rule)).toBeCloseTo(20, 0);
  expect([effectOf(10, ...rule), effectOf(20, ...rule)]).toEqual([1, 4]);
});

it("multiplies the depression of a synapse by (ν/κ)² of its target", () => {
  const gainAt = (rateDetectorTargetHz: number) => {
    const { advance, engine } = prepare({
      cells: [2],
      synapses: [[0, 1, 500, 1]],
      training: [
        [24, 1],
        [44, 0],
      ],
      parameters: {
        plasticIncrementEE: 0.01,
        rateDetectorTargetHz,
        rateDetectorTimeConstantMs: 100,
      },
    });
    advance(100);
    return engine.plasticGains()[0]!;
  };
  const step = 0.01 * (1 / 10) * Math.exp(-1);
  expect(gainAt(0)).toBeCloseTo(1 - step, 15);
  const rateHz = 10 * Math.exp(-20 / 100);
  expect(gainAt(4)).toBeCloseTo(1 - step * (rateHz / 4) ** 2, 15);
});

import { describe, expect, it } from "vitest";
import {
  brieflyDecayedRate,
  decayedRate,
  integralAfter,
  risenRate,
  scaledWeight,
  scaleFactorAfter,
  targetRate,
} from "../../src/rules/scaling.ts";

describe("the rate sensor", () => {
  it("decays exponentially, over short times by a polynomial of the same bits", () => {
    expect(decayedRate(0.005, 2)).toBeCloseTo(0.005 * Math.exp(-2), 17);
    for (const steps of [0, 1e-6, 5e-5, 9.9e-5]) {
      expect(brieflyDecayedRate(0.005, steps)).toBe(decayedRate(0.005, steps));
    }
  });

  it("settles at r/(1 + r) for a steady rate r", () => {
    const [rateKhz, timeConstantMs] = [0.2, 1000];
    let sensed = 0;
    for (let spike = 0; spike < 20_000; spike++) {
      sensed = risenRate(decayedRate(sensed, 1 / rateKhz / timeConstantMs), timeConstantMs);
    }
    expect(sensed).toBeCloseTo(rateKhz / (1 + rateKhz), 3);
  });
});

describe("the controller", () => {
  it("takes β S e + γ S I to the scale factor, and e Δt to the integral", () => {
    expect(scaleFactorAfter(2, 0.003, 5, 0.1, 0.01)).toBeCloseTo(2 + 0.1 * 2 * 0.003 + 0.1, 15);
    expect(integralAfter(5, 0.003, 7)).toBe(5 + 0.003 * 7);
    expect(targetRate(30, 10_000)).toBe(0.003);
  });

  it("multiplies what grows and divides what shrinks", () => {
    expect([scaledWeight(3, 2, true), scaledWeight(3, 2, false)]).toEqual([6, 1.5]);
  });
});

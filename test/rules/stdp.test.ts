import { describe, expect, it } from "vitest";
import { depressed, depresses, learns, potentiated, potentiates } from "../../src/rules/stdp.ts";

describe("STDP", () => {
  it("potentiates by A (1 − G/max) exp(−d/20)", () => {
    expect(potentiated(2, 10, 0.01, 10)).toBeCloseTo(2 + 0.01 * 0.8 * Math.exp(-0.5), 15);
    expect(potentiated(10, 10, 0.01, 10)).toBe(10);
    expect(potentiated(20, 0, 30, 10)).toBe(0);
  });

  it("depresses by A (G/max) exp(−d/20), to 0 at least", () => {
    expect(depressed(2, 10, 0.01, 10)).toBeCloseTo(2 - 0.01 * 0.2 * Math.exp(-0.5), 15);
    expect(depressed(1, 0, 20, 10)).toBe(0);
  });

  it("reaches back 120 ms, inclusive for potentiation, exclusive for depression", () => {
    expect([119, 120, 121].map(potentiates)).toEqual([true, true, false]);
    expect([119, 120, 121].map(depresses)).toEqual([true, false, false]);
    // A cell that has not fired yet last fired at −∞.
    expect([potentiates(Infinity), depresses(Infinity)]).toEqual([false, false]);
  });

  it("learns from its start to its end, inclusive", () => {
    expect([9, 10, 20, 21].map((nowMs) => learns(nowMs, 10, 20))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

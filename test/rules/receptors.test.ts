import { describe, expect, it } from "vitest";
import { f64x2, type v128 } from "../../src/rules/prelude.ts";
import {
  added,
  bounded,
  decayed,
  deviation,
  drive,
  magnesiumBlock,
  NEGLIGIBLE_MV,
} from "../../src/rules/receptors.ts";

const lanes = (vector: v128) => [0, 1].map((lane) => f64x2.extract_lane(vector, lane));
const both = (first: number, second: number) => f64x2(first, second);

describe("deviations", () => {
  it("decay by their factors, negligible ones to 0", () => {
    const negligible = f64x2.splat(NEGLIGIBLE_MV);
    expect(lanes(decayed(both(4, 1e-11), both(0.5, 0.5), negligible))).toEqual([2, 0]);
    expect(lanes(decayed(both(1.1e-11, 0), both(1, 1), negligible))).toEqual([1.1e-11, 0]);
  });

  it("add up to Vm, bounded by rest", () => {
    const [excitation, inhibition] = [both(10, 3), both(2, 4)];
    expect(drive(excitation, inhibition)).toBe(7);
    expect(deviation(excitation, inhibition, 0.5)).toBe(6.5);
    expect([-70, -65, 3, 70].map((deviationMv) => bounded(deviationMv, -65))).toEqual([
      -65, -65, 3, 65,
    ]);
  });
});

describe("an input", () => {
  const excitatory = (weightsMv: v128, vmMv: number, deviationsMv = both(0, 0)) => {
    const slopes = f64x2.mul(weightsMv, both(1 / 65, 1 / 90));
    return lanes(added(deviationsMv, weightsMv, slopes, vmMv, both(Infinity, 90)));
  };
  const inhibitory = (weightsMv: v128, vmMv: number, deviationsMv = both(0, 0)) => {
    const slopes = f64x2.mul(weightsMv, both(-1 / 15, -1 / 15));
    return lanes(added(deviationsMv, weightsMv, slopes, vmMv, both(15, 15)));
  };

  it("moves its receptor in proportion to the driving force", () => {
    const [ampa, nmda] = excitatory(both(2, 3), 13, both(1, 4));
    expect(ampa).toBeCloseTo(1 + 2 * (1 - 13 / 65), 14);
    expect(nmda).toBeCloseTo(4 + 3 * (1 - 13 / 90), 14);
    expect(inhibitory(both(2, 0), 3)[0]).toBeCloseTo(2 * (1 + 3 / 15), 14);
  });

  it("does not reach NMDA and GABA-A at their reversals, but AMPA", () => {
    expect(excitatory(both(0, 3), 0, both(0, 90))).toEqual([0, 90]);
    expect(excitatory(both(3, 0), 0, both(90, 0))).toEqual([93, 0]);
    expect(inhibitory(both(3, 3), 0, both(15, 14))).toEqual([15, 17]);
  });

  it("turns no deviation negative", () => {
    expect(inhibitory(both(4, 0), -60)).toEqual([0, 0]);
  });

  it("passes magnesium by 1 / (1 + exp(−0.062 v) [Mg²⁺] / 3.57 mM)", () => {
    for (const potentialMv of [-65, -20, 0, 40]) {
      const expected = 1 / (1 + Math.exp(-0.062 * potentialMv) * 0.45);
      expect(magnesiumBlock(potentialMv, 0.45)).toBeCloseTo(expected, 14);
    }
  });
});

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { AdditiveCongruentialGenerator } from "../../src/random/additive-congruential.ts";
import { normal, type UniformGenerator, uniform } from "../../src/random/distributions.ts";

function fixedDraws(...draws: number[]): UniformGenerator & { left: number[] } {
  return { left: draws, uniform: () => draws.shift()! };
}

describe("the uniform distribution", () => {
  it("maps [0, 1) to [low, high)", () => {
    expect(uniform(fixedDraws(0), -3, 5)).toBe(-3);
    expect(uniform(fixedDraws(0.25), -3, 5)).toBe(-1);
    expect(uniform(fixedDraws(0.5), 2, 2)).toBe(2);
  });
});

describe("the normal distribution", () => {
  it("is the polar method's first deviate", () => {
    const [a, b] = [0.5, 0.25];
    const w = a * a + b * b;
    const expected = a * Math.sqrt((-2 * Math.log(w)) / w) * 3 + 10;
    expect(normal(fixedDraws(0.75, 0.625), 10, 9)).toBeCloseTo(expected, 13);
  });

  it("rejects pairs outside the unit circle, and takes two draws for each", () => {
    const generator = fixedDraws(0.99, 0.99, 0.01, 0.9, 0.75, 0.625, 0.1);
    expect(normal(generator, 0, 1)).toBe(normal(fixedDraws(0.75, 0.625), 0, 1));
    expect(generator.left).toEqual([0.1]);
  });

  it("takes a pair on the unit circle, which gives the mean", () => {
    expect(normal(fixedDraws(0, 0.5), 4, 100)).toBe(4);
  });

  it("draws the weights of the original's first population", () => {
    // Weight before the draw by postsynaptic population: cells 0–59 E6, 60–84 I6, 85–97 I6L, …
    const weights: [firstCell: number, weightMv: number][] = [
      [0, 0.53 * 5.45455],
      [60, 0.23 * 15],
      [85, 0.23 * 15 * 0.5],
      [98, 0.53 * 5.45455],
      [115, 0.08 * 5.45455],
    ];
    const path = new URL("../reference/training-with-scaling-20s/network.tsv.gz", import.meta.url);
    const rows = gunzipSync(readFileSync(path)).toString().split("\n").slice(1);
    const generator = new AdditiveCongruentialGenerator(-1);
    let synapses = 0;
    for (const row of rows) {
      const [presynaptic, postsynaptic, , , fastWeightMv] = row.split("\t").map(Number);
      if (presynaptic! >= 60) break;
      const weightMv = weights.findLast(([firstCell]) => firstCell <= postsynaptic!)![1];
      const drawn = Math.max(0, normal(generator, weightMv, weightMv));
      expect(Math.abs(drawn - fastWeightMv!)).toBeLessThan(1e-12);
      synapses++;
    }
    expect(synapses).toBeGreaterThan(200);
  });
});

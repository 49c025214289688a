import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AdditiveCongruentialGenerator } from "../../src/random/additive-congruential.ts";
import { normal, uniform } from "../../src/random/distributions.ts";
import { DrawnAhead } from "../../src/random/drawn-ahead.ts";

function rows(path: string): string[][] {
  const text = readFileSync(new URL(`../reference/${path}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
}

describe("the additive congruential generator", () => {
  it("places the cells where the original places them", () => {
    const generator = new AdditiveCongruentialGenerator(4321);
    const positions = rows("training-with-scaling-20s/positions.tsv");
    expect(positions).toHaveLength(470);
    for (const row of positions) {
      const [x, y, z] = row.slice(2).map(Number);
      expect(uniform(generator, 0, 30)).toBe(x);
      expect(uniform(generator, 0, 30)).toBe(y);
      expect(Math.abs(normal(generator, 0, 25) - z!)).toBeLessThan(1e-12);
    }
  });

  it("fills arrays with the numbers that it gives one by one, and goes on after them", () => {
    const [one, other] = [77, 77].map((seed) => new AdditiveCongruentialGenerator(seed));
    const ahead = new DrawnAhead(new AdditiveCongruentialGenerator(77));
    const draws = new Float64Array(700);
    for (let block = 0; block < 4; block++) {
      other!.fill(draws);
      for (const draw of draws) {
        expect(one!.uniform()).toBe(draw);
        expect(ahead.uniform()).toBe(draw);
      }
    }
    expect(other!.word()).toBe(one!.word());
  });

  it("chooses with the small seed 0 the cells that the original deletes", () => {
    const generator = new AdditiveCongruentialGenerator(0);
    const cells = rows("deletion-60s/final-cells.tsv");
    const dead = cells.flatMap((row, cell) => (row[1] === "1" ? [cell] : []));
    const living = cells.map((_, cell) => cell);
    const chosen: number[] = [];
    while (chosen.length < dead.length) {
      generator.uniform();
      chosen.push(...living.splice(Math.floor(living.length * generator.uniform()), 1));
    }
    expect(dead.length).toBeGreaterThan(30);
    expect(chosen.sort((a, b) => a - b)).toEqual(dead);
  });

  it("gives words of 32 bits, two of them to a number of 52 bits", () => {
    const words = new AdditiveCongruentialGenerator(7);
    const numbers = new AdditiveCongruentialGenerator(7);
    for (let n = 0; n < 2000; n++) {
      const low = BigInt(words.word());
      const high = BigInt(words.word());
      expect(low < 1n << 32n && high < 1n << 32n && low >= 0n && high >= 0n).toBe(true);
      const fraction = ((high & 0xfffffn) << 32n) | low;
      expect(numbers.uniform()).toBe(Number(fraction) / 2 ** 52);
    }
  });

  it("can pass over numbers", () => {
    for (const count of [0, 1, 54, 55, 1000]) {
      const skipping = new AdditiveCongruentialGenerator(count);
      const drawing = new AdditiveCongruentialGenerator(count);
      skipping.skip(count);
      for (let n = 0; n < count; n++) drawing.uniform();
      for (let n = 0; n < 600; n++) expect(skipping.word()).toBe(drawing.word());
    }
  });

  it("reads a seed modulo 2³²", () => {
    const signed = new AdditiveCongruentialGenerator(-1);
    const unsigned = new AdditiveCongruentialGenerator(2 ** 32 - 1);
    for (let n = 0; n < 500; n++) expect(signed.word()).toBe(unsigned.word());
  });
});

import { describe, expect, it } from "vitest";
import type { CellState } from "../../../src/engine/cell-state.ts";
import {
  type ChoiceName,
  choiceNames,
  choices,
} from "../../../src/timeline/interventions/choices.ts";

const state = {
  scaleFactor: [1, 5, 2, 0.5, 1.5],
  sensedRateKhz: [4, 1, 2, 8, 6],
  targetRateKhz: [4, -1, 0.5, 4, 2],
} as unknown as CellState;

const living = [0, 1, 2, 3, 4];

/** The cell that a choice takes where the generator gives these numbers, one after the other. */
function chosen(name: ChoiceName, among: readonly number[] = living, numbers = [0.9, 0.5]) {
  const left = [...numbers];
  return among[choices[name].choose({ living: among, state, uniform: () => left.shift()! })];
}

describe("a way to choose the cells that die", () => {
  it.each<[ChoiceName, number, number]>([
    ["highest-scale-factor", 1, 2],
    ["highest-rate", 3, 4],
    ["lowest-rate", 1, 2],
    ["excess-rate", 2, 4],
  ])("%s takes the one, and the next once it is gone", (name, first, second) => {
    expect(chosen(name)).toBe(first);
    expect(
      chosen(
        name,
        living.filter((cell) => cell !== first),
      ),
    ).toBe(second);
  });

  it("random takes each with the same probability, by the second number drawn", () => {
    expect([0, 0.19, 0.2, 0.5, 0.99].map((u) => chosen("random", living, [0.7, u]))).toEqual([
      0, 0, 1, 2, 4,
    ]);
  });

  it("scale-factor takes each with a probability in proportion to its factor", () => {
    const edges = [0.05, 0.15, 0.55, 0.65, 0.79, 0.84, 0.86, 0.99];
    expect(edges.map((u) => chosen("scale-factor", living, [0.7, u]))).toEqual([
      0, 1, 1, 2, 2, 3, 4, 4,
    ]);
  });

  it("takes the first of equals", () => {
    expect(chosen("highest-rate", [0, 2])).toBe(0);
    expect(chosen("highest-scale-factor", [4, 4])).toBe(4);
  });

  it("is tested for every name", () => {
    expect([...choiceNames].sort()).toEqual([
      "excess-rate",
      "highest-rate",
      "highest-scale-factor",
      "lowest-rate",
      "random",
      "scale-factor",
    ]);
  });
});

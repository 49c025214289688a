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
  return among[
    choices[name].choose({
      living: among,
      state,
      regulated: state.sensedRateKhz,
      uniform: () => left.shift()!,
      normal: () => left.shift()!,
    })
  ];
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

  it("scale-factor-squared takes each with a probability in proportion to its square", () => {
    // Squares 1, 25, 4, 0.25 and 2.25, of 32.5.
    const edges = [0.03, 0.04, 0.79, 0.81, 0.92, 0.925, 0.935, 0.99];
    expect(edges.map((u) => chosen("scale-factor-squared", living, [0.7, u]))).toEqual([
      0, 1, 1, 2, 2, 3, 4, 4,
    ]);
  });

  it("extreme-scale-factor takes the factor farthest from 1 in either direction", () => {
    expect(chosen("extreme-scale-factor")).toBe(1);
    expect(chosen("extreme-scale-factor", [0, 3, 4])).toBe(3);
    // A uniform draw where no factor differs from 1 by more than the tolerance.
    expect(chosen("extreme-scale-factor", [0, 0], [0.7, 0.6])).toBe(0);
  });

  it("kick-start takes the highest factor above 1, else the cell that a normal deviate names", () => {
    expect(chosen("kick-start", living, [3.2])).toBe(1);
    const quiet = [3, 0, 3, 0];
    const placeOf = (deviate: number) =>
      choices["kick-start"].choose({
        living: quiet,
        state,
        regulated: state.sensedRateKhz,
        uniform: () => Number.NaN,
        normal: () => deviate,
      });
    expect([-1.99, -0.5, 0.99, 1.5, 2.3].map(placeOf)).toEqual([0, 0, 0, 1, 2]);
  });

  it("takes the first of equals", () => {
    expect(chosen("highest-rate", [0, 2])).toBe(0);
    expect(chosen("highest-scale-factor", [4, 4])).toBe(4);
  });

  it("is tested for every name", () => {
    expect([...choiceNames].sort()).toEqual([
      "excess-rate",
      "extreme-scale-factor",
      "highest-rate",
      "highest-scale-factor",
      "kick-start",
      "lowest-rate",
      "random",
      "scale-factor",
      "scale-factor-squared",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import {
  combinations,
  rangeValues,
  ValueRangeError,
} from "../../../src/study/planning/variation.ts";

describe("a range", () => {
  it.each([
    [{ from: 1, to: 5, step: 1 }, [1, 2, 3, 4, 5]],
    [{ from: 0, to: 0.3, step: 0.1 }, [0, 0.1, 0.2, 0.3]],
    [{ from: 0, to: 1, step: 0.4 }, [0, 0.4, 0.8]],
    [{ from: 3, to: 1, step: -1 }, [3, 2, 1]],
    [{ from: 2, to: 2, step: 1 }, [2]],
    [{ from: 0, to: 1, count: 3 }, [0, 0.5, 1]],
    [{ from: 4e-8, to: 4e-5, count: 4, spacing: "logarithmic" }, [4e-8, 4e-7, 4e-6, 4e-5]],
    [{ from: 1, to: 10, count: 3, spacing: "logarithmic" }, [1, 3.16228, 10]],
    [{ from: -1, to: -100, count: 3, spacing: "logarithmic" }, [-1, -10, -100]],
  ] as const)("%j has the values that people would write", (range, expected) => {
    expect(rangeValues(range)).toEqual(expected);
  });

  it("keeps the ends as they were given, whatever they are", () => {
    const [from, to] = [1.23456789012345, 9.87654321098765];
    const values = rangeValues({ from, to, count: 5, spacing: "logarithmic" });
    expect([values[0], values[4]]).toEqual([from, to]);
  });

  it.each([
    [{ from: 1, to: 5 }, /either step or count/],
    [{ from: 1, to: 5, step: 1, count: 3 }, /either step or count/],
    [{ from: 1, to: 5, step: -1 }, /steps of -1 do not reach 5 from 1/],
    [{ from: 1, to: 5, step: 0 }, /steps of 0/],
    [{ from: 0, to: 1, step: 1e-9 }, /in fewer than 100000/],
    [{ from: 0, to: 1, count: 3, spacing: "logarithmic" }, /must not contain 0/],
    [{ from: -1, to: 1, count: 3, spacing: "logarithmic" }, /must not contain 0/],
    [{ from: 1, to: 2, step: 1, spacing: "logarithmic" }, /needs a count/],
  ] as const)("%j is refused", (range, message) => {
    expect(() => rangeValues(range)).toThrow(ValueRangeError);
    expect(() => rangeValues(range)).toThrow(message);
  });
});

describe("the combinations of variations", () => {
  const variations = [
    { name: "plasticIncrementEE", values: [1, 2] },
    { name: "scaling", values: [false, true] },
  ] as const;

  it("are all of them, the first changing most slowly", () => {
    expect(combinations(variations, "grid")).toEqual([
      { plasticIncrementEE: 1, scaling: false },
      { plasticIncrementEE: 1, scaling: true },
      { plasticIncrementEE: 2, scaling: false },
      { plasticIncrementEE: 2, scaling: true },
    ]);
  });

  it("are pairs when zipped", () => {
    expect(combinations(variations, "zip")).toEqual([
      { plasticIncrementEE: 1, scaling: false },
      { plasticIncrementEE: 2, scaling: true },
    ]);
  });

  it("are one, of nothing, when nothing is varied", () => {
    expect(combinations([], "grid")).toEqual([{}]);
    expect(combinations([], "zip")).toEqual([{}]);
  });
});

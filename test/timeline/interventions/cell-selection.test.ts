import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../../src/network/construction.ts";
import {
  CellSelection,
  cellsText,
  selectionProblem,
} from "../../../src/timeline/cell-selection.ts";

const network = buildNetwork(resolveParameters());
const resolve = (given: unknown) => {
  expect(selectionProblem(given)).toBeUndefined();
  return new CellSelection(given).resolve(network);
};
const all = Array.from({ length: network.cellCount }, (_, cell) => cell);
const where = (test: (range: (typeof network.populations)[number]) => boolean) =>
  all.filter((cell) =>
    network.populations.some(
      (range) => test(range) && cell >= range.firstCell && cell < range.firstCell + range.cellCount,
    ),
  );

describe("a selection of cells", () => {
  it("names groups, populations, layers, indices and lists of them", () => {
    expect(resolve("all")).toEqual(all);
    expect(resolve("E")).toEqual(where(({ cellClass }) => cellClass === "E"));
    expect(resolve("I")).toEqual(where(({ cellClass }) => cellClass !== "E"));
    expect(resolve("E5R")).toEqual(where(({ name }) => name === "E5R"));
    expect(resolve("L4")).toEqual(where(({ layer }) => layer === 4));
    expect(resolve("L2/3")).toEqual(where(({ layer }) => layer === 2));
    expect(resolve("0-3, 40, 2")).toEqual([0, 1, 2, 3, 40]);
    expect(resolve(7)).toEqual([7]);
    expect(resolve(["L4", "5-6", "E4"])).toEqual([
      ...new Set([5, 6, ...where(({ layer }) => layer === 4)]),
    ]);
  });

  it("takes all cells of a group within a distance of a place, and no others", () => {
    const { xUm, yUm, zUm } = network;
    for (const [x, y, z, within] of [
      [15, 15, 0, 8],
      [0, 0, 0, 12],
      [30, 5, 0, 3],
    ] as const) {
      const near = where(({ cellClass }) => cellClass === "E").filter((cell) => {
        const distanceUm = Math.hypot(xUm[cell]! - x, yUm[cell]! - y, zUm[cell]! - z);
        return distanceUm <= within;
      });
      const around = [x, y, z];
      expect(resolve({ of: "E", within: `${within} um`, around })).toEqual(near);
      expect(resolve({ of: "E", within: `${within / 1000} um`, around }).length).toBeLessThan(
        near.length || 1,
      );
    }
  });

  it("draws a part of a group, which the seed decides", () => {
    const group = where(({ name }) => name === "E2");
    const parts = [1, 2, 1].map((seed) => resolve({ of: "E2", fraction: 0.15, seed }));
    for (const part of parts) {
      expect(part).toHaveLength(Math.round(0.15 * group.length));
      expect(part.every((cell) => group.includes(cell))).toBe(true);
      expect(part).toEqual([...new Set(part)].sort((a, b) => a - b));
    }
    expect(parts[0]).toEqual(parts[2]);
    expect(parts[0]).not.toEqual(parts[1]);
    expect(resolve({ of: "E2", fraction: 1 })).toEqual(group);
  });

  it("draws a part of what is near", () => {
    const near = { of: "all", within: "10 um", around: [15, 15, 0] };
    const some = resolve({ ...near, fraction: 0.5, seed: 3 });
    const whole = resolve(near);
    expect(some).toHaveLength(Math.round(whole.length / 2));
    expect(some.every((cell) => whole.includes(cell))).toBe(true);
  });

  it.each<[unknown, RegExp]>([
    [undefined, /expected all, E, I, a layer/],
    ["E9", /there are no cells "E9": did you mean E/],
    ["3-", /there are no cells "3-"/],
    [-1, /-1 is not the index of a cell/],
    [1.5, /1.5 is not the index of a cell/],
    [[], /an empty list selects no cells/],
    [["E", "X"], /there are no cells "X"/],
    [{ fraction: 0.5 }, /expected of/],
    [{ of: "E" }, /expected a part, such as \{ of: E, within: .* or \{ of: E4, fraction/],
    [{ of: "E", fraction: 0 }, /fraction 0: expected a number above 0, up to 1/],
    [{ of: "E", fraction: 1.1 }, /fraction 1.1/],
    [{ of: "E", fraction: 0.5, seed: -1 }, /seed -1: expected a whole number/],
    [{ of: "E", within: "8 um" }, /within and around must be given together/],
    [{ of: "E", within: "8 s", around: [0, 0, 0] }, /within 8 s: expected a distance/],
    [{ of: "E", within: "8 um", around: [0, 0] }, /around \[0,0\]: expected a point/],
    [{ of: "E", radius: 8 }, /unknown key radius/],
  ])("is refused: %j", (given, message) => {
    expect(selectionProblem(given)).toMatch(message);
  });

  it("is written in a record as ranges", () => {
    expect(cellsText([0, 1, 2, 5, 7, 8])).toBe("0-2, 5, 7-8");
    expect(resolve(cellsText(resolve("L4")))).toEqual(resolve("L4"));
  });
});

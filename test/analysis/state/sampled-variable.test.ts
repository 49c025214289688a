import { expect, test } from "vitest";
import {
  CellSelectionError,
  sampledVariable,
} from "../../../src/analysis/state/sampled-variable.ts";

const populations = [
  { cellClass: "E", firstCell: 0, cellCount: 2 },
  { cellClass: "LTS", firstCell: 2, cellCount: 1 },
  { cellClass: "FS", firstCell: 3, cellCount: 1 },
] as const;

const samples = {
  timesMs: Float64Array.of(0, 10, 20),
  sensedRateKhz: [
    Float64Array.of(1, 3, 10, 20),
    Float64Array.of(2, 4, 10, 30),
    Float64Array.of(5, 9, 40, 30),
  ],
  scaleFactor: [
    Float64Array.of(1, 1, 1, 1),
    Float64Array.of(2, 1, 1, 1),
    Float64Array.of(3, 1, 1, 1),
  ],
  alive: [Uint8Array.of(1, 1, 1, 1), Uint8Array.of(1, 1, 1, 1), Uint8Array.of(1, 0, 1, 1)],
};

test("excitatory and inhibitory cells apart are the default", () => {
  const { groups, traces } = sampledVariable(samples, "sensedRateKhz", populations);
  expect(traces).toEqual([]);
  expect(groups.map(({ group }) => group)).toEqual(["excitatory", "inhibitory"]);
  expect([...groups[0]!.mean]).toEqual([2, 3, 5]);
  expect([...groups[1]!.mean]).toEqual([15, 20, 35]);
  expect([...groups[1]!.standardDeviation]).toEqual([5, 10, 5]);
});

test("all cells, excitatory ones, and chosen ones", () => {
  const all = sampledVariable(samples, "sensedRateKhz", populations, "all");
  expect([...all.groups[0]!.mean]).toEqual([8.5, 11.5, 25]);
  const excitatory = sampledVariable(samples, "scaleFactor", populations, "excitatory");
  expect(excitatory.groups.map(({ mean }) => [...mean])).toEqual([[1, 1.5, 3]]);
  const chosen = sampledVariable(samples, "sensedRateKhz", populations, [1, 3]);
  expect(chosen.groups).toEqual([]);
  expect(chosen.traces).toEqual([
    { cell: 1, values: Float64Array.of(3, 4, Number.NaN), notFiniteCount: new Uint32Array(3) },
    { cell: 3, values: Float64Array.of(20, 30, 30), notFiniteCount: new Uint32Array(3) },
  ]);
});

test.each([4, -1, 0.5, Number.NaN])("cell %s does not exist", (cell) => {
  const choose = () => sampledVariable(samples, "scaleFactor", populations, [0, cell]);
  expect(choose).toThrow(CellSelectionError);
  expect(choose).toThrow(`There is no cell ${cell}; cells are numbered 0 to 3.`);
});

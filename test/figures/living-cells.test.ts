import { expect, test } from "vitest";
import { livingCellsFigure } from "../../src/figures/living-cells.ts";
import { document } from "./small-column.ts";

const timesMs = Float64Array.of(0, 1000, 2000);
const group = (name: "excitatory" | "inhibitory", counts: readonly number[]) => ({
  group: name,
  mean: timesMs,
  standardDeviation: timesMs,
  notFiniteCount: new Uint32Array(3),
  livingCount: Uint32Array.from(counts),
});

test("living cells of each class against time", async () => {
  const run = {
    timesMs,
    groups: [group("excitatory", [30, 20, 10]), group("inhibitory", [15, 14, 12])],
    traces: [],
  };
  const figure = livingCellsFigure(run, { document });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/living-cells.svg");
  expect(figure.caption).toBe("Living cells: excitatory cells, inhibitory cells.");
  expect(figure.tables[0]!.columns.map(({ values }) => [...values])).toEqual([
    [0, 1000, 2000],
    [30, 20, 10],
    [15, 14, 12],
  ]);
});

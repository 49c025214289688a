import { expect, test } from "vitest";
import { cellsOf } from "../../src/analysis/firing/cell-groups.ts";
import { PhaseLocking } from "../../src/analysis/firing/phase-locking.ts";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type VolleysRun, volleysFigure } from "../../src/figures/volleys.ts";
import { document, regularSpikes, smallColumn } from "./small-column.ts";

function lockingAt(periodMs: number, endMs = 2000): VolleysRun {
  const parts = [{ originMs: 0, startMs: 0, endMs }];
  const groups = smallColumn.map((population) => cellsOf([population]));
  const locking = new PhaseLocking(groups, { periodMs, parts }, { binCount: 25 });
  locking.add(regularSpikes(endMs));
  return { ...locking.result(), input: "volleys", startMs: 0, endMs };
}

const data = { ...lockingAt(40), populations: smallColumn };

test("peri-stimulus histograms and vector strengths", async () => {
  const figure = volleysFigure(data, { document, title: "Volleys" });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/volleys.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Peri-stimulus histograms: firing rate per living cell against the time from the last volley, in bins of 1.6 ms. Volleys at 25 Hz, 50 periods from 0 to 2 s. Below: vector strength of each population. Bands: 95 % range of independent spikes at a constant rate. Bars: vector strength that as many independent spikes at random phases exceed in 5 % of cases."`,
  );
  const [histograms, locking] = figure.tables;
  expect(figure.tables.map(({ name }) => name)).toEqual(["histograms", "locking"]);
  expect(histograms!.columns).toHaveLength(2 + 2 * 13);
  expect(locking!.columns[1]!.values).toEqual(
    Float64Array.from(data.groups, ({ spikeCount }) => spikeCount),
  );
  // Cell 0 of E6 fires every 40 ms.
  expect(data.groups[0]!.vectorStrength).toBeGreaterThan(0.15);
});

test("a control in the same panels", () => {
  const shuffled = { ...lockingAt(41), input: "shuffled" as const, label: "control" };
  const compared = { ...data, label: "training", others: [shuffled] };
  const { caption, tables } = volleysFigure(compared, { document });
  expect(caption).toContain("training: volleys at 25 Hz, 50 periods from 0 to 2 s. control: ");
  expect(caption).toContain("shuffled input, relative to the times of volleys at 24.39 Hz");
  expect(tables.map(({ name }) => name)).toEqual([
    "training-histograms",
    "training-locking",
    "control-histograms",
    "control-locking",
  ]);
});

test("no spikes are refused", () => {
  expect(() => volleysFigure({ ...data, ...lockingAt(40, 0.1) }, { document })).toThrow(
    FigureDataError,
  );
});

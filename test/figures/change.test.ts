import { expect, test } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type ChangeFigureData, changeFigure } from "../../src/figures/change.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { cellCount, document, smallColumn } from "./small-column.ts";

const random = randomNumbers(4);
const cells = Uint32Array.from({ length: cellCount }, (_, cell) => cell);
const beforeHz = Float64Array.from(cells, () => 5 * random());
const scaled = cells.subarray(0, 6);
const values = (scale: number) => Float64Array.from(scaled, () => scale * (1 + random()));

const data: ChangeFigureData = {
  before: { startMs: 0, endMs: 800_000 },
  after: { startMs: 8_800_000, endMs: 9_600_000 },
  cells,
  beforeHz,
  afterHz: beforeHz.map((rate) => rate + random()),
  rankCorrelations: [0.93, Number.NaN],
  scaling: {
    cells: scaled,
    scaleFactors: values(0.5),
    inDegrees: values(40),
    sensed: values(1),
    targets: values(1).with(2, Number.NaN),
    unit: "Hz",
  },
  scaleInDegreeCorrelation: -0.71,
  populations: smallColumn,
};

test("rates before and after, scale factors by in-degree, and targets", async () => {
  const figure = changeFigure(data, { document, title: "Change" });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/change.svg");
  expect(figure.svg).toContain("Rates, ρ = 0.93 (E), – (I)");
  expect(figure.svg).toContain("Scale factors, ρ = −0.71");
  expect(figure.notes).toEqual(["Targets: no value of 1 cell, or none that is finite."]);
  expect(figure.tables.map(({ name }) => name)).toEqual(["rates", "scaling"]);
  expect(figure.tables[0]!.columns[2]!.values).toEqual(data.afterHz);
  expect(figure.tables[1]!.columns.map(({ name }) => name)).toEqual([
    "cell",
    "scale_factor",
    "excitatory_in_degree",
    "sensed_hz",
    "target_hz",
  ]);
});

test("rates of a silent column from 0", () => {
  const { scaling, ...rates } = data;
  const silent = { ...rates, beforeHz: beforeHz.map(() => 0), afterHz: beforeHz.map(() => 0) };
  expect(changeFigure(silent, { document }).svg).not.toMatch(/>[-−]0/);
});

test("without samples, rates alone; without cells, nothing", () => {
  const { scaling, ...rates } = data;
  const { caption, tables } = changeFigure(rates, { document });
  expect(caption).not.toContain("Scale factor");
  expect(tables).toHaveLength(1);
  const none = { ...rates, cells: new Uint32Array() };
  expect(() => changeFigure(none, { document })).toThrow(FigureDataError);
});

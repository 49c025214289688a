import { describe, expect, it } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type ParameterMapData, parameterMapFigure } from "../../src/figures/parameter-map.ts";
import { figureDocument } from "../../src/pictures/rendering.ts";

const document = figureDocument();

const panelOf = (name: string, values: readonly number[]) => ({
  name,
  title: `E rate at the end, scaling ${name}`,
  unit: "Hz",
  measure: "finalRateEHz",
  values: Float64Array.from(values),
});

const data: ParameterMapData = {
  x: { name: "plasticIncrementEE", unit: "1", values: [0.01, 0.1, 1] },
  y: { name: "trainingRateHz", unit: "Hz", values: [4, 8] },
  panels: [panelOf("off", [1, 2, 3, 4, 5, Number.NaN]), panelOf("on", [1, 1, 1, 1, 1, 2])],
  averaged: "3 seeds",
};

describe("the map of a measure over two parameters", () => {
  it("has a panel for each measure and group, and the same colours for both", async () => {
    const figure = parameterMapFigure(data, { document, title: "study" });
    await expect(figure.svg).toMatchFileSnapshot("snapshots/parameter-map.svg");
    // Both bars go from 1 to 5.
    expect(figure.svg.match(/>5</g)).toHaveLength(2);
    expect(figure.caption).toBe(
      "Measures of the runs against plasticIncrementEE and trainingRateHz. Means over 3 seeds.",
    );
    expect(figure.tables[0]!.columns.map(({ name, values }) => [name, [...values]])).toEqual([
      ["plasticIncrementEE", [0.01, 0.1, 1, 0.01, 0.1, 1]],
      ["trainingRateHz", [4, 4, 4, 8, 8, 8]],
      ["mean", [1, 2, 3, 4, 5, Number.NaN]],
    ]);
  });

  it("shows a measure that nothing has as empty", () => {
    const panels = [panelOf("off", Array(6).fill(Number.NaN))];
    expect(parameterMapFigure({ ...data, panels }, { document }).svg).not.toContain("NaN");
  });

  it("refuses to draw nothing", () => {
    expect(() => parameterMapFigure({ ...data, panels: [] }, { document })).toThrow(
      FigureDataError,
    );
  });
});

import { describe, expect, it } from "vitest";
import { medianBand } from "../../src/analysis/statistics/median.ts";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type ParameterMapData, parameterMapFigure } from "../../src/ensembles/parameter-map.ts";
import { figureDocument } from "../../src/pictures/rendering.ts";

const document = figureDocument();

const panelOf = (name: string, values: readonly number[]) => ({
  name,
  title: `E rate at the end, scaling ${name}`,
  unit: "Hz",
  measure: "finalRateEHz",
  medians: medianBand(values.map((median) => ({ median, lower: 0, upper: 9, count: 6 }))),
});

const data: ParameterMapData = {
  x: { name: "plasticIncrementEE", unit: "1", values: [0.01, 0.1, 1] },
  y: { name: "trainingRateHz", unit: "Hz", values: [4, 8] },
  panels: [panelOf("off", [1, 2, 3, 4, 5, Number.NaN]), panelOf("on", [1, 1, 1, 1, 1, 2])],
  shows: "medians over 6 seeds",
};

describe("the map of a measure over two parameters", () => {
  it("has a panel for each measure and group, and the same colours for both", async () => {
    const figure = parameterMapFigure(data, { document, title: "study" });
    await expect(figure.svg).toMatchFileSnapshot("snapshots/parameter-map.svg");
    // Both bars go from 1 to 5.
    expect(figure.svg.match(/>5</g)).toHaveLength(2);
    expect(figure.caption).toBe(
      "Measures of the runs against plasticIncrementEE and trainingRateHz. Colours: medians over 6 seeds.",
    );
    expect(figure.tables[0]!.columns.map(({ name, values }) => [name, [...values]])).toEqual([
      ["plasticIncrementEE", [0.01, 0.1, 1, 0.01, 0.1, 1]],
      ["trainingRateHz", [4, 4, 4, 8, 8, 8]],
      ["median", [1, 2, 3, 4, 5, Number.NaN]],
      ["lower", Array(6).fill(0)],
      ["upper", Array(6).fill(9)],
      ["count", Array(6).fill(6)],
    ]);
  });

  it("marks medians that exceed the ends of their runs", () => {
    const panels = [{ ...panelOf("off", [1, 2, 3, 4, 5, Number.NaN]), censored: [5] }];
    const { svg } = parameterMapFigure({ ...data, panels }, { document });
    expect(svg.match(/<path d="M0,-[^"]*Z"/g)).toHaveLength(1);
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

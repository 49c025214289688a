import { describe, expect, it } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type MeasureFigureData, measureFigure } from "../../src/figures/measure.ts";
import { figureDocument } from "../../src/pictures/rendering.ts";
import { risingBand, withoutLimits } from "./study-data.ts";

const document = figureDocument();

const data: MeasureFigureData = {
  parameter: { name: "plasticIncrementEE", unit: "1", values: [0.01, 0.05, 0.1, 5] },
  groups: ["scaling off", "scaling on"],
  panels: [
    {
      name: "finalRateEHz",
      title: "E rate at the end",
      unit: "Hz",
      lines: [risingBand(4, 30), risingBand(4, 0.6)],
    },
    {
      name: "meanGainEE",
      title: "Mean E→E gain",
      unit: "1",
      lines: [risingBand(4), withoutLimits(4, 0.8)],
    },
  ],
  averaged: "3 seeds",
};

describe("the figure of a study's measures", () => {
  it("has a panel a measure and a line a group, with bands and what they are", async () => {
    const figure = measureFigure(data, { document, title: "stdp-step" });
    await expect(figure.svg).toMatchFileSnapshot("snapshots/measures.svg");
    expect(figure.caption).toMatchInlineSnapshot(
      `"Measures of the runs against plasticIncrementEE. Means over 3 seeds. Bands: 95 % Student interval of the mean over 3 seeds."`,
    );
    const [rates] = figure.tables;
    expect(rates!.name).toBe("finalRateEHz");
    expect(rates!.columns.map(({ name }) => name)).toEqual([
      "plasticIncrementEE",
      "scaling_off_mean",
      "scaling_off_lower",
      "scaling_off_upper",
      "scaling_off_count",
      "scaling_on_mean",
      "scaling_on_lower",
      "scaling_on_upper",
      "scaling_on_count",
    ]);
    expect([...rates!.columns[0]!.values]).toEqual([0.01, 0.05, 0.1, 5]);
    expect(rates!.columns[5]!.values).toBe(data.panels[0]!.lines[1]!.mean);
  });

  it("does not join the values of a switch, and names them", async () => {
    const parameter = { name: "scaling", unit: "", values: [false, true] };
    const panels = [{ ...data.panels[0]!, lines: [risingBand(2)] }];
    const figure = measureFigure({ parameter, groups: [""], panels }, { document });
    await expect(figure.svg).toMatchFileSnapshot("snapshots/measures-of-switch.svg");
    expect(figure.caption).toBe(
      "Measures of the runs against scaling. Bars: 95 % Student interval of the mean over 3 seeds.",
    );
    expect(figure.tables[0]!.columns.map(({ name }) => name)).toEqual([
      "scaling",
      "mean",
      "lower",
      "upper",
      "count",
    ]);
  });

  it("leaves gaps where there is nothing, and shows what stands alone", () => {
    const line = withoutLimits(4);
    line.mean.fill(Number.NaN, 0, 2);
    line.mean[3] = Number.NaN;
    const panels = [{ ...data.panels[0]!, lines: [line] }];
    const { svg } = measureFigure({ ...data, groups: [""], panels }, { document });
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(svg).not.toContain("Bands");
    expect(svg).not.toContain("NaN");
  });

  it("refuses to draw nothing", () => {
    expect(() => measureFigure({ ...data, panels: [] }, { document })).toThrow(FigureDataError);
  });
});

import { describe, expect, it } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type MeasureFigureData, measureFigure } from "../../src/ensembles/measure.ts";
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
  dots: "medians over 6 seeds",
};

describe("the figure of a study's measures", () => {
  it("has a panel a measure and a line a group, with bands and what they are", async () => {
    const figure = measureFigure(data, { document, title: "stdp-step" });
    await expect(figure.svg).toMatchFileSnapshot("snapshots/measures.svg");
    expect(figure.caption).toMatchInlineSnapshot(
      `"Measures of the runs against plasticIncrementEE. Bars: order-statistic interval of the median over 6 seeds, coverage 96.9 %. Dots: medians over 6 seeds."`,
    );
    const [rates] = figure.tables;
    expect(rates!.name).toBe("finalRateEHz");
    expect(rates!.columns.map(({ name }) => name)).toEqual([
      "plasticIncrementEE",
      "scaling_off_median",
      "scaling_off_lower",
      "scaling_off_upper",
      "scaling_off_count",
      "scaling_on_median",
      "scaling_on_lower",
      "scaling_on_upper",
      "scaling_on_count",
    ]);
    expect([...rates!.columns[0]!.values]).toEqual([0.01, 0.05, 0.1, 5]);
    expect(rates!.columns[5]!.values).toBe(data.panels[0]!.lines[1]!.middle);
  });

  it("does not join the values of a switch, and names them", async () => {
    const parameter = { name: "scaling", unit: "", values: [false, true] };
    const panels = [{ ...data.panels[0]!, lines: [risingBand(2)] }];
    const figure = measureFigure({ parameter, groups: [""], panels }, { document });
    await expect(figure.svg).toMatchFileSnapshot("snapshots/measures-of-switch.svg");
    expect(figure.caption).toBe(
      "Measures of the runs against scaling. Bars: order-statistic interval of the median over 6 seeds, coverage 96.9 %.",
    );
    expect(figure.tables[0]!.columns.map(({ name }) => name)).toEqual([
      "scaling",
      "median",
      "lower",
      "upper",
      "count",
    ]);
  });

  it("shows every run, and marks those that are censored", () => {
    const run = (place: number, value: number, isCensored = false) => ({
      place,
      value,
      isCensored,
    });
    const runs = [run(0, 5), run(0, 7), run(3, 6), run(3, 180, true), run(3, 180, true)];
    const lines = [{ ...withoutLimits(4), runs }];
    const panels = [{ ...data.panels[0]!, lines }];
    const { svg, tables, notes } = measureFigure({ ...data, groups: [""], panels }, { document });
    expect(notes).toContain("Dots: medians over 6 seeds; circles: single runs.");
    // Three runs and four medians; triangles are paths.
    expect(svg.match(/<circle/g)).toHaveLength(3 + 4);
    expect(svg.match(/<path d="M0,-[^"]*Z"/g)).toHaveLength(2);
    // The axis reaches to the end of the observation.
    expect(svg).toContain(">100<");
    expect(tables.map(({ name }) => name)).toEqual(["finalRateEHz", "finalRateEHz-runs"]);
    expect(tables[1]!.columns.map(({ name, values }) => [name, [...values]])).toEqual([
      ["plasticIncrementEE", [0.01, 0.01, 5, 5, 5]],
      ["group", [0, 0, 0, 0, 0]],
      ["value", [5, 7, 6, 180, 180]],
      ["is_censored", [0, 0, 0, 1, 1]],
    ]);
  });

  it("leaves gaps where there is nothing, and shows what stands alone", () => {
    const line = withoutLimits(4);
    line.middle.fill(Number.NaN, 0, 2);
    line.middle[3] = Number.NaN;
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

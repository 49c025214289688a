import { describe, expect, it } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type CurveGridData, curveGridFigure } from "../../src/figures/curve-grid.ts";
import { figureDocument } from "../../src/pictures/rendering.ts";
import { risingBand, withoutLimits } from "./study-data.ts";

const document = figureDocument();

const timesMs = Float64Array.from({ length: 50 }, (_, k) => 1000 * (k + 1));
const none = { timesMs: new Float64Array(0), ...risingBand(0) };
const panelOf = (name: string, title: string, lines: CurveGridData["panels"][number]["lines"]) => ({
  name,
  title,
  axisLabel: "Activity (Hz)",
  lines,
});

const data: CurveGridData = {
  subject: "Activity of E cells",
  groups: ["scaling off", "scaling on"],
  panels: [
    panelOf("activity-1", "trainingRateHz 2", [
      { timesMs, ...risingBand(50) },
      { timesMs, ...risingBand(50, 0.2) },
    ]),
    panelOf("activity-2", "trainingRateHz 8\nscalingBeta 4e−8", [
      { timesMs, ...withoutLimits(50) },
      none,
    ]),
  ],
  averaged: "3 seeds",
  columns: 2,
  isShared: true,
};

describe("the figure of a study's curves", () => {
  it("has a panel a setting and a line a group, with bands and what they are", async () => {
    const figure = curveGridFigure(data, { document, title: "training-rate" });
    await expect(figure.svg).toMatchFileSnapshot("snapshots/curve-grid.svg");
    expect(figure.caption).toMatchInlineSnapshot(
      `"Activity of E cells: means over 3 seeds. Bands: 95 % Student interval of the mean over 3 seeds."`,
    );
    expect(figure.tables.map(({ name }) => name)).toEqual([
      "activity-1-scaling-off",
      "activity-1-scaling-on",
      "activity-2-scaling-off",
      "activity-2-scaling-on",
    ]);
    expect(figure.tables[1]!.columns.map(({ name }) => name)).toEqual([
      "time_ms",
      "mean",
      "lower",
      "upper",
      "count",
    ]);
    expect(figure.tables[1]!.columns[1]!.values).toBe(data.panels[0]!.lines[1]!.mean);
  });

  it("refuses to draw nothing", () => {
    const panels = [panelOf("activity-1", "", [none])];
    expect(() => curveGridFigure({ ...data, panels }, { document })).toThrow(FigureDataError);
  });
});

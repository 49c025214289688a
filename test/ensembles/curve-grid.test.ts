import { describe, expect, it } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import {
  type CurveGridData,
  type CurvePanel,
  curveGridFigure,
} from "../../src/ensembles/curve-grid.ts";
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
  lines: "medians over 6 seeds",
  columns: 2,
  isShared: true,
};

describe("the figure of a study's curves", () => {
  it("has a panel a setting and a line a group, with bands and what they are", async () => {
    const figure = curveGridFigure(data, { document, title: "training-rate" });
    await expect(figure.svg).toMatchFileSnapshot("snapshots/curve-grid.svg");
    expect(figure.caption).toMatchInlineSnapshot(
      `"Activity of E cells. Bands: order-statistic interval of the median over 6 seeds, coverage 96.9 %. Lines: medians over 6 seeds."`,
    );
    expect(figure.tables.map(({ name }) => name)).toEqual([
      "activity-1-scaling-off",
      "activity-1-scaling-on",
      "activity-2-scaling-off",
      "activity-2-scaling-on",
    ]);
    expect(figure.tables[1]!.columns.map(({ name }) => name)).toEqual([
      "time_ms",
      "median",
      "lower",
      "upper",
      "count",
    ]);
    expect(figure.tables[1]!.columns[1]!.values).toBe(data.panels[0]!.lines[1]!.middle);
  });

  it("draws single runs as thin lines, and ends of observation as ticks", () => {
    const traces = ["seed_1", "seed_2"].map((name) => ({ name, values: risingBand(50).middle }));
    const line = { timesMs, ...risingBand(50), traces };
    const censored = [{ timeMs: 50_000, value: 25 }];
    const figureOf = (lines: CurvePanel["lines"]) =>
      curveGridFigure({ ...data, panels: [panelOf("a", "", lines)] }, { document });
    const { svg, notes, tables } = figureOf([line, { ...line, censored }]);
    expect(notes[1]).toBe("Lines: medians over 6 seeds; thin: single runs.");
    expect(svg.match(/stroke-width="0.6"/g)).toHaveLength(4);
    const plus = /<path d="M-[\d.]+,0L[\d.]+,0M0,[\d.]+L0,-[\d.]+"/g;
    expect(svg.match(plus)).toHaveLength(1);
    expect(tables[0]!.columns.map(({ name }) => name).slice(-2)).toEqual(["seed_1", "seed_2"]);
  });

  it("refuses to draw nothing", () => {
    const panels = [panelOf("activity-1", "", [none])];
    expect(() => curveGridFigure({ ...data, panels }, { document })).toThrow(FigureDataError);
  });
});

import { expect, test } from "vitest";
import { type CellSelection, sampledVariable } from "../../src/analysis/state/sampled-variable.ts";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { activityFigure, scaleFigure } from "../../src/figures/sample.ts";
import { cellCount, document, periods, smallColumn } from "./small-column.ts";

const timesMs = Float64Array.from({ length: 20 }, (_, k) => 50 + 100 * k);
const rows = (value: (timeMs: number, cell: number) => number) =>
  Array.from(timesMs, (timeMs) =>
    Float64Array.from({ length: cellCount }, (_, cell) => value(timeMs, cell)),
  );

const samples = {
  timesMs,
  sensedRateKhz: rows((timeMs, cell) => ((1 + (cell % 7)) / 1000) * (1 - 2 ** (-timeMs / 300))),
  scaleFactor: rows((timeMs, cell) => 1 + (Math.max(0, timeMs - 500) * ((cell % 5) - 2)) / 5000),
  // Cell 0 is deleted after 1 s.
  alive: Array.from(timesMs, (timeMs) =>
    Uint8Array.from({ length: cellCount }, (_, cell) => (cell === 0 && timeMs > 1000 ? 0 : 1)),
  ),
};

const activity = (cells?: CellSelection) => ({
  ...sampledVariable(samples, "sensedRateKhz", smallColumn, cells),
  populations: smallColumn,
});

const scale = (cells: CellSelection) => ({
  ...sampledVariable(samples, "scaleFactor", smallColumn, cells),
  populations: smallColumn,
});

const columnNames = ({ tables }: ReturnType<typeof activityFigure>) =>
  tables[0]!.columns.map(({ name }) => name);

test("activity of excitatory and inhibitory cells", async () => {
  const figure = activityFigure({ ...activity(), periods }, { document, title: "Activity" });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/activity.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Sensed rate (Hz) of excitatory cells and of inhibitory cells: means over those alive. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, recall 1.5 to 2 s, scaling on 0.5 to 2 s. Bands: mean ± SD over living cells."`,
  );
  expect(columnNames(figure)).toEqual([
    "time_ms",
    "excitatory_mean_hz",
    "excitatory_sd_hz",
    "excitatory_living_cells",
    "inhibitory_mean_hz",
    "inhibitory_sd_hz",
    "inhibitory_living_cells",
  ]);
});

test("a rate may have a logarithmic axis, which leaves out values of 0", () => {
  const timesMs = Float64Array.of(1000, 2000, 3000, 4000);
  const values = {
    mean: Float64Array.of(0, 0.0006, 0.0006, 0.06),
    livingCount: Uint32Array.of(9, 9, 9, 9),
  };
  const zero = new Float64Array(4);
  const counts = { standardDeviation: zero, notFiniteCount: new Uint32Array(4) };
  const group = { group: "excitatory", ...values, ...counts } as const;
  const data = { timesMs, groups: [group], traces: [], populations: [] };
  const linear = activityFigure(data, { document });
  expect(linear.notes.join(" ")).not.toContain("logarithmic");
  expect(activityFigure(data, { document, logarithmicFromRatio: 1000 }).svg).toBe(linear.svg);
  const logarithmic = activityFigure(data, { document, logarithmicFromRatio: 10 });
  expect(logarithmic.notes).toContain(
    "Excitatory cells: 1 value at or below 0 not on the logarithmic axis.",
  );
  expect(logarithmic.svg).toContain(">10<");
});

test("scale factors that run away, on a logarithmic axis", async () => {
  const runaway = {
    ...samples,
    scaleFactor: rows((timeMs, cell) => (cell === 3 ? 10 ** (timeMs / 100) : 1 + cell / 100)),
  };
  const data = {
    ...sampledVariable(runaway, "scaleFactor", smallColumn, "excitatory"),
    populations: smallColumn,
  };
  const figure = scaleFigure(data, { document });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/scale-runaway.svg");
  for (const tick of ["1", "10000", "1e8", "1e12", "1e16"])
    expect(figure.svg).toContain(`>${tick}<`);
});

test("quantiles, where they are given, are those of all but the few cells that run away", () => {
  const scaleFactor = rows((_, cell) => (cell === 3 ? 1e40 : 1 + cell / 100));
  const selection = [smallColumn, "excitatory", true] as const;
  const sampled = sampledVariable({ ...samples, scaleFactor }, "scaleFactor", ...selection);
  const { q05, median, q95 } = sampled.groups[0]!.quantiles!;
  for (const values of [q05, median, q95]) {
    for (const value of values) expect(value).toBeLessThan(2);
  }
  const figure = scaleFigure({ ...sampled, populations: smallColumn }, { document });
  expect(figure.svg).not.toContain("e40<");
  expect(figure.caption).toBe(
    "Scale factor of excitatory cells: medians over those alive. " +
      "Bands: 5 to 95 % quantile of living cells, about their median.",
  );
  expect(columnNames(figure)).toEqual([
    "time_ms",
    "excitatory_mean",
    "excitatory_sd",
    "excitatory_q05",
    "excitatory_median",
    "excitatory_q95",
    "excitatory_living_cells",
  ]);
});

test("scale factors of chosen cells, one of them deleted", async () => {
  const figure = scaleFigure({ ...scale([0, 9, 41]), periods }, { document });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/scale-cells.svg");
  expect(figure.caption).toMatchInlineSnapshot(
    `"Scale factor of 3 chosen cells. Bars on top: baseline 0 to 0.5 s, learning 0.5 to 1.5 s, recall 1.5 to 2 s, scaling on 0.5 to 2 s."`,
  );
  expect(columnNames(figure)).toEqual(["time_ms", "cell_0", "cell_9", "cell_41"]);
  const deleted = figure.tables[0]!.columns[1]!.values;
  expect([...deleted].map(Number.isNaN)).toEqual([...timesMs].map((timeMs) => timeMs > 1000));
});

test("rates are drawn and tabulated in Hz", () => {
  const figure = activityFigure(activity([3]), { document });
  const [, column] = figure.tables[0]!.columns;
  column!.values.forEach((rateHz, k) => {
    expect(rateHz).toBeCloseTo(1000 * samples.sensedRateKhz[k]![3]!, 12);
  });
  expect(figure.svg).toContain("Sensed rate (Hz)");
});

test("the axis of scale factors begins at 0, however narrow their range", () => {
  const { svg } = scaleFigure(scale("excitatory"), { document });
  const labels = [...svg.matchAll(/<text[^>]*>([\d.]+)<\/text>/g)].map(([, text]) => text);
  expect(labels.filter((text) => text === "0")).toHaveLength(2);
});

test("a panel a group, and one panel for single cells", () => {
  const yAxes = (cells: CellSelection) =>
    activityFigure(activity(cells), { document }).svg.split("Sensed rate (Hz)</text>").length - 1;
  expect([yAxes("by-class"), yAxes("all"), yAxes("excitatory"), yAxes([1, 2])]).toEqual([
    2, 1, 1, 1,
  ]);
});

test("few cells are labelled one by one, many by population or class", () => {
  const labels = (cells: number[]) => {
    const { svg } = activityFigure(activity(cells), { document });
    return [...svg.matchAll(/>(\d+ \(\w+\)|E\w+|FS|LTS)</g)].map(([, label]) => label).sort();
  };
  expect(labels([0, 1, 9])).toEqual(["0 (E6)", "1 (E6)", "9 (I6L)"]);
  expect(labels([0, 1, 2, 3, 6, 7, 8, 9])).toEqual(["E6", "FS", "LTS"]);
});

test("no samples, samples outside the interval and unknown cells are refused", () => {
  const none = { ...activity(), timesMs: new Float64Array(0) };
  expect(() => activityFigure(none, { document })).toThrow(FigureDataError);
  const narrow = { document, interval: { startMs: 0, endMs: 1000 } };
  expect(() => activityFigure(activity(), narrow)).toThrow(/50 to 1950 ms.* 0 to 1000 ms/);
  const foreign = { ...activity([40]), populations: smallColumn.slice(0, 1) };
  expect(() => activityFigure(foreign, { document })).toThrow(/Cell 40 .* 1 populations/);
});

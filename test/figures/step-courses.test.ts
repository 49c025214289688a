import { expect, test } from "vitest";
import { FigureDataError } from "../../src/drawing/figure.ts";
import { type StepCourse, stepCoursesFigure } from "../../src/figures/step-courses.ts";
import { document } from "./small-column.ts";

const names = {
  name: "deaths",
  column: "dead_cells",
  subject: "Dead cells",
  axisLabel: "Dead cells",
};

const course = (counts: readonly number[], label = ""): StepCourse => ({
  label,
  timesMs: Float64Array.of(0, 400, 1000),
  values: { excitatory: Float64Array.from(counts), inhibitory: Float64Array.of(0, 1, 1) },
});

test("steps of each class, and their numbers", async () => {
  const periods = [{ label: "scaling", startMs: 200, endMs: 1000 }];
  const run = { ...course([0, 2, 3]), branchMs: 400 };
  const figure = stepCoursesFigure({ ...names, runs: [run], periods }, { document });
  await expect(figure.svg).toMatchFileSnapshot("snapshots/step-courses.svg");
  expect(figure.caption).toBe(
    "Dead cells against time. Grey: the past, before it branched off at 0.4 s. Bars on top: scaling 0.2 to 1 s.",
  );
  const columns = figure.tables[0]!.columns.map(({ name, values }) => [name, ...values]);
  expect(columns).toEqual([
    ["time_ms", 0, 400, 1000],
    ["is_past", 1, 0, 0],
    ["excitatory_dead_cells", 0, 2, 3],
    ["inhibitory_dead_cells", 0, 1, 1],
  ]);
});

test("a value holds until the next time", () => {
  const runs = [
    { timesMs: Float64Array.of(0, 500, 1000), values: { all: Float64Array.of(1, 2, 2) } },
  ];
  const { svg } = stepCoursesFigure({ ...names, runs }, { document });
  const paths = [...svg.matchAll(/ d="(M[^"]*)"/g)].map(([, path]) => path!.split(/[ML]/).slice(1));
  const line = paths
    .map((points) => points.map((point) => point.split(",").map(Number)))
    .find((points) => points.length === 5)!;
  const [[x0, y0], [x1, y1], [x2, y2]] = line as [number[], number[], number[]];
  expect([x1, y1]).toEqual([x2, y0]);
  expect(x0).toBeLessThan(x1!);
  expect(y2).toBeLessThan(y1!);
});

test("compared runs share the panels, with a table each", () => {
  const runs = [course([0, 2, 3], "one"), course([0, 0, 1], "the other")];
  const figure = stepCoursesFigure({ ...names, runs }, { document });
  expect(figure.caption).toContain("Compared: one, the other.");
  expect(figure.tables.map(({ name }) => name)).toEqual(["one", "the-other"]);
});

test("nothing to draw is refused", () => {
  const runs = [{ timesMs: new Float64Array(), values: { all: new Float64Array() } }];
  expect(() => stepCoursesFigure({ ...names, runs }, { document })).toThrow(FigureDataError);
});

import { describe, expect, it } from "vitest";
import type { Measures } from "../../src/measures/quantities.ts";
import { bandsOf, groupRuns, parameterAxis } from "../../src/study/groups.ts";
import type { StudyRun } from "../../src/study/table.ts";
import { planTiny } from "./planning/tiny-sweep.ts";

const runsOf = (text: string): StudyRun[] =>
  planTiny(`preset: tiny\n${text}`)
    .tasks.filter(({ kind }) => kind === "run")
    .map((task) => ({ task, measures: {} as Measures, endMs: 0, wallSeconds: 0, bytes: 0 }));

const runs = runsOf(`
vary:
  scalingBeta: [0.5, 0.1, 0.3]
  scaling: [on, off]
  trainingRateHz: [1, 2, 4, 8]
seeds: 2
`);

describe("the axis of a varied parameter", () => {
  it("has numbers in order, and choices as the sweep has them", () => {
    expect(parameterAxis("scalingBeta", runs).values).toEqual([0.1, 0.3, 0.5]);
    expect(parameterAxis("scaling", runs)).toEqual({
      name: "scaling",
      unit: "",
      values: [true, false],
    });
    expect(parameterAxis("trainingRateHz", runs).unit).toBe("Hz");
  });
});

describe("groups of runs", () => {
  it("are told apart by choices first, then by numbers, as far as there are few", () => {
    const { by, labels, groupOf, averaged } = groupRuns(runs, ["scalingBeta", "scaling"]);
    expect(by).toEqual(["scaling", "scalingBeta"]);
    expect(labels).toHaveLength(6);
    expect(labels[0]).toBe("scaling on, scalingBeta 0.5");
    expect(averaged).toBe("2 seeds");
    for (const run of runs) {
      const { scaling, scalingBeta } = run.task.settings;
      expect(labels[groupOf(run)]).toBe(
        `scaling ${scaling ? "on" : "off"}, scalingBeta ${scalingBeta}`,
      );
    }
  });

  it("average over parameters of too many values, and say so", () => {
    const { by, averaged } = groupRuns(runs, ["scaling", "scalingBeta", "trainingRateHz"]);
    expect(by).toEqual(["scaling", "scalingBeta"]);
    expect(averaged).toBe("2 seeds and 4 values of trainingRateHz");
  });

  it("are one without a name where nothing sets runs apart", () => {
    const single = runsOf("vary: { scalingBeta: [1, 2] }");
    expect(groupRuns(single, [])).toMatchObject({ by: [], labels: [""], averaged: undefined });
  });
});

it("bands are means with limits over the values there are", () => {
  const { mean, lower, upper, count } = bandsOf([[1, 3], [5], [], [Number.NaN, 2]]);
  expect([...mean]).toEqual([2, 5, Number.NaN, 2]);
  expect([...count]).toEqual([2, 1, 0, 1]);
  // Student's t for one degree of freedom is 12.706, and the standard error is 1.
  expect(lower[0]).toBeCloseTo(2 - 12.7062, 3);
  expect(upper[0]).toBeCloseTo(2 + 12.7062, 3);
  expect(upper[1]).toBeNaN();
});

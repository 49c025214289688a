import { describe, expect, it } from "vitest";
import type { Measures } from "../../src/measures/quantities.ts";
import { groupRuns, parameterAxis } from "../../src/study/groups.ts";
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
    const { by, labels, groupOf, pool } = groupRuns(runs, ["scalingBeta", "scaling"]);
    expect(by).toEqual(["scaling", "scalingBeta"]);
    expect(labels).toHaveLength(6);
    expect(labels[0]).toBe("scaling on, scalingBeta 0.5");
    expect(pool).toEqual({ text: "2 seeds", isSample: true });
    for (const run of runs) {
      const { scaling, scalingBeta } = run.task.settings;
      expect(labels[groupOf(run)]).toBe(
        `scaling ${scaling ? "on" : "off"}, scalingBeta ${scalingBeta}`,
      );
    }
  });

  it("are medians over parameters of too many values, and say so", () => {
    const { by, pool } = groupRuns(runs, ["scaling", "scalingBeta", "trainingRateHz"]);
    expect(by).toEqual(["scaling", "scalingBeta"]);
    expect(pool).toEqual({ text: "2 seeds and 4 values of trainingRateHz", isSample: false });
  });

  it("are one without a name where nothing sets runs apart", () => {
    const single = runsOf("vary: { scalingBeta: [1, 2] }");
    expect(groupRuns(single, [])).toMatchObject({ by: [], labels: [""], pool: undefined });
  });
});

import { describe, expect, it } from "vitest";
import { readExperiment } from "../../src/experiment/file.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { variablesText } from "../../src/export/original-variables.ts";
import { baselineOf } from "../../src/measures/activity.ts";
import { RunHistory } from "../../src/measures/history.ts";
import { runExperiment } from "../../src/simulation/run-experiment.ts";

/** What a run says whose timeline is all that anything happens by, or does not. */
async function recorded(timeline: readonly string[], more = "") {
  const text = `duration: 4 s\n${more}timeline:\n${timeline.map((one) => `  - ${one}\n`).join("")}`;
  const record = await runExperiment(readExperiment(text));
  const variables = variablesText(new RunExcerpt(record));
  const [, ...pairs] = variables.split("\n").filter((line) => line.includes("="));
  return {
    gainTimesMs: [...record.gainTimesMs],
    baselineMs: baselineOf(new RunHistory(record)).endMs,
    variables: Object.fromEntries(pairs.map((pair) => pair.split("="))),
  };
}

describe("readers of a record ask its timeline", () => {
  it("when scaling, learning and loss are entries of their own", async () => {
    const { gainTimesMs, baselineMs, variables } = await recorded([
      "{ at: 0.9 s, plasticity: on, for: 2 s }",
      "{ from: 1.5 s, until: 2 s, scaling: on }",
      "{ from: 1 s, every: 0.5 s, delete: { cells: E4, count: 2, choose: highest-rate, externalReduction: 0.1 } }",
      "{ from: 0 s, every: 0.8 s, trials: {} }",
    ]);
    expect(gainTimesMs).toEqual([900, 2900, 4000]);
    expect(baselineMs).toBe(900);
    expect(variables).toMatchObject({
      ...{ scaling: "1", scalingstart: "1500", deletionstep: "2", segmentlength: "500" },
      ...{ scaleexternal: "1", scaleexternalrate: "0.100000", randomdelete: "0" },
      ...{ infotriallength: "800" },
    });
  });

  it("when a preset's are taken out", async () => {
    const { gainTimesMs, baselineMs, variables } = await recorded(
      [
        "{ id: homeostasis, remove: true }",
        "{ id: trials, remove: true }",
        "{ id: loss, remove: true }",
      ],
      "preset: deletion-with-scaling-quick\nparameters: { scalingStartMs: 1000 }\n",
    );
    expect(gainTimesMs).toEqual([4000]);
    // Where the run that it is compared with begins to scale.
    expect(baselineMs).toBe(1000);
    expect(variables["scaling"]).toBe("0");
    expect(variables).not.toHaveProperty("deletionstep");
  });
});

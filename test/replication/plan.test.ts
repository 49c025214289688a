import { describe, expect, it } from "vitest";
import { timelineOf } from "../../src/experiment/definition.ts";
import { presets } from "../../src/experiment/presets.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { claims } from "../../src/paper/claims.ts";
import { claimsAbout, pairName, planReplication } from "../../src/replication/plan.ts";
import { taskCourse, taskParameters } from "../../src/study/planning/plan.ts";

describe("replicates of an experiment", () => {
  it("are pairs that differ in scaling and share what comes before it", () => {
    const { header, tasks } = planReplication({
      preset: "training-quick",
      changes: { plasticIncrementEE: 0.2 },
      seeds: 2,
    });
    expect(tasks.map(({ kind, seed, settings }) => [kind, seed, settings.scaling])).toEqual([
      ["baseline", 1, false],
      ["baseline", 2, false],
      ["run", 1, false],
      ["run", 2, false],
      ["run", 1, true],
      ["run", 2, true],
    ]);
    expect(tasks[0]!.untilMs).toBe(80_000);
    expect(tasks.slice(2).map(({ baseline }) => baseline)).toEqual([0, 1, 0, 1]);
    for (const task of tasks) {
      expect(taskParameters(header, task)).toMatchObject({ plasticIncrementEE: 0.2 });
    }
    const { gainTimesMs } = header;
    expect([gainTimesMs!.length, gainTimesMs![0], gainTimesMs!.at(-1)]).toEqual([
      21, 80_000, 165_000,
    ]);
    expect(header.judged).toBe(true);
  });

  it("have the entries that are added, in both runs", () => {
    const { header, tasks } = planReplication({
      preset: "training-quick",
      changes: {},
      added: [{ id: "training", remove: true }],
      seeds: 1,
    });
    expect(tasks).toHaveLength(3);
    for (const task of tasks) {
      const ids = timelineOf(taskCourse(header, task)).timeline.map(({ id }) => id);
      expect(ids).toContain("learning");
      expect(ids).not.toContain("training");
    }
    expect(header.gainTimesMs).toHaveLength(21);
  });

  it("are the same runs whichever of a pair is named", () => {
    const [one, other] = ["deletion-quick", "deletion-with-scaling-quick"].map((preset) =>
      planReplication({ preset, changes: {}, seeds: 1 }).tasks.map(({ hash }) => hash),
    );
    expect(other).toEqual(one);
    expect(pairName("deletion-with-scaling-as-deposited")).toBe("deletion-as-deposited");
    expect(pairName("scaling-quick")).toBe("scaling-quick");
  });

  it("have claims of the paper to speak to, each of them somewhere", () => {
    const courses = presets.map(({ overrides }) => {
      return { parameters: resolveParameters(overrides), entries: [] };
    });
    const about = courses.map(claimsAbout);
    for (const ids of about) expect(ids.length).toBeGreaterThan(0);
    expect([...new Set(about.flat())].sort()).toEqual(Object.keys(claims).sort());
    expect(about[presets.findIndex(({ name }) => name === "deletion")]).toContain(
      "deletion-silences",
    );
    expect(about[presets.findIndex(({ name }) => name === "scaling")]).toEqual([
      "scaling-keeps-target",
    ]);
    const unharmed = resolveParameters({ deletionStepCells: 0, learningDurationS: 0 });
    expect(claimsAbout({ parameters: unharmed, entries: [] })).toEqual(["scaling-keeps-target"]);
  });
});

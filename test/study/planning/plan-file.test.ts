import { describe, expect, it } from "vitest";
import {
  decodePlan,
  encodePlan,
  isSamePlan,
  PlanFileError,
} from "../../../src/study/planning/plan-file.ts";
import { planTiny } from "./tiny-sweep.ts";

const text = `
description: A "study", with commas.
preset: tiny-deletion
set: { deletionSelection: scale-factor }
vary:
  scaling: [false, true]
  deletionSeed: [0, 4294967295]
  scalingBeta: [4e-12, 0.1]
  trainingShuffled: [true]
seeds: [0, 3]
gainTimesS: [0.5]
resources: { time: 1 h }
`;

const plan = planTiny(text);
const files = encodePlan(plan, "2026-01-02T03:04:05.000Z");

describe("a plan's files", () => {
  it("give the plan back", () => {
    expect(decodePlan(files, "plan-0001.json")).toEqual(plan);
  });

  it("have a row for each task", () => {
    const rows = files.tasks.trimEnd().split("\n");
    expect(rows[0]).toBe(
      "task,kind,hash,seed,baseline,until_ms,scaling,deletionSeed,scalingBeta,trainingShuffled",
    );
    expect(rows).toHaveLength(1 + plan.tasks.length);
    expect(rows[1]).toMatch(/^0,baseline,[0-9a-f]{16},0,,170,false,0,4e-12,true$/);
    expect(rows.at(-1)).toMatch(/^17,run,[0-9a-f]{16},3,1,,true,4294967295,0\.1,true$/);
  });

  it("are the same plan's whenever they were written", () => {
    expect(isSamePlan(files, encodePlan(plan, "2027-01-02T03:04:05.000Z"))).toBe(true);
    const others = [`${text}measures: [spikes]`, text.replace("seeds: [0, 3]", "seeds: [0]")];
    for (const other of others) {
      expect(isSamePlan(files, encodePlan(planTiny(other), "2026-01-02T03:04:05.000Z"))).toBe(
        false,
      );
    }
  });

  it.each([
    ["tasks that were changed", { ...files, tasks: files.tasks.replace("4e-12", "5e-12") }],
    ["tasks that are cut short", { ...files, tasks: files.tasks.slice(0, -20) }],
    ["a header that is cut short", { ...files, header: files.header.slice(0, -20) }],
    [
      "a header of another version",
      { ...files, header: files.header.replace('"formatVersion": 1', '"formatVersion": 2') },
    ],
  ])("are refused with %s", (_, damaged) => {
    expect(() => decodePlan(damaged, "plan-0001.json")).toThrow(PlanFileError);
    expect(() => decodePlan(damaged, "plan-0001.json")).toThrow(/plan-0001\.json/);
  });
});

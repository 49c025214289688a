import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RunLocationError } from "../../src/recording/errors.ts";
import { keepPlan, openStudy, planNumbers } from "../../src/study/folder.ts";
import { temporaryFolder } from "../cli/command.ts";
import { planTiny } from "./planning/tiny-sweep.ts";

const plan = planTiny("preset: tiny\nvary: { scaling: [on, off] }");
const other = planTiny("preset: tiny\nvary: { scaling: [on, off] }\nseeds: 2");

describe("a study's directory", () => {
  it("keeps each plan as it was made, and the same one once", () => {
    const directory = join(temporaryFolder(), "studies", "one");
    expect(planNumbers(directory)).toEqual([]);
    expect(keepPlan(directory, plan).planNumber).toBe(1);
    const first = readFileSync(join(directory, "plan-0001.json"), "utf8");
    expect(keepPlan(directory, plan).planNumber).toBe(1);
    expect(keepPlan(directory, other).planNumber).toBe(2);
    expect(keepPlan(directory, plan).planNumber).toBe(3);
    expect(planNumbers(directory)).toEqual([1, 2, 3]);
    expect(readFileSync(join(directory, "plan-0001.json"), "utf8")).toBe(first);
    expect(openStudy(directory, 2).plan).toEqual(other);
    expect(openStudy(directory).planNumber).toBe(3);
    expect(openStudy(directory).plan).toEqual(plan);
  });

  it("does not count a plan that was cut off before its header", () => {
    const directory = temporaryFolder();
    keepPlan(directory, plan);
    writeFileSync(join(directory, "plan-0002.csv"), "task,ki");
    expect(openStudy(directory).planNumber).toBe(1);
    expect(keepPlan(directory, other).planNumber).toBe(3);
    expect(readFileSync(join(directory, "plan-0002.csv"), "utf8")).toBe("task,ki");
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("refuses plans that are not there, and those that do not fit together", () => {
    const directory = temporaryFolder();
    expect(() => openStudy(directory)).toThrow(RunLocationError);
    expect(() => openStudy(join(directory, "none"))).toThrow(/contains no plan of a sweep/);
    const file = join(directory, "sweep.yaml");
    writeFileSync(file, "");
    expect(() => openStudy(file)).toThrow(/sweep\.yaml contains no plan of a sweep/);
    keepPlan(directory, plan);
    expect(() => openStudy(directory, 7)).toThrow(/contains no plan 7/);
    keepPlan(directory, other);
    rmSync(join(directory, "plan-0002.csv"));
    copyFileSync(join(directory, "plan-0001.csv"), join(directory, "plan-0002.csv"));
    expect(() => openStudy(directory)).toThrow(/plan-0002\.json do not match their checksum/);
  });

  it("has a directory for each simulation, and the same one in every plan", () => {
    const directory = temporaryFolder();
    const [first, second] = [keepPlan(directory, plan), keepPlan(directory, other)];
    const places = first.plan.tasks.map((task) => first.runDirectory(task));
    expect(new Set(places).size).toBe(3);
    // Seed 1 is none of the first plan's.
    expect(second.plan.tasks.some((task) => places.includes(second.runDirectory(task)))).toBe(
      false,
    );
    const published = planTiny("preset: tiny\nvary: { scaling: [off, on] }\nseeds: [0, 1]");
    const third = keepPlan(directory, published);
    const runs = third.plan.tasks.filter(({ kind, seed }) => kind === "run" && seed === 0);
    for (const run of runs) expect(places).toContain(third.runDirectory(run));
  });

  it("has no task beyond its plan's", () => {
    const study = keepPlan(temporaryFolder(), plan);
    expect(study.task(2)).toBe(study.plan.tasks[2]);
    expect(() => study.task(3)).toThrow(/has no task 3: expected 0 to 2/);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultJobOptions, JobOptionsError } from "../../../src/executors/clusters/job-options.ts";
import { mergeOptions, readSite } from "../../../src/executors/clusters/site-file.ts";
import { presets } from "../../../src/experiment/presets.ts";
import { readSweep } from "../../../src/study/planning/sweep-file.ts";

const example = (name: string) =>
  readFileSync(new URL(`../../../examples/clusters/${name}`, import.meta.url), "utf8");

describe("a site's file", () => {
  it("says what all jobs of the site need", () => {
    expect(readSite(example("slurm.yaml"), "slurm.yaml")).toEqual({
      queue: "short",
      account: "cortex",
      timeMs: 7_200_000,
      warningMs: 120_000,
      tasksAtOnce: 200,
      runsPerTask: 10,
      prelude: ["module load nodejs/20"],
      lines: ["--constraint=avx2", "--mail-type=FAIL"],
    });
  });

  it.each(["slurm.yaml", "gridengine.yaml"])("is shipped as %s", (name) => {
    expect(() => mergeOptions(defaultJobOptions, readSite(example(name), name))).not.toThrow();
  });

  it("has the time in the scheduler's own form", () => {
    expect(readSite("time: 1-12:00:00", "site.yaml")).toEqual({ timeMs: 129_600_000 });
    expect(readSite("time: 90", "site.yaml")).toEqual({ timeMs: 5_400_000 });
  });

  it("names all that would break a line of a script", () => {
    const text = ['queue: "a\\nb"', "account: a b", 'prelude: ["x", "y\\nz"]', 'command: " "'];
    expect(() => readSite(text.join("\n"), "site.yaml")).toThrow(
      [
        "site.yaml:1: queue: expected a name without spaces.",
        "site.yaml:2: account: expected a name without spaces.",
        "site.yaml:3: prelude[2]: expected one line of text.",
        "site.yaml:4: command: expected one line of text.",
      ].join("\n"),
    );
  });

  it("may be empty, and have a single line where there can be several", () => {
    expect(readSite("", "site.yaml")).toEqual({});
    expect(readSite("prelude: module load nodejs", "site.yaml")).toEqual({
      prelude: ["module load nodejs"],
    });
  });
});

describe("options of jobs", () => {
  it("are those of the latest that says something, and all lines", () => {
    const merged = mergeOptions(
      defaultJobOptions,
      { queue: "long", runsPerTask: 4, lines: ["-a"] },
      { queue: "short", account: undefined, lines: ["-b"] },
    );
    expect(merged).toMatchObject({ queue: "short", runsPerTask: 4, lines: ["-a", "-b"] });
    expect(merged).not.toHaveProperty("account");
  });

  it("must go together once they are merged", () => {
    const merge = () => mergeOptions(defaultJobOptions, { timeMs: 90_000 }, { warningMs: 120_000 });
    expect(merge).toThrow(JobOptionsError);
  });
});

it("ships a study of a hundred thousand runs", () => {
  const name = "hundred-thousand-runs.yaml";
  const { varied, seeds } = readSweep(example(name), name, name, presets);
  const settings = varied.reduce((count, { values }) => count * values.length, 1);
  expect(settings * seeds.length).toBe(100_000);
});

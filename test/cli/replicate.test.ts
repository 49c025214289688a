import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openStudy } from "../../src/study/folder.ts";
import { readCompletion } from "../../src/study/task-records.ts";
import { everythingIn, inThisProcess, isocortex } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

/** Two seconds of a column of 43 cells. */
const tiny = [
  "sizeFactor=0.1",
  "baselineDurationS=0.6",
  "learningDurationS=1",
  "recallDurationS=0.4",
  "scalingStartMs=600",
  "samplingStartMs=100",
  "samplingIntervalMs=100",
].flatMap((assignment) => ["--set", assignment]);

const replicate = (...args: string[]) =>
  isocortex(["replicate", "training-with-scaling-quick", ...tiny, ...args], { cwd });

const directory = "replicates/training-quick";
const results = (name: string) => join(cwd, directory, "results", name);

const finishedAt = () => {
  const study = openStudy(join(cwd, directory));
  return study.plan.tasks.map((task) => readCompletion(study, task)!.finishedAt);
};

let stdout: string;

beforeAll(async () => {
  const outcome = await replicate("--seeds", "2");
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  stdout = outcome.stdout;
});

const rowsOf = (name: string) => readFileSync(results(name), "utf8").trimEnd().split("\n");

describe("replicate", () => {
  it("tells of each claim in how many networks it holds, and its effect", () => {
    expect(stdout).toMatch(/^2 networks, each without and with scaling$/m);
    expect(stdout).toMatch(/^claim +holds +95 % CI +median effect +95 % CI$/m);
    expect(stdout).toMatch(
      /^training-ends-in-hyperactivity +\d of 2 +0\.\d\d to \d\.\d\d +−?\d+\.\d\d +–$/m,
    );
    expect(stdout).toMatch(/^ {4}Holds when: The E rate over 10 s exceeds ten times/m);
    const claims = rowsOf("claims.csv");
    expect(claims).toHaveLength(6);
    expect(claims[0]).toBe(
      "claim,statement,criterion,replicates,holds,fraction,fraction_lower,fraction_upper,effect,effect_count,effect_median,effect_lower,effect_upper",
    );
    expect(rowsOf("claims-by-seed.csv").map((row) => row.split(",")[0])).toEqual([
      "seed",
      "1",
      "2",
    ]);
  });

  it("gives every curve of each network, as a picture and as numbers", () => {
    expect(readFileSync(results("curves.svg"), "utf8")).toContain("Scale factor of E cells");
    expect(existsSync(results("curves.npz"))).toBe(true);
    const rates = rowsOf("curves-rate-ehz-with-scaling.csv");
    expect(rates[0]).toBe("time_ms,median,lower,upper,count,seed_1,seed_2");
    expect(rates).toHaveLength(101);
    expect(rates[1]).toMatch(/^10,[\d.]+,,,2,[\d.]+,[\d.]+$/);
    const gains = rowsOf("curves-gain-ee-without-scaling.csv");
    expect(gains).toHaveLength(23);
    expect(gains[1]).toBe("600,1,,,2,1,1");
  });

  it("tells when networks became hyperactive, as survival curves", () => {
    for (const scaling of ["without", "with"]) {
      const found = new RegExp(`^Hyperactive ${scaling} scaling: (\\d) of 2 networks`, "m").exec(
        stdout,
      );
      const [header, first, ...others] = rowsOf(`curves-survival-${scaling}-scaling.csv`);
      expect(header).toBe("time_ms,fraction,lower,upper,count");
      expect(first).toMatch(/^0,1,0\.34\d+,1,2$/);
      expect(Number(others.at(-1)!.split(",")[1])).toBe(1 - Number(found![1]) / 2);
      expect(others.at(-1)).toMatch(/^2000,/);
    }
  });

  it("runs only what is missing, and more seeds beside those there are", async () => {
    const before = finishedAt();
    const { stdout: text } = await replicate("--seeds", "3", "--json", "--quiet");
    const after = finishedAt();
    expect(after).toHaveLength(9);
    for (const time of before) expect(after).toContain(time);
    const told = JSON.parse(text);
    expect(told).toMatchObject({ directory, replicates: 3 });
    expect(told.claims[0].verdicts.map(({ seed }: { seed: number }) => seed)).toEqual([1, 2, 3]);
    const study = openStudy(join(cwd, directory));
    rmSync(study.runDirectory(study.task(5)), { recursive: true });
    const { stdout: again } = await replicate("--seeds", "3");
    expect(again).toMatch(/^1 remaining/m);
    expect(again).toMatch(/^3 networks/m);
  });

  it("shows what it would do", async () => {
    const before = everythingIn(cwd);
    const { code, stdout: text } = await replicate("--seeds", "4", "--dry-run");
    expect(code).toBe(0);
    expect(text).toMatch(/^2 remaining/m);
    expect(everythingIn(cwd)).toEqual(before);
  });
});

it.each([
  ["another experiment", ["replicate", "trainnig", "--seeds", "2"], /Did you mean training\?/],
  ["no number of seeds", ["replicate", "training"], /required option '--seeds <n>'/],
  ["no seeds", ["replicate", "training", "--seeds", "0"], /a whole number from 1 to/],
  [
    "one half of the pair",
    ["replicate", "training", "--seeds", "2", "--set", "scaling=on"],
    /Each network is run without and with scaling/,
  ],
  [
    "a parameter that is wrong",
    ["replicate", "training", "--seeds", "2", "--set", "scalingBeto=1"],
    /Did you mean scalingBeta\?/,
  ],
])("refuses %s", async (_, args, message) => {
  const before = everythingIn(cwd);
  const { code, stderr } = await inThisProcess(args, { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(everythingIn(cwd)).toEqual(before);
});

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openHistory } from "../../src/runs/history.ts";
import { openRun } from "../../src/runs/opening.ts";
import { everythingIn, inThisProcess, isocortex, temporaryFolder } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

/** Experiments of a fifth of the size that last seconds. */
const tiny = [
  "sizeFactor=0.2",
  "baselineDurationS=3",
  "learningDurationS=4",
  "recallDurationS=2",
  "scalingStartMs=3000",
  "samplingStartMs=500",
  "samplingIntervalMs=500",
].flatMap((assignment) => ["--set", assignment]);

/** The second paper's, likewise. */
const tiny2014 = [
  "sizeFactor=0.2",
  "baselineDurationS=6",
  "baselinePhaseMs=2000",
  "deletionPhaseMs=4000",
  "scalingStartMs=1000",
  "deletionStartMs=2000",
  "stimulationStartMs=4000",
  "trialDurationMs=1000",
  "samplingIntervalMs=500",
  "bufferIntervalMs=1500",
].flatMap((assignment) => ["--set", assignment]);

const figure = (...args: string[]) => isocortex(["figure", ...args], { cwd });
const file = (path: string) => readFileSync(join(cwd, path), "utf8");
const writtenAt = (path: string) => statSync(join(cwd, path)).mtimeMs;

interface Report {
  readonly figure: number;
  readonly runs: readonly {
    readonly directory: string;
    readonly startMs: number;
    readonly seed: number;
  }[];
  readonly claims: readonly { readonly id: string; readonly holds: boolean }[];
  readonly files: readonly string[];
  readonly caption: string;
}

describe("figure", () => {
  it("makes a figure from nothing: runs, picture, page, numbers", async () => {
    const { code, stdout, stderr } = await figure("5", "--quick", ...tiny, "--quiet");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const files = stdout.split("\n\n")[0]!.split("\n");
    expect(files).toEqual([
      "runs/figures/figure-5-quick.svg",
      "runs/figures/figure-5-quick.md",
      ...["a", "b", "c"].map((letter) => `runs/figures/figure-5-quick-${letter}.csv`),
      "runs/figures/figure-5-quick.npz",
    ]);
    for (const path of files) expect(existsSync(join(cwd, path))).toBe(true);
    expect(stdout).toMatch(/(yes|NO ) {2}With scaling, training does not end/);
    expect(file("runs/figures/figure-5-quick.svg")).toMatch(/^<svg[\s\S]*Figure 5\. Training with/);
    const page = file("runs/figures/figure-5-quick.md");
    expect(page).toMatch(
      /training-with-scaling-quick \(.*sizeFactor 0\.2, .*\), 9 s simulated\. Published network/,
    );
    expect(page).toMatch(/\| `sizeFactor` \| 0\.2 \| 1 \|/);
    expect(page).toMatch(/isocortex \d+\.\d+\.\d+/);
  });

  it.each([
    [
      "memory",
      ["sizeFactor=1000", "connectionFactor=1"],
      /cells and .* takes .* of contiguous memory/,
    ],
    ["room", ["samplingIntervalMs=1", "sizeFactor=200"], /^error: The recording takes/],
  ])("begins no run where there is too little %s for all of them", async (_, settings, message) => {
    const sets = settings.flatMap((setting) => ["--set", setting]);
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await inThisProcess(["figure", "5", "--quiet", ...sets], {
      cwd,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(everythingIn(cwd)).toEqual([]);
  });

  it("begins training as a branch of the baseline, and draws both as one", () => {
    const history = openHistory(join(cwd, "runs/training-with-scaling-quick"));
    expect(history.branchMs).toBe(3000);
    expect(history.interval).toEqual({ startMs: 0, endMs: 9000 });
    expect(history.record.gainTimesMs.length).toBe(42);
    const [, ...rows] = file("runs/figures/figure-5-quick-a.csv").trim().split("\n");
    expect(rows).toHaveLength(18);
    expect(file("runs/figures/figure-5-quick.svg")).not.toContain("past");
  });

  it("keeps the runs that are there, and records only what is missing", async () => {
    const manifests = ["baseline-quick", "training-with-scaling-quick"].map(
      (name) => `runs/${name}/manifest.json`,
    );
    const before = manifests.map(writtenAt);
    const { code, stdout } = await figure("7", "--quick", ...tiny, "--json", "--format", "pdf");
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report.runs.map(({ directory, startMs }) => [directory, startMs])).toEqual([
      ["runs/training-quick", 3000],
      ["runs/training-with-scaling-quick", 3000],
    ]);
    expect(report.claims.map(({ id }) => id)).toEqual([
      "training-changes-spectrum",
      "hyperactivity-has-another-spectrum",
    ]);
    expect(readFileSync(join(cwd, report.files[0]!)).subarray(0, 5).toString()).toBe("%PDF-");
    expect(manifests.map(writtenAt)).toEqual(before);
    // Segments of 2 s, the shortest phase, end with the phases at 3, 7 and 9 s.
    const [header] = file("runs/figures/figure-7-quick-a.csv").split("\n", 1);
    expect(header!.match(/excitatory_from_\d+_ms_db/g)).toEqual(
      [1000, 3000, 5000, 7000].map((fromMs) => `excitatory_from_${fromMs}_ms_db`),
    );
  });

  it.each([
    [
      ["6"],
      [
        "training-ends-in-hyperactivity",
        "scaling-prevents-hyperactivity",
        "scaling-leaves-learning",
      ],
    ],
    [["2"], ["deletion-silences", "scaling-sustains-deleted", "scaling-slows-silence"]],
    [
      ["2", "--as", "deposited"],
      ["training-ends-in-hyperactivity", "scaling-prevents-hyperactivity"],
    ],
  ])("draws figure %s, and judges its claims", async (which, claims) => {
    const { code, stdout, stderr } = await figure(
      ...which,
      "--quick",
      ...tiny,
      "--json",
      "--quiet",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const report = JSON.parse(stdout) as Report;
    expect(report.claims.map(({ id }) => id)).toEqual(claims);
    expect(file(report.files[0]!)).toMatch(new RegExp(`^<svg[\\s\\S]*Figure ${which[0]}\\. `));
    for (const path of report.files) expect(statSync(join(cwd, path)).size).toBeGreaterThan(0);
  });

  it.each<[string, string[], number, ...string[]]>([
    ["5", ["loss-silences", "scaling-restores-activity", "scaling-drives-loss"], 4],
    [
      "7",
      ["stimulation-raises-activity", "stimulation-lowers-scaling", "stimulation-slows-loss"],
      8,
      "--seed=1",
    ],
    ["10", ["signal-adds-information", "stimulation-keeps-information"], 2],
    ["11", ["loss-reduces-information"], 2, "--seed=1", "--values=1,6"],
  ])(
    "draws figure %s of the second paper, averaged over seeds unless for one",
    async (which, claims, runs, ...chosen) => {
      const args = [
        which,
        "--paper",
        "2014",
        "--quick",
        ...tiny2014,
        ...chosen,
        "--json",
        "--quiet",
      ];
      const { code, stdout, stderr } = await figure(...args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const report = JSON.parse(stdout) as Report;
      expect(report.claims.map(({ id }) => id)).toEqual(claims);
      expect(report.runs).toHaveLength(runs);
      const seeds = chosen.includes("--seed=1") ? [1] : [1, 2];
      expect([...new Set(report.runs.map((run) => run.seed))].sort()).toEqual(seeds);
      expect(report.caption).toContain("Rowan, Neymotin & Lytton (2014)");
      expect(report.caption.includes("(seeds 1, 2)")).toBe(seeds.length > 1);
      for (const path of report.files) {
        expect(path).toContain(`figure-2014-${which}${chosen[1] ? "-at-1-and-6" : ""}-quick`);
        expect(statSync(join(cwd, path)).size).toBeGreaterThan(0);
      }
      const { parameters } = openRun(join(cwd, report.runs.at(-1)!.directory)).manifest;
      expect(parameters["stimulationSeed"]!.value).toBe(seeds.at(-1));
      expect(parameters["weightRandomization"]!.value).toBe(-seeds.at(-1)!);
    },
  );

  it("takes up a whole run that another command has recorded", async () => {
    const folder = temporaryFolder();
    const changes = [...tiny, "--set", "learningDurationS=1", "--quiet"];
    const run = ["run", "training-quick", ...changes];
    expect((await isocortex(run, { cwd: folder })).code).toBe(0);
    const made = await isocortex(["figure", "4", "--quick", ...changes], { cwd: folder });
    expect(made.code).toBe(0);
    expect(existsSync(join(folder, "runs/baseline-quick"))).toBe(false);
  });

  it("goes on after Ctrl-C where it stopped", async () => {
    const folder = temporaryFolder();
    const longer = ["--set", "baselineDurationS=40", "--set", "scalingStartMs=8000"];
    const args = ["figure", "3", "--quick", ...longer, "--out", "here"];
    const manifest = join(folder, "here/scaling-quick/manifest.json");
    const stopped = await isocortex(args, {
      cwd: folder,
      onStart: (child) => {
        const timer = setInterval(() => {
          if (!existsSync(manifest)) return;
          clearInterval(timer);
          child.kill("SIGINT");
        }, 20);
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(
      /0 of 1 runs are complete.*kept up to their last checkpoint\.\nContinue: repeat the command/,
    );
    const reachedMs = openRun(join(folder, "here/scaling-quick")).manifest.simulatedMs;
    expect(reachedMs).toBeLessThan(40_000);
    const { code, stdout } = await isocortex([...args, "--json"], { cwd: folder });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Report).claims[0]!.id).toBe("scaling-keeps-target");
  });

  it("refuses to draw another experiment's run", async () => {
    const { code, stderr } = await inThisProcess(
      ["figure", "5", "--quick", ...tiny, "--set", "EXGain=14"],
      { cwd },
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /contains a run with different externalGain.*[Dd]elete it, or name another/,
    );
  });

  it.each([
    [["1"], /Figure 1 is a diagram of the model/],
    [["8"], /expected 2, 3, 4, 5, 6 or 7\..*other paper, change --paper/],
    [["4", "--as", "deposited"], /only figure 2 of 2013 has two versions/],
    [["2", "--paper", "2014"], /expected 5, 6, 7, 8, 9, 10 or 11/],
    [["5", "--replicates", "2"], /isocortex replicate/],
    [["5", "--paper", "2014", "--replicates", "51"], /whole number from 1 to 50/],
    [["5", "--paper", "2014", "--seed", "1", "--replicates", "2"], /one of them/],
    [
      ["7", "--paper", "2014", "--values", "2,7"],
      /--values 7: the figure has 0\.5, 1, 2, 3, 4, 5, 6/,
    ],
    [["5", "--paper", "2014", "--values", "2"], /figure 5 of 2014 varies neither/],
    [["7", "--paper", "2014", "--values", "2,-1"], /numbers above 0, such as/],
    [["6", "--paper", "2014", "--signal", "mine"], /only figures 10 and 11 of 2014/],
    [["10", "--paper", "2014", "--signal", "none.txt"], /There is no file none\.txt/],
    [
      ["10", "--paper", "2014", "--quick", "--signal", "mine"],
      /mine: line 1 is "": expected one number/,
    ],
    [["2", "--as", "printed"], /intended, deposited/],
    [["5", "--set", "scalling=1"], /scaling/],
    [["5", "--workers", "0"], /whole number from 1 to/],
    [["5", "--format", "gif"], /svg, png, pdf/],
  ])("refuses %j", async (args, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "mine"), "");
    const { code, stdout, stderr } = await inThisProcess(["figure", ...args], { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(everythingIn(folder)).toEqual(["mine"]);
  });
});

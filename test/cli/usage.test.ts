import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { program } from "../../src/host/package.ts";
import { everythingIn, inThisProcess, isocortex, shell, temporaryFolder } from "./command.ts";

const commands = [
  "list",
  "show",
  "check",
  "run",
  "runsim",
  "resume",
  "branch",
  "verify",
  "plot",
  "export",
  "compare",
  "replicate",
  "sweep",
  "bench",
];

describe("help", () => {
  it("is what the bare command prints", async () => {
    const { code, stdout, stderr } = await isocortex([], { cwd: temporaryFolder() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  it.each(commands)("of %s has examples", async (command) => {
    const { code, stdout, stderr } = await inThisProcess([command, "--help"], {
      cwd: temporaryFolder(),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`Examples:\n  isocortex ${command} ?`));
  });

  it("goes with the version", async () => {
    const { code, stdout } = await isocortex(["--version"], { cwd: temporaryFolder() });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${program.version}\n` });
  });
});

/** What is wrong, the arguments, and what the message must say. */
const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["an unknown command", ["rum"], /unknown command 'rum'\n\(Did you mean run\?\)/],
  ["an unknown option", ["run", "baseline", "--sed", "1"], /--seed/],
  ["no experiment", ["run"], /missing required argument 'preset\|file'/],
  ["an unknown experiment", ["run", "trainin"], /trainin\b.*\btraining\b/s],
  ["too many experiments", ["run", "baseline", "training"], /too many arguments/],
  [
    "an unknown parameter",
    ["run", "baseline", "--set", "plastEEinx=0.1"],
    /Unknown parameter "plastEEinx". Did you mean plastEEinc/,
  ],
  [
    "a value out of range",
    ["run", "baseline", "--set", "sizeFactor=-1"],
    /sizeFactor = "-1": expected a number from 0.1 to 1000/,
  ],
  ["no value", ["run", "baseline", "--set", "sizeFactor"], /"sizeFactor": expected name=value/],
  [
    "a seed that is none",
    ["run", "baseline", "--seed", "1.5"],
    /whole number from 0 to 4294967295/,
  ],
  [
    "gains after the end",
    ["run", "baseline", "--gains-at", "1e6"],
    /--gains-at: .*1000000 s: expected a time from 0 to/,
  ],
  ["a time that is none", ["run", "baseline", "--gains-at", "soon"], /times in seconds/],
  [
    "a directory in use",
    ["run", "baseline", "--out", "notes"],
    /notes contains files that do not belong to a run/,
  ],
  [
    "a directory in use, even to be overwritten",
    ["run", "baseline", "--out", "notes", "--overwrite"],
    /notes contains files that do not belong to a run/,
  ],
  ["a file for a directory", ["run", "baseline", "--out", "notes/a.txt"], /a file or below one/],
  ["a place under a file", ["run", "baseline", "--out", "notes/a.txt/b"], /a file or below one/],
  ["an unknown override", ["runsim", "new", "{stdpsin=1}"], /Did you mean stdpsim/],
  ["an override without braces closed", ["runsim", "new", "{stdpsim=1"], /assignments as in/],
  ["no run to plot", ["plot", "notes", "raster"], /notes contains no run/],
  ["no directory to plot", ["plot", "nothing", "raster"], /There is no directory nothing/],
  ["an unknown figure", ["plot", "notes", "rasta"], /activity, charge, scale, raster/],
  ["no run to export", ["export", "notes"], /notes contains no run/],
  ["no run to resume", ["resume", "notes"], /notes contains no run/],
  ["no time to branch at", ["branch", "notes", "--out", "new"], /expected a run and a time in s/],
  ["a branch without a place", ["branch", "notes@5"], /--out <dir>' not specified/],
  [
    "a checkpoint after the end",
    ["run", "baseline", "--checkpoint-at", "1e6"],
    /--checkpoint-at: /,
  ],
  ["an unknown format", ["export", "notes", "--format", "cvs"], /csv/],
  ["no reference runs", ["verify", "--against", "notes"], /notes contains no reference run/],
  [
    "two seeds",
    ["run", "baseline", "--seed", "1", "--seed", "1"],
    /option '--seed <n>' is given twice: 1 and 1\./,
  ],
  [
    "two numbers of seeds",
    ["replicate", "baseline", "--seeds", "2", "--seeds", "3"],
    /option '--seeds <n>' is given twice: 2 and 3\./,
  ],
  ["two directories", ["run", "baseline", "--out", "a", "--out", "b"], /given twice: a and b/],
  ["two times", ["sweep", "x.yaml", "--time", "1", "--time=2"], /given twice: 1 and 2/],
  [
    "a time that no scheduler has",
    ["sweep", "x.yaml", "--time", "1:30 h"],
    /Expected a length of time up to 3650 d, such as "90 min" or, as Slurm has it, 90/,
  ],
  ["what steers a terminal", ["run", "\x1b[2Jx"], /\\u001b\[2Jx/],
  ["an unknown list", ["list", "presets"], /experiments, interventions, figures, parameters/],
];

describe("refused input", () => {
  it.each(refusals)("%s", async (_, args, message) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "notes"));
    writeFileSync(join(cwd, "notes", "a.txt"), "mine");
    const before = everythingIn(cwd);
    const { code, stdout, stderr } = await inThisProcess(args, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(everythingIn(cwd)).toEqual(before);
  });

  it("is not repeated whole if it is long", async () => {
    const { code, stderr } = await inThisProcess(["run", "x".repeat(100_000)], {
      cwd: temporaryFolder(),
    });
    expect(code).toBe(2);
    expect(stderr).toContain("characters)");
    expect(stderr.length).toBeLessThan(5000);
  });

  it("is told of all at once", async () => {
    const { stderr } = await isocortex(
      ["run", "baseline", "--set", "PreDurr=1", "--set", "scaling=perhaps"],
      { cwd: temporaryFolder() },
    );
    expect(stderr).toMatch(/PreDurr.*\n.*scaling = "perhaps"/);
  });

  it("comes with a stack only for those who ask", async () => {
    const { stderr } = await isocortex(["plot", "nothing", "raster"], {
      cwd: temporaryFolder(),
      env: { ISOCORTEX_DEBUG: "1" },
    });
    expect(stderr).toMatch(/^\s+at .*opening/m);
  });
});

describe("lists", () => {
  it("have a line for each experiment and each parameter in a pipe, without colours", async () => {
    const cwd = temporaryFolder();
    const experiments = await isocortex(["list", "experiments"], { cwd });
    expect(experiments.stdout).toMatch(/^training-with-scaling-quick /m);
    const parameters = await isocortex(["list", "parameters"], {
      cwd,
      env: { FORCE_COLOR: "1" },
    });
    expect(parameters.stdout).toMatch(
      /^plasticIncrementEE +plastEEinc +2013 2014 +1 +0\.001 +once plasticity is on +at any time +STDP step of E→E plastic gains\.$/m,
    );
    expect(parameters.stdout).not.toContain("\x1b");
    // Name, unit and default have room on a terminal; longer defaults are told with the meaning.
    expect(parameters.stdout.split("\n")[0]!.indexOf("first matters")).toBeLessThanOrEqual(102);
    expect(parameters.stdout).toMatch(
      /^scalingGamma .* by model .* Default: 1e-10 \(2013\), 2e-10/m,
    );
  });

  it("are data for scripts", async () => {
    const { stdout } = await isocortex(["list", "--json"], { cwd: temporaryFolder() });
    const { experiments, figures, parameters } = JSON.parse(stdout);
    expect(experiments.map(({ name }: { name: string }) => name)).toContain("baseline");
    expect(figures.map(({ name }: { name: string }) => name)).toContain("raster");
    expect(parameters).toContainEqual(
      expect.objectContaining({
        ...{ name: "gainEI", original: ["EIGain"], unit: "1", default: "15" },
        ...{
          matters: "from the beginning",
          changes: { latest: "beginning", reason: expect.any(String) },
        },
      }),
    );
  });

  it("can be cut short by their reader", async () => {
    const { code, stderr } = await shell("isocortex list --json | head -1", {
      cwd: temporaryFolder(),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});

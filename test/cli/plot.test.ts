import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commonKinds } from "../pictures/figure-kinds.ts";
import { everythingIn, inThisProcess, isocortex, twoSeconds } from "./command.ts";

const cwd = mkdtempSync(join(tmpdir(), "isocortex-plot-"));
const plot = (...args: string[]) => inThisProcess(["plot", "run", ...args], { cwd });
const file = (...path: string[]) => readFileSync(join(cwd, ...path), "utf8");

/** Cells die every half second, with scale factors of their own. */
const deletions = [
  "deletionIntervalMs=500",
  "scalingStartMs=400",
  "scalingBeta=4e-5",
  "trialDurationMs=200",
]
  .flatMap((assignment) => ["--set", assignment])
  .concat("--record-potentials", "cells: [E5B, I2L], every: 5 ms, from: 1 s");

beforeAll(async () => {
  await isocortex(["run", "baseline", ...twoSeconds, "--quiet", "--out", "run"], { cwd });
  const args = ["run", "deletion-with-scaling", ...twoSeconds, ...deletions, "--out", "deletion"];
  await isocortex([...args, "--quiet"], { cwd });
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe("plot", () => {
  it("writes pictures and their numbers, and prints where", async () => {
    const { code, stdout, stderr } = await plot("raster", "activity");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const paths = stdout.trimEnd().split("\n");
    expect(paths).toEqual([
      "run/figures/raster.svg",
      "run/figures/raster-spikes.csv",
      "run/figures/raster-rates.csv",
      "run/figures/raster.npz",
      "run/figures/activity.svg",
      "run/figures/activity.csv",
      "run/figures/activity.npz",
    ]);
    for (const path of paths) expect(existsSync(join(cwd, path))).toBe(true);
    expect(file("run/figures/raster.svg")).toMatch(/^<svg[\s\S]*baseline/);
    expect(file("run/figures/activity.csv").split("\n")).toHaveLength(6);
  });

  it("shows the stretch of time asked for, under a name that says so", async () => {
    await plot("raster", "--from", "0.5", "--to", "1.25");
    const [, ...rows] = file("run/figures/raster-from-0.5s-to-1.25s-spikes.csv").trim().split("\n");
    const times = rows.map((row) => Number(row.split(",")[0]));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...times)).toBeLessThan(1250);
    expect(times.length).toBeGreaterThan(400);
  });

  it("shows chosen cells", async () => {
    const { stdout } = await plot("scale", "--cells", "1,5-7");
    expect(stdout).toContain("run/figures/scale-cells-1_5-7.csv\n");
    const [header] = file("run/figures/scale-cells-1_5-7.csv").split("\n");
    expect(header!.match(/\d+/g)).toEqual(["1", "5", "6", "7"]);
  });

  it("writes a picture where it is told, in the format of its name", async () => {
    const { stdout } = await plot("activity", "--excitatory-only", "--title", "", "--out", "a.png");
    expect(stdout).toBe("a.png\na.csv\na.npz\n");
    const signature = [...readFileSync(join(cwd, "a.png")).subarray(1, 4)];
    expect(String.fromCharCode(...signature)).toBe("PNG");
  });

  it.each(["figs", "new/"])("asks for the name of a file in place of %s", async (out) => {
    mkdirSync(join(cwd, "figs"), { recursive: true });
    const { code, stderr } = await plot("raster", "--out", out);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`such as ${join(out, "raster.svg")}.`),
    });
    expect(readdirSync(join(cwd, "figs"))).toEqual([]);
    expect(existsSync(join(cwd, "new"))).toBe(false);
  });

  it("draws every kind in every format, in both themes", async () => {
    const beginnings = { svg: "<svg ", png: "\x89PNG", pdf: "%PDF-" };
    for (const [format, beginning] of Object.entries(beginnings)) {
      const theme = format === "png" ? "light" : "dark";
      const { code, stdout, stderr } = await inThisProcess(
        ["plot", "deletion", ...commonKinds, "--format", format, "--theme", theme],
        { cwd },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const pictures = stdout.split("\n").filter((path) => path.endsWith(format));
      expect(pictures).toHaveLength(commonKinds.length);
      for (const path of pictures) {
        const contents = readFileSync(join(cwd, path), "latin1");
        expect(contents.slice(0, 5)).toContain(beginning);
        expect(contents.length).toBeGreaterThan(2000);
      }
    }
  });

  it("draws several runs into one figure", async () => {
    await isocortex(["branch", "run@1", "--set", "EXGain=20", "--out", "other", "--quiet"], {
      cwd,
    });
    const { code, stdout } = await inThisProcess(
      ["plot", "other", "activity", "--compare", "run", "--time-unit", "h", "--out", "both.svg"],
      { cwd },
    );
    expect(code).toBe(0);
    expect(stdout).toBe("both.svg\nboth-other.csv\nboth-baseline.csv\nboth.npz\n");
    expect(file("both.svg")).toContain("Time (h)");
    expect(file("both-other.csv").split("\n")).toHaveLength(5);
  });

  it("subtracts a baseline's dead cells, and averages over runs", async () => {
    const args = ["plot", "deletion", "deaths", "--against", "run"];
    const { code, stdout } = await inThisProcess(args, { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("deletion/figures/deaths-against-baseline.csv\n");
    const rows = file("deletion/figures/deaths-against-baseline.csv").trim().split("\n");
    const [timeMs, dead, deadI] = rows.at(-1)!.split(",").map(Number);
    // Three cells are deleted at 0.5, 1, 1.5 and 2 s.
    expect([timeMs, dead! + deadI!]).toEqual([2000, 12]);
    const average = await plot("activity", "--average", "deletion");
    expect(average.stderr).toBe("");
    const [header] = file("run/figures/activity-mean-of-2-runs.csv").split("\n");
    expect(header).toContain("excitatory_sd_hz,excitatory_runs,");
  });

  it("shows how the spikes of a branch depart from those of its parent", async () => {
    const { stdout } = await plot("divergence", "--against", "run", "--from", "0.5");
    expect(stdout).toContain("run/figures/divergence-against-run-from-0.5s.csv\n");
    const rows = (path: string) =>
      file(path)
        .trim()
        .split("\n")
        .slice(1)
        .map((row) => row.split(",").map(Number));
    const own = rows("run/figures/divergence-against-run-from-0.5s.csv");
    expect(own.every(([, value]) => value === 0 || Number.isNaN(value))).toBe(true);
    const other = await inThisProcess(["plot", "other", "divergence", "--against", "run"], { cwd });
    expect(other.code).toBe(0);
    const found = rows("other/figures/divergence-against-baseline.csv");
    // The past of the branch is the parent's own record.
    expect(found[0]![0]).toBe(1000);
    const values = found.flatMap(([, value]) => (Number.isFinite(value) ? [value!] : []));
    expect(Math.max(...values)).toBeGreaterThan(0.3);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
  });

  it("shows a branch with its past, and says when that is gone", async () => {
    await isocortex(["branch", "run@1.2", "--out", "branch", "--quiet"], { cwd });
    const drawn = (...more: string[]) =>
      inThisProcess(["plot", "branch", "activity", "--detail", "2", "--out", "b.svg", ...more], {
        cwd,
      });
    expect((await drawn()).stderr).toBe("");
    const [, ...rows] = file("b.csv").trim().split("\n");
    expect(rows.map((row) => row.split(",").slice(0, 2))).toEqual([
      ["500", "1"],
      ["1500", "0"],
    ]);
    renameSync(join(cwd, "run"), join(cwd, "moved"));
    expect((await drawn("--quiet")).stderr).toBe("");
    expect((await drawn()).stderr).toMatch(/^note: branch is a branch of baseline, .* not shown/);
    renameSync(join(cwd, "moved"), join(cwd, "run"));
    expect(file("b.csv").trim().split("\n")[1]).toMatch(/^1500,/);
  });

  it("says how long a stretch has to be for a spectrum", async () => {
    const { code, stderr } = await plot("power", "--from", "1.95");
    expect(code).toBe(2);
    expect(stderr).toContain("A spectrum needs at least 0.1 s; 1.95 to 2 s is shorter.");
    expect(stderr).not.toMatch(/taper/);
  });

  it("says the same of a spectrogram, with the same code", async () => {
    const { code, stderr } = await plot("spectrogram", "--from", "1.95");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: There is no segment .* which needs at least 0\.1 s\./);
  });

  it("says what a run lacks for a figure", async () => {
    const { code, stderr } = await plot("deletion-scale");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: No cell was deleted/);
  });

  it.each([
    [
      ["raster", "--cells", "1"],
      /--cells does not apply to raster figures: use it only with activity, charge, scale, /,
    ],
    [["activity", "raster", "--compare", "run"], /--compare does not apply to raster figures/],
    [["divergence"], /divergence figures show the difference from another run.* --against DIR/],
    [["scale", "--segment", "1"], /--segment does not apply to scale figures/],
    [["power", "--detail", "2"], /--detail does not apply to power figures/],
    [["power", "--segment", "0"], /duration in seconds above 0/],
    [["activity", "--detail", "1.5"], /whole number from 1 to/],
    [["rates", ...Array(7).fill(["--compare", "run"]).flat()], /at most 6 runs/],
    [
      ["raster", "--average", "run"],
      /--average does not apply to raster figures: use it only with activity, charge, scale/,
    ],
    [
      ["activity", "--average", "run", "--compare", "run"],
      /'--average <dir...>' cannot be used with option '--compare/,
    ],
    [
      ["scale", "--against", "run"],
      /--against does not apply to scale figures: use it only with deaths/,
    ],
    [["charge"], /no sensed charges: those of the 2014 model/],
    [["volleys"], /no whole period of volleys/],
    [["raster", "rates", "growth"], /no growth factors/],
    [["growth"], /no growth factors: runs of the 2014 model/],
    [["rates", "--compare", "nowhere"], /no directory nowhere/],
    [["scale", "--cells", "470"], /no cell 470/],
    [["scale", "--cells", "1", "--excitatory-only"], /cannot be used with option '--cells/],
    [["raster", "scale", "--out", "a.svg"], /one figure at a time/],
    [["raster", "--out", "a.gif"], /ends in .svg, .png or .pdf/],
    [["raster", "--out", "a.svg", "--format", "png"], /contradict/],
    [["raster", "--from", "3"], /from 3 s to the end: the run holds 0 to 2 s/],
    [["activity", "--from", "1", "--to", "0.5"], /from 1 s to 0.5 s/],
  ])("refuses %j", async (args, message) => {
    const before = everythingIn(cwd);
    const { code, stdout, stderr } = await plot(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(everythingIn(cwd)).toEqual(before);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everythingIn, isocortex, twoSeconds } from "./command.ts";

const cwd = mkdtempSync(join(tmpdir(), "isocortex-plot-"));
const plot = (...args: string[]) => isocortex(["plot", "run", ...args], { cwd });
const file = (...path: string[]) => readFileSync(join(cwd, ...path), "utf8");

beforeAll(() => isocortex(["run", "baseline", ...twoSeconds, "--quiet", "--out", "run"], { cwd }));

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
      "run/figures/activity.svg",
      "run/figures/activity.csv",
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
    expect(stdout).toBe("a.png\na.csv\n");
    const signature = [...readFileSync(join(cwd, "a.png")).subarray(1, 4)];
    expect(String.fromCharCode(...signature)).toBe("PNG");
  });

  it.each([
    [["raster", "--cells", "1"], /raster shows all cells/],
    [["scale", "--cells", "470"], /no cell 470/],
    [["scale", "--cells", "1", "--excitatory-only"], /cannot be used with option '--cells/],
    [["raster", "scale", "--out", "a.svg"], /one figure at a time/],
    [["raster", "--out", "a.pdf"], /ends in .svg or .png/],
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

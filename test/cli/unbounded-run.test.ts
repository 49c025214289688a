import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { inThisProcess, isocortex } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

const short = [
  "baselineDurationS=2",
  "scalingStartMs=200",
  "samplingStartMs=100",
  "samplingIntervalMs=100",
].flatMap((assignment) => ["--set", assignment]);
const unstable = ["--set", "scalingBeta=1", "--set", "scalingGamma=1"];

beforeAll(async () => {
  await isocortex(["run", "scaling-quick", ...short, "--out", "sound", "--quiet"], { cwd });
});

describe("a run whose scale factors leave the finite numbers", () => {
  it("says so in its summary, manifest and statistics, and is compared with a sound one", async () => {
    const { stdout } = await isocortex(
      ["run", "scaling-quick", ...short, ...unstable, "--out", "unstable", "--quiet"],
      { cwd },
    );
    expect(stdout).toMatch(
      /range {5}Scale factors outside 0\.01 to 100 from [\d.]+ s on: \d+ of 470/,
    );
    expect(stdout).toMatch(/ {12}Scale factors or rates not finite from [\d.]+ s on/);
    const { excursions } = openRun(join(cwd, "unstable")).manifest;
    expect(excursions!.notFinite.length).toBeGreaterThan(0);

    const told = await inThisProcess(["statistics", "unstable"], { cwd });
    expect(told.stdout).toContain("Scale factors outside 0.01 to 100");
    const [heading, row] = told.stdout.match(/scale factors at.*\n.*/)![0].split("\n");
    expect(heading).toContain("not finite");
    expect(row).toMatch(/^excitatory .* [1-9]\d* of 322$/);

    const compared = await inThisProcess(["compare", "unstable", "sound", "--json"], { cwd });
    const { scaleFactors, a, b } = JSON.parse(compared.stdout);
    const [{ a: own, b: other, kolmogorovSmirnov }] = scaleFactors.groups;
    expect(own.count + own.notFinite).toBe(322);
    expect(own.notFinite).toBeGreaterThan(0);
    expect(other).toMatchObject({ count: 322, notFinite: 0 });
    expect(kolmogorovSmirnov).toBeGreaterThan(0);
    expect(a.excursions).toEqual(excursions);
    expect(b.excursions.outsideRange).toEqual([]);
  });

  it("can be read when such cells were deleted", async () => {
    const deletion = ["--set", "deletionIntervalMs=300", "--set", "bufferIntervalMs=300"];
    const args = ["deletion-with-scaling-quick", ...short, ...deletion, ...unstable];
    const { code } = await isocortex(["run", ...args, "--out", "dying", "--quiet"], { cwd });
    expect(code).toBe(0);
    const factors = openRun(join(cwd, "dying"))
      .events()
      .flatMap((event) => (event.kind === "deletion" ? event.scaleFactors : []));
    expect(factors.some((factor) => !Number.isFinite(factor))).toBe(true);
  });

  it("draws what is finite and says what is not", async () => {
    const { code } = await inThisProcess(["plot", "unstable", "scale"], { cwd });
    expect(code).toBe(0);
    const svg = readFileSync(join(cwd, "unstable", "figures", "scale.svg"), "utf8");
    expect(svg).toMatch(/>Excitatory cells: values of up to \d+ cells infinite or NaN/);
    expect(svg).toMatch(/>Scale factors outside 0\.01 to 100 from/);
    expect(svg).toMatch(/<path [^>]*d="M/);
  });

  it("leaves a sound run without a word on it", async () => {
    const { stdout } = await inThisProcess(["statistics", "sound"], { cwd });
    expect(stdout).not.toMatch(/range {7}|not finite/);
  });
});

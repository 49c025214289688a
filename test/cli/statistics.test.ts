import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cellsOf, isExcitatory } from "../../src/analysis/firing/cell-groups.ts";
import { openRun } from "../../src/runs/opening.ts";
import { inThisProcess, isocortex, twoSeconds } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

async function told(...args: string[]) {
  const { code, stdout, stderr } = await inThisProcess(["statistics", ...args, "--json"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

beforeAll(async () => {
  const run = ["run", "baseline", ...twoSeconds, "--quiet"];
  await isocortex([...run, "--out", "run"], { cwd });
});

describe("statistics", () => {
  it("are those of the spikes that are recorded", async () => {
    const statistics = await told("run");
    const { timesMs, cells } = openRun(join(cwd, "run")).spikes();
    expect(statistics.spikes).toBe(timesMs.length);
    expect(statistics.interval).toEqual({ startMs: 0, endMs: 2000 });
    const E2 = statistics.rates.find((rate: { population: string }) => rate.population === "E2");
    const population = openRun(join(cwd, "run")).manifest.populations.find(
      ({ name }) => name === "E2",
    )!;
    const { firstCell, cellCount } = population;
    const count = cells.filter((cell) => cell >= firstCell && cell < firstCell + cellCount).length;
    expect(E2.rateHz).toBeCloseTo(count / cellCount / 2, 12);
    expect(E2.cellRateHz).toMatchObject({ count: cellCount });
    expect(E2.cellRateHz.mean).toBeCloseTo(E2.rateHz, 12);
    expect(statistics.scaleFactors.timeMs).toBe(2000);
    expect(statistics.plasticGains.groups[0]).toMatchObject({ group: "E to E", mean: 1 });
    expect(statistics.onset).toMatchObject({ onsetMs: null, multiple: 10, smoothingMs: 200 });
  });

  it("are what a comparison of the run tells of it", async () => {
    const [statistics, compared] = [
      await told("run", "--from", "0.5"),
      await inThisProcess(["compare", "run", "run", "--from", "0.5", "--json"], { cwd }),
    ];
    const { rates, groups, scaleFactors, a } = JSON.parse(compared.stdout);
    expect(statistics.spikes).toBe(a.spikes);
    for (const [k, rate] of statistics.rates.entries()) {
      expect(rate).toMatchObject({ rateHz: rates[k].rateAHz, cellRateHz: rates[k].a });
    }
    for (const [k, group] of statistics.groups.entries()) {
      const { intervalMs, variation, correlation, synchrony } = groups[k];
      expect(group.intervalMs).toEqual(intervalMs.a);
      expect(group.variation).toEqual(variation.a);
      expect(group.correlation).toMatchObject(correlation.a);
      expect(group.synchrony).toMatchObject(synchrony.a);
      expect(statistics.scaleFactors.groups[k]).toMatchObject(scaleFactors.groups[k].a);
    }
  });

  it("tell the onset of hyperactivity by the multiple and the smoothing that are asked for", async () => {
    const options = ["--onset-multiple", "1.1", "--onset-smoothing", "0.1"];
    const { onset } = await told("run", ...options);
    const record = openRun(join(cwd, "run"));
    const excitatory = cellsOf(record.manifest.populations, isExcitatory);
    const { timesMs, cells } = record.spikes();
    const rateHz = (fromMs: number, toMs: number) => {
      const isIn = (timeMs: number, k: number) =>
        timeMs >= fromMs && timeMs < toMs && excitatory.includes(cells[k]!);
      return (1000 * timesMs.filter(isIn).length) / excitatory.length / (toMs - fromMs);
    };
    const limitHz = 1.1 * rateHz(0, 1000);
    const ends = Array.from({ length: 100 }, (_, k) => 1010 + 10 * k);
    const onsetMs = ends.find((endMs) => rateHz(endMs - 100, endMs) > limitHz);
    expect(onsetMs).toBeDefined();
    expect(onset).toMatchObject({ multiple: 1.1, smoothingMs: 100, onsetMs });
    expect(onset.thresholdHz).toBeCloseTo(limitHz, 12);
    expect((await told("run", "--onset-multiple", "1e6")).onset.onsetMs).toBeNull();
  });

  it("are printed for people", async () => {
    const { code, stdout } = await inThisProcess(["statistics", "run"], { cwd });
    expect(code).toBe(0);
    for (const heading of [
      "rate, Hz",
      "spike trains",
      "scale factors at 2 s",
      "plastic gains at",
    ]) {
      expect(stdout).toContain(`\n${heading}`);
    }
    expect(stdout).toMatch(/^onset {7}none: E rate above [\d.]+ Hz, 10\.0 × /m);
  });

  it.each([
    [["run", "--from", "3"], /the run contains 0 to 2 s/],
    [["run", "--from", "1.5", "--to", "1"], /from 1\.5 s to 1 s: give a start before the end/],
    [["run", "--onset-multiple", "1"], /Expected a number above 1/],
    [["run", "--onset-smoothing", "2.5"], /averaged over 2\.5 s .* the record ends at 2 s/],
    [["nowhere"], /There is no directory nowhere/],
  ])("of %s are refused", async (args, message) => {
    const { code, stdout, stderr } = await inThisProcess(["statistics", ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { entryFromLine } from "../../src/timeline/entry-line.ts";
import { inThisProcess, isocortex, twoSeconds } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();
const baseline = ["run", "baseline", ...twoSeconds, "--quiet"];
const compared = async (...args: string[]) => {
  const { code, stdout, stderr } = await inThisProcess(["compare", ...args, "--json"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
};

beforeAll(async () => {
  await isocortex([...baseline, "--out", "one"], { cwd });
  await isocortex([...baseline, "--out", "same"], { cwd });
  await isocortex([...baseline, "--set", "externalGain=17", "--out", "louder"], { cwd });
  await isocortex([...baseline, "--seed", "5", "--out", "seeded"], { cwd });
  await isocortex(
    ["branch", "one@0.75", "--set", "externalGain=18", "--out", "branch", "--quiet"],
    { cwd },
  );
});

describe("compare", () => {
  it("tells that equal runs are identical, in all they hold", async () => {
    const comparison = await compared("one", "same");
    expect(comparison).toMatchObject({
      identicalSpikes: true,
      firstDifference: null,
      parameters: [],
      timeline: [],
      network: [],
      interval: { startMs: 0, endMs: 2000 },
    });
    const { timesMs } = openRun(join(cwd, "one")).spikes();
    expect(comparison.a.spikes).toBe(timesMs.length);
    expect(comparison.rates).toHaveLength(13);
    for (const { rateAHz, rateBHz, hedgesG, kolmogorovSmirnov } of comparison.rates) {
      expect(rateAHz).toBe(rateBHz);
      expect({ hedgesG, kolmogorovSmirnov }).toEqual({ hedgesG: 0, kolmogorovSmirnov: 0 });
    }
    for (const { spectrum, correlation, synchrony } of comparison.groups) {
      expect(spectrum).toMatchObject({ relativeDifference: 0, logSpectralDb: 0, segmentS: 2 });
      expect(correlation.a).toEqual(correlation.b);
      expect(synchrony.a).toEqual(synchrony.b);
      expect(synchrony.a.chi).toBeGreaterThan(0);
    }
    expect(comparison.scaleFactors).toMatchObject({ timeMs: 2000 });
    expect(comparison.plasticGains.groups[0].a.mean).toBe(1);
  });

  it("finds the first spike that is not the same, and what changed", async () => {
    const comparison = await compared("one", "louder");
    const [a, b] = ["one", "louder"].map((run) => openRun(join(cwd, run)).spikes());
    const index = a!.timesMs.findIndex(
      (timeMs, k) => timeMs !== b!.timesMs[k] || a!.cells[k] !== b!.cells[k],
    );
    expect(comparison.identicalSpikes).toBe(false);
    expect(comparison.firstDifference).toEqual({
      index,
      a: { timeMs: a!.timesMs[index], cell: a!.cells[index] },
      b: { timeMs: b!.timesMs[index], cell: b!.cells[index] },
    });
    expect(comparison.parameters).toEqual([{ name: "externalGain", unit: "1", a: 15, b: 17 }]);
    expect(comparison.network).toEqual([]);
    const more = comparison.rates.filter(({ hedgesG }: { hedgesG: number }) => hedgesG > 0);
    expect(more.length).toBeGreaterThan(6);
  });

  it("finds the entries of the timelines that are not the same", async () => {
    const loss = { id: "loss", at: "1 s", delete: { cells: "0-9", fraction: 0.5 } };
    const quiet = { id: "quiet", at: "1.5 s", external: 0.5 };
    const run = (out: string, entries: readonly object[]) => {
      const added = entries.flatMap((entry) => ["--add", JSON.stringify(entry)]);
      return inThisProcess([...baseline, ...added, "--out", out], { cwd });
    };
    await run("loss", [loss]);
    await run("more", [{ ...loss, delete: { ...loss.delete, fraction: 1 } }, quiet]);
    const reworded = { id: "loss", at: "1000 ms", delete: { fraction: 0.5, cells: "0-9" } };
    await run("reworded", [reworded]);
    expect((await compared("loss", "reworded")).timeline).toEqual([]);
    expect(await compared("one", "loss")).toMatchObject({
      parameters: [],
      timeline: [{ id: "loss", a: null, b: loss }],
    });
    const { stdout } = await inThisProcess(["compare", "loss", "more"], { cwd });
    expect(stdout).toMatch(/^timeline {4}2 differ$/m);
    const lines = /\nloss\n {2}A {2}(.+)\n {2}B {2}(.+)\n\nquiet\n {2}A {2}–\n {2}B {2}(.+)\n/.exec(
      stdout,
    );
    const entries = lines!.slice(1).map(entryFromLine);
    expect(entries).toEqual([loss, { ...loss, delete: { ...loss.delete, fraction: 1 } }, quiet]);
  });

  it("tells other networks apart", async () => {
    const { network } = await compared("one", "seeded");
    expect(network.map(({ name }: { name: string }) => name)).toContain("wiring");
  });

  it("compares a branch with its parent from the branch on", async () => {
    const comparison = await compared("one", "branch");
    expect(comparison.interval).toEqual({ startMs: 750, endMs: 2000 });
    expect(comparison.identicalSpikes).toBe(false);
    const { timesMs } = openRun(join(cwd, "one")).spikes({ startMs: 750 });
    expect(comparison.a.spikes).toBe(timesMs.length);
    expect(comparison.firstDifference.a.timeMs).toBeGreaterThanOrEqual(750);
  });

  it("keeps to the time asked for", async () => {
    const comparison = await compared("one", "louder", "--from", "0.5", "--to", "1.25");
    expect(comparison.interval).toEqual({ startMs: 500, endMs: 1250 });
    const { timesMs } = openRun(join(cwd, "louder")).spikes({ startMs: 500, endMs: 1250 });
    expect(comparison.b.spikes).toBe(timesMs.length);
    expect(comparison.scaleFactors.timeMs).toBe(1000);
  });

  it("prints tables that people can read", async () => {
    const { code, stdout } = await inThisProcess(["compare", "one", "louder"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^A {11}one \(baseline, 0 s to 2 s; [\d ]+ spikes compared\)\nB {11}louder /,
    );
    expect(stdout).toMatch(/^spikes {6}\d+ identical, then A: cell \d+ at [\d.]+ ms, B: cell/m);
    expect(stdout).toMatch(/^externalGain +15 +17$/m);
    expect(stdout).toMatch(/^E6 +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ +[+-]?[\d.]+ +[\d.]+$/m);
    expect(stdout).toContain("plastic gains at 2 s");
    const same = await inThisProcess(["compare", "one", "same"], { cwd });
    expect(same.stdout).toMatch(
      /^spikes {6}identical, all [\d ]+\nparameters {2}identical\ntimeline {4}identical\n/m,
    );
  });

  it("refuses what it cannot compare", async () => {
    mkdirSync(join(cwd, "empty"));
    const refusals = [
      [["one", "missing"], "no directory missing"],
      [["one", "empty"], "empty contains no run"],
      [["one"], "missing required argument 'dir-b'"],
      [["one", "same", "--from", "5"], "nothing to compare"],
      [["one", "same", "--to", "soon"], "soon"],
    ] as const;
    for (const [args, message] of refusals) {
      const { code, stdout, stderr } = await inThisProcess(["compare", ...args], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(message);
    }
  });
});

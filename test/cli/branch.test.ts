import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { variablesText } from "../../src/export/original-variables.ts";
import { deathTimesMs } from "../../src/recording/lifetimes.ts";
import { openRun } from "../../src/runs/opening.ts";
import { randomNumbers } from "../recording/small-run.ts";
import { everythingIn, isocortex } from "./command.ts";
import { expectContinuation, recordEventful, recordKilled, sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();
const record = (directory: string) => openRun(join(cwd, directory));

beforeAll(async () => {
  await recordEventful(cwd, "parent");
});

describe("branch", () => {
  it("without changes goes on as its parent, from any time", async () => {
    const random = randomNumbers(5);
    for (let k = 0; k < 2; k++) {
      const seconds = 20 * random();
      const args = ["branch", `parent@${seconds}`, "--out", `same-${k}`, "--quiet"];
      const { code, stderr } = await isocortex(args, { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expectContinuation(cwd, `same-${k}`, "parent", 1000 * seconds);
    }
  });

  it("records where it comes from and in what it differs", async () => {
    const args = ["--set", "scaling=off", "--set", "EXGain=16", "--out", "deep/changed", "--json"];
    const { stdout } = await isocortex(["branch", "parent@6", ...args], { cwd });
    const { manifest } = record("deep/changed");
    const parent = record("parent").manifest;
    expect(manifest.ancestry).toEqual({
      directory: "../../parent",
      label: "deletion-with-scaling",
      identity: parent.identity,
      createdAt: parent.createdAt,
      networkHash: parent.network.hash,
      timeMs: 6_000,
      changes: { scaling: { from: true, to: false }, externalGain: { from: 15, to: 16 } },
      scalingOn: false,
      deletedCells: expect.arrayContaining([]),
    });
    expect(manifest.ancestry?.deletedCells).toHaveLength(20);
    expect(manifest.network).toEqual(parent.network);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ startMs: 6_000, simulatedMs: 20_000, status: "complete" });
    expect(summary.livingCells).toBe(470 - 80);
    expect(record("deep/changed").spikes().timesMs[0]).toBeGreaterThanOrEqual(6_000);
  });

  it("knows when its cells died before it began, and which trial is under way", async () => {
    const deaths = deathTimesMs(record("parent"));
    const trials = new RunExcerpt(record("parent")).trials();
    await isocortex(["branch", "parent@6", "--out", "knowing", "--quiet"], { cwd });
    await isocortex(["branch", "knowing@12", "--out", "grown", "--quiet"], { cwd });
    for (const [directory, startMs] of [
      ["knowing", 6_000],
      ["grown", 12_000],
    ] as const) {
      const branch = new RunExcerpt(record(directory));
      expect(branch.deletionTimesMs()).toEqual(deaths);
      const own = trials.filter(({ endMs }) => endMs > startMs);
      expect(own[0]!.startMs).toBeLessThan(startMs);
      expect(branch.trials()).toEqual([{ ...own[0], startMs }, ...own.slice(1)]);
      // Samples are at 0.5 s and every 0.7 s from there.
      const firstMs = 500 + 700 * Math.ceil((startMs - 500) / 700);
      expect(variablesText(branch)).toContain(`\nt_start=${firstMs}\n`);
    }
  });

  it("of a branch, killed and resumed, goes on as its parent", async () => {
    const make = (source: string, out: string) =>
      isocortex(["branch", source, "--out", out, "--set", "scaling=off", "--quiet"], { cwd });
    expect((await make("parent@4.5", "child")).code).toBe(0);
    const args = ["branch", "child@11.25", "--out", "grandchild", "--checkpoint-every", "0"];
    await recordKilled(cwd, "grandchild", args);
    const done = await isocortex(["resume", "grandchild", "--quiet"], { cwd });
    expect(done.code).toBe(0);
    expectContinuation(cwd, "grandchild", "child", 11_250);
  });

  it("goes on beyond the end of its parent", async () => {
    const args = ["branch", "parent@20", "--set", "recallDurationS=8", "--out", "longer"];
    expect((await isocortex(args, { cwd })).code).toBe(0);
    const { manifest } = record("longer");
    expect(manifest).toMatchObject({ simulatedMs: 21_000, durationMs: 21_000 });
    expect(record("longer").spikes().timesMs.at(-1)).toBeGreaterThan(20_900);
  });
});

describe("a branch that is refused", () => {
  it.each([
    [
      "of what is built",
      ["parent@10", "--set", "sizeFactor=2", "--set", "dvseed=3"],
      /sizeFactor cannot change in a branch.*\n.*wiringSeed cannot change in a branch/,
    ],
    ["after the end", ["parent@21"], /expected a time from 0 to 20 s/],
    ["of no time", ["parent"], /expected a run and a time in s, such as runs\/training@800/],
    ["of no run", ["nothing@5"], /There is no directory nothing/],
    ["of an unknown parameter", ["parent@5", "--set", "scalling=1"], /Did you mean scaling/],
    ["with gains before it", ["parent@5", "--gains-at", "4"], /--gains-at: .*from 5 to 20 s/],
  ] as const)("%s leaves nothing behind", async (_, args, message) => {
    const before = everythingIn(cwd);
    const { code, stdout, stderr } = await isocortex(["branch", ...args, "--out", "new"], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(everythingIn(cwd)).toEqual(before);
  });

  it("would take its parent's place", async () => {
    const manifest = readFileSync(join(cwd, "parent/manifest.json"));
    const args = ["branch", "parent@5", "--out", "./parent", "--overwrite"];
    const { code, stderr } = await isocortex(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/parent cannot be replaced by its own branch/);
    expect(readFileSync(join(cwd, "parent/manifest.json"))).toEqual(manifest);
  });
});

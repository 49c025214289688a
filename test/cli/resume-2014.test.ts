import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { isocortex } from "./command.ts";
import { expectContinuation, expectSameRecord, sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

/** 16 s of the 2014 model: growth, many deaths, reduced input, and a stimulus list every second. */
const eventful2014 = [
  "baselineDurationS=16",
  "timelineUnitMs=100",
  "baselinePhaseMs=2000",
  "deletionPhaseMs=14e3",
  "deletionStartMs=4000",
  "stimulationStartMs=3000",
  "trialDurationMs=1000",
  "stimulationRateHz=10",
  "sensorTimeConstantMs=2000",
  "scalingBeta=1e-3",
  "samplingIntervalMs=700",
  "bufferIntervalMs=1000",
].flatMap((assignment) => ["--set", assignment]);

const often = ["--checkpoint-every", "0.02"];
const run = (directory: string) => [
  ...["run", "alzheimer-stimulated-quick", ...eventful2014, "--out", directory],
  ...["--quiet", "--threads", "1"],
];
const branch = (parent: string, directory: string) => [
  ...["branch", `${parent}@9.5`, "--out", directory],
  ...["--quiet", "--threads", "1"],
];

async function complete(args: readonly string[]): Promise<void> {
  expect(await isocortex(args, { cwd })).toMatchObject({ code: 0, stderr: "" });
}

/** Bytes of the samples of about 5 s: by then, cells have died. */
const SAMPLED_BYTES = 80_000;

/** Kills a command once a run has so many bytes of samples, and lets another one go on with it. */
async function completeDespiteKill(directory: string, args: readonly string[], sampled: number) {
  const samples = join(cwd, directory, "cells/samples.bin");
  const { code } = await isocortex([...args, ...often], {
    cwd,
    onStart: async (child) => {
      const isUnderWay = () => existsSync(samples) && statSync(samples).size > sampled;
      while (!isUnderWay() && child.exitCode === null) await wait(1);
      child.kill("SIGKILL");
    },
  });
  expect(code).toBe("SIGKILL");
  const { stderr, ...resumed } = await isocortex(["resume", directory, "--threads", "1"], { cwd });
  expect(resumed).toMatchObject({ code: 0 });
  return Number(/^note: continuing from ([\d.]+) s/.exec(stderr)?.[1]);
}

beforeAll(() => complete(run("whole")));

it("a run of the 2014 model that was killed goes on to the same bits", async () => {
  const fromS = await completeDespiteKill("killed", run("killed"), SAMPLED_BYTES);
  const deaths = openRun(join(cwd, "whole"))
    .events()
    .filter(({ kind }) => kind === "deletion");
  expect(deaths.filter(({ timeMs }) => timeMs < 1000 * fromS).length).toBeGreaterThan(5);
  expect(deaths.filter(({ timeMs }) => timeMs > 1000 * fromS).length).toBeGreaterThan(5);
  expectSameRecord(cwd, "killed", "whole");
});

it("a branch of it that was killed as well goes on to the bits of the run", async () => {
  const args = branch("killed", "killed-branch");
  const fromS = await completeDespiteKill("killed-branch", args, 20_000);
  expect(fromS).toBeGreaterThan(9.5);
  expectContinuation(cwd, "killed-branch", "whole", 9500);
});

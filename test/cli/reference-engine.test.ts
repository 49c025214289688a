import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isocortex } from "./command.ts";
import { expectContinuation, expectSameData, recordKilled, sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

/** Three seconds with every rule at work. */
const brief = [
  "baselineDurationS=1",
  "learningDurationS=1",
  "recallDurationS=1",
  "scalingStartMs=800",
  "plasticIncrementEE=0.01",
  "deletionStepCells=10",
  "deletionIntervalMs=700",
  "trialDurationMs=600",
  "samplingStartMs=500",
  "samplingIntervalMs=500",
]
  .flatMap((assignment) => ["--set", assignment])
  .concat("--record-potentials", "cells: [E6, I5L], every: 2 ms, from: 200 ms");

const run = (directory: string, ...more: string[]) => [
  "run",
  "deletion-with-scaling",
  ...brief,
  "--out",
  directory,
  "--quiet",
  ...more,
];
const byReference = ["--engine", "reference", "--checkpoint-every", "0.05"];

it("records what the compiled engine does, after a kill, too", async () => {
  expect(await isocortex(run("compiled"), { cwd })).toMatchObject({ code: 0, stderr: "" });
  await recordKilled(cwd, "reference", run("reference", ...byReference));
  expect(await isocortex(["resume", "reference", "--quiet"], { cwd })).toMatchObject({ code: 0 });
  expectSameData(cwd, "reference", "compiled");
  const manifest = JSON.parse(readFileSync(join(cwd, "reference/manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ engine: "reference", status: "complete" });
});

it("gives branches, which the compiled engine simulates", async () => {
  const potentials = ["--record-potentials", "cells: [E6, I5L], every: 2 ms, from: 1500 ms"];
  const args = ["branch", "reference@1.5", ...potentials, "--out", "branch", "--quiet"];
  expect(await isocortex(args, { cwd })).toMatchObject({ code: 0, stderr: "" });
  expectContinuation(cwd, "branch", "compiled", 1500);
});

it("takes one thread", async () => {
  const args = run("threads", ...byReference, "--threads", "2");
  const { code, stderr } = await isocortex(args, { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("leave out --threads");
});

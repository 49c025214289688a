import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import type { RunReader } from "../../src/recording/run-reader.ts";
import { openRun } from "../../src/runs/opening.ts";
import { isocortex } from "./command.ts";
import {
  expectContinuation,
  expectSameRecord,
  recordKilled,
  sharedFolder,
} from "./eventful-run.ts";

const cwd = sharedFolder();

/** Four columns that excite each other strongly; cells of all die, and those of one are disinhibited. */
const beginning = (directory: string) => [
  ...["run", "deletion-with-scaling", "--out", directory, "--quiet", "--threads", "1"],
  ...[
    ...["colW=2", "colH=2", "EEGainInterC=1", "EIGainInterC=0.02", "deletionColumns=all"],
    ...["sizeFactor=0.5", "baselineDurationS=0.5", "learningDurationS=1", "recallDurationS=1"],
    ...["scalingStartMs=500", "scalingBeta=4e-5", "plasticIncrementEE=0.01"],
    ...["deletionStepCells=3", "deletionIntervalMs=300", "trialDurationMs=700"],
    ...["samplingStartMs=100", "samplingIntervalMs=100"],
  ].flatMap((assignment) => ["--set", assignment]),
  ...["--add", "from 300 ms until 2 s: silence { cells: { of: I, column: 2 } }"],
];

let whole: RunReader;

beforeAll(async () => {
  expect(await isocortex(beginning("whole"), { cwd })).toMatchObject({ code: 0, stderr: "" });
  whole = openRun(join(cwd, "whole"));
});

/** The shortest delay between columns, ms: so long, all spikes to other columns are under way. */
const LEAST_DELAY_MS = 3;

/** Cells that have fired within that time before a moment. */
const firing = (timeMs: number) =>
  new Set(whole.spikes({ startMs: timeMs - LEAST_DELAY_MS, endMs: timeMs }).cells);

it("cells die while their spikes are on the way to other columns", () => {
  const deaths = whole
    .events()
    .flatMap((event) => (event.kind === "deletion" ? [event] : []))
    .flatMap(({ timeMs, cells }) => [...cells].filter((cell) => firing(timeMs).has(cell)));
  expect(new Set(deaths.map((cell) => Math.floor(cell / 235))).size).toBeGreaterThan(1);
});

it("a run of several columns that was killed goes on to the same bytes", async () => {
  await recordKilled(cwd, "killed", [...beginning("killed"), "--checkpoint-every", "0.05"]);
  const resumed = await isocortex(["resume", "killed", "--threads", "1"], { cwd });
  expect(resumed).toMatchObject({ code: 0 });
  expectSameRecord(cwd, "killed", "whole");
});

it("a branch of several columns goes on as its parent, on any number of threads", async () => {
  const branchMs = 1503;
  expect(firing(branchMs).size).toBeGreaterThan(10);
  for (const threads of ["1", "2", "3"]) {
    const out = ["--out", `branch-${threads}`, "--threads", threads, "--quiet"];
    const args = ["branch", `whole@${branchMs / 1000}`, ...out];
    expect(await isocortex(args, { cwd })).toMatchObject({ code: 0 });
    expectContinuation(cwd, `branch-${threads}`, "whole", branchMs);
  }
});

it("a branch of several columns is compared with its parent by column, and shows where it departs", async () => {
  const change = ["--add", "at 1.503 s: silence { cells: { of: I, column: 1 } }"];
  const branch = ["branch", "whole@1.503", ...change, "--out", "other", "--quiet"];
  expect(await isocortex(branch, { cwd })).toMatchObject({ code: 0 });
  const { stdout } = await isocortex(["compare", "whole", "other"], { cwd });
  // Rates and deviations of A, then of B.
  expect(stdout).toMatch(/^I5, column 1 +[1-9]\S* +\S+ +0 +0 /m);
  expect(stdout).toMatch(/^I5, column 0 +[1-9]\S* +\S+ +[1-9]/m);
  const plotted = await isocortex(["plot", "other", "divergence", "--against", "whole"], { cwd });
  expect(plotted).toMatchObject({ code: 0 });
  const csv = readFileSync(join(cwd, plotted.stdout.match(/\S+\.csv/)![0]), "utf8");
  const [, ...rows] = csv.trim().split("\n");
  const values = rows.map((row) => Number(row.split(",")[1])).filter(Number.isFinite);
  expect(Math.max(...values)).toBeGreaterThan(0.3);
});

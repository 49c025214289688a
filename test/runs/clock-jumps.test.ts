import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RoundRecord } from "../../src/executors/clusters/round-record.ts";
import { readRounds, roundFolder, writeRound } from "../../src/executors/clusters/rounds.ts";
import { program } from "../../src/host/package.ts";
import { timestamp } from "../../src/host/system-clock.ts";
import { readCheckpoint } from "../../src/recording/checkpoint.ts";
import { checkpointFiles } from "../../src/recording/checkpoint-files.ts";
import { examineRun } from "../../src/recording/recovery.ts";
import { openRun } from "../../src/runs/opening.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { collectStudy } from "../../src/study/collection.ts";
import { keepPlan, openStudy, type Study } from "../../src/study/folder.ts";
import { executeTask } from "../../src/study/task.ts";
import { readCompletion, readFailures, writeFailure } from "../../src/study/task-records.ts";
import { expectSameRecord } from "../cli/eventful-run.ts";
import { planTiny } from "../study/planning/tiny-sweep.ts";

const JUMPS = 50;
const LONGEST_JUMP_MS = 10 * 365 * 86_400_000;

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-clock-"));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(home, { recursive: true, force: true });
});

const plan = planTiny("preset: tiny\nvary: { scaling: [off, on] }", program);
const undisturbed = { onReport: () => {}, signal: new AbortController().signal };

/** A clock that is set forwards or back by up to ten years before every look; how often it was. */
function jumpingClock(seed: number): () => number {
  const now = Date.now;
  let [random, jumps] = [seed, 0];
  vi.spyOn(Date, "now").mockImplementation(() => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    jumps++;
    return now() + Math.round((2 * (random / 2 ** 32) - 1) * LONGEST_JUMP_MS);
  });
  return () => jumps;
}

async function executeAll(study: Study): Promise<void> {
  for (const { index } of study.plan.tasks) {
    await executeTask(study, index, undisturbed, { checkpointIntervalMs: 0 });
  }
}

/** Reads everything of a run as its readers do. */
function readBack(directory: string): void {
  const run = openRun(directory);
  expect(run.verify()).toEqual([]);
  expect(run.manifest.wallSeconds).toBeGreaterThanOrEqual(0);
  const store = new FolderStore(directory);
  const files = checkpointFiles(store);
  expect(files.length).toBeGreaterThan(0);
  for (const { path } of files) readCheckpoint(store, path);
  const { damage, damagedCheckpoints } = examineRun(store);
  expect({ damage, damagedCheckpoints }).toEqual({ damage: [], damagedCheckpoints: [] });
  for (const line of readFileSync(join(directory, "log.txt"), "utf8").trimEnd().split("\n")) {
    expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}\w/);
  }
}

const round: Omit<RoundRecord, "createdAt"> = {
  format: "isocortex jobs",
  formatVersion: 1,
  scheduler: "slurm",
  round: 1,
  planNumber: 1,
  rows: 1,
  program: ["isocortex"],
  options: { warningMs: 0, runsPerTask: 1, lines: [], prelude: [] },
  before: { complete: 0, simulatedMs: 0 },
  fruitlessRounds: 0,
  jobs: [],
};

it("whatever is written is read back, however the clock is set meanwhile", async () => {
  const still = keepPlan(join(home, "still"), plan);
  await executeAll(still);
  const jumps = jumpingClock(1);
  const study = keepPlan(join(home, "jumping"), plan);
  await executeAll(study);
  writeFailure(study, study.task(0), "planned");
  writeRound(roundFolder(study.directory, 1), { ...round, createdAt: timestamp() });
  expect(jumps()).toBeGreaterThanOrEqual(JUMPS);

  const opened = openStudy(study.directory);
  for (const task of opened.plan.tasks) {
    expect(readCompletion(opened, task)!.wallSeconds).toBeGreaterThanOrEqual(0);
    readBack(opened.runDirectory(task));
    expectSameRecord("", opened.runDirectory(task), still.runDirectory(task));
  }
  expect(readFailures(opened).size).toBe(1);
  expect(readRounds(opened.directory).records).toHaveLength(1);
  expect((await collectStudy(opened, { figures: false })).complete).toBe(2);
  expect(readdirSync(join(opened.directory, "results"))).toContain("runs.csv");
});

it.each([-1, 1])(
  "checkpoints go on when every look at the clock is a day on (%d)",
  async (days) => {
    const dateMs = Date.now();
    let looks = 0;
    vi.spyOn(Date, "now").mockImplementation(() => dateMs + days * 86_400_000 * looks++);
    const study = keepPlan(join(home, "run"), plan);
    const directory = study.runDirectory(study.task(0));
    await executeTask(study, 0, undisturbed, { checkpointIntervalMs: 1 });
    // Neither is the one of the branch's beginning.
    expect(checkpointFiles(new FolderStore(directory))).toHaveLength(2);
    readBack(directory);
  },
);

it("dates have years of four digits, whatever the clock says", () => {
  for (const ms of [-1e15, 8.64e15]) {
    vi.spyOn(Date, "now").mockReturnValue(ms);
    expect(timestamp()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
});

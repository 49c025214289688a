import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { program } from "../../src/host/package.ts";
import { Lease } from "../../src/store/lease.ts";
import { keepPlan, type Study } from "../../src/study/folder.ts";
import { studyStatus, type TaskState } from "../../src/study/status.ts";
import { executeTask } from "../../src/study/task.ts";
import { writeFailure } from "../../src/study/task-records.ts";
import { pendingTasks } from "../../src/study/work.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { planTiny } from "./planning/tiny-sweep.ts";

const home = sharedFolder();

const plan = planTiny("preset: tiny\nvary: { scaling: [off, on] }\nseeds: 3", program);

const observer = { onReport: () => {}, signal: new AbortController().signal };

let study: Study;

/** States of the tasks that there is something to tell of. */
const notable = (): Record<number, TaskState> =>
  Object.fromEntries(studyStatus(study).notable.map(({ task, state }) => [task.index, state]));

beforeAll(() => {
  study = keepPlan(join(home, "study"), plan);
});

describe("the status of a study", () => {
  it("is that nothing is begun, at first", () => {
    expect(plan.tasks.map(({ kind }) => kind).slice(0, 4)).toEqual([
      "baseline",
      "baseline",
      "baseline",
      "run",
    ]);
    expect(studyStatus(study)).toEqual({
      runs: { done: 0, running: 0, waiting: 6, failed: 0, damaged: 0 },
      baselines: { done: 0, running: 0, waiting: 3, failed: 0, damaged: 0 },
      notable: [],
    });
    const { baselines, runs } = pendingTasks(study);
    expect([baselines.length, runs.length]).toEqual([3, 6]);
  });

  it("counts what is complete, and tells how far others have come", async () => {
    await executeTask(study, 3, observer);
    const controller = new AbortController();
    const stopping = { onReport: () => {}, signal: controller.signal };
    // Stopped as soon as it has begun: its checkpoint is that of its beginning.
    const stopped = executeTask(study, 6, stopping);
    setImmediate(() => controller.abort());
    await stopped;
    const { runs, baselines } = studyStatus(study);
    expect(runs).toEqual({ done: 1, running: 0, waiting: 5, failed: 0, damaged: 0 });
    expect(baselines).toEqual({ done: 1, running: 0, waiting: 2, failed: 0, damaged: 0 });
    expect(pendingTasks(study).runs.map(({ index }) => index)).toEqual([4, 5, 6, 7, 8]);
    // The baseline of what is left is complete, that of others is not.
    expect(pendingTasks(study).baselines.map(({ index }) => index)).toEqual([1, 2]);
  });

  it("tells who is at work on what", async () => {
    const lease = await Lease.acquire(study.runDirectory(study.task(4)));
    try {
      expect(notable()[4]).toEqual({
        kind: "running",
        progress: { startMs: 250, simulatedMs: 250, endMs: 1000 },
        holder: { pid: process.pid, host: hostname() },
      });
      expect(studyStatus(study).runs.running).toBe(1);
    } finally {
      lease.release();
    }
    expect(notable()[4]).toBeUndefined();
  });

  it("tells what failed, and why, unless it is at work again or done", async () => {
    writeFailure(study, study.task(7), "no space left");
    writeFailure(study, study.task(3), "it was done before");
    expect(notable()[7]).toMatchObject({ kind: "failed", failure: { reason: "no space left" } });
    expect(notable()[3]).toBeUndefined();
    const lease = await Lease.acquire(study.runDirectory(study.task(7)));
    expect(notable()[7]).toMatchObject({ kind: "running" });
    lease.release();
    await executeTask(study, 7, observer);
    expect(notable()[7]).toBeUndefined();
    expect(studyStatus(study).runs).toMatchObject({ done: 2, failed: 0, damaged: 0 });
  });

  it("does not stumble over a run that is damaged", () => {
    const directory = study.runDirectory(study.task(5));
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "manifest.json"), '{"format": "isocortex run"');
    expect(notable()[5]).toBeUndefined();
    expect(studyStatus(study).runs.waiting).toBe(4);
  });
});

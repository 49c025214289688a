import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LocalExecutor } from "../../src/executors/local.ts";
import { program } from "../../src/host/package.ts";
import { keepPlan } from "../../src/study/folder.ts";
import { isComplete } from "../../src/study/task-records.ts";
import { pendingTasks, studyWork } from "../../src/study/work.ts";
import { temporaryFolder } from "../cli/command.ts";
import { planTiny } from "../study/planning/tiny-sweep.ts";

it("carries out baselines before their runs, and leaves out those of one that fails", async () => {
  const text = "preset: tiny\nvary: { scaling: [off, on] }\nseeds: 2";
  const study = keepPlan(temporaryFolder(), planTiny(text, program));
  const work = () => [studyWork({ study, pending: pendingTasks(study), memoryBytes: 1e8 })];
  // A file is where the first baseline's folder is to be.
  const folder = join(study.runDirectory(study.task(0)), "..");
  mkdirSync(join(folder, ".."), { recursive: true });
  writeFileSync(folder, "in the way");
  const log: string[] = [];
  const executor = new LocalExecutor(
    { workers: 2 },
    {
      onBegin: ({ index }) => log.push(`${index} begins`),
      onOutcome: ({ index }, { status }) => log.push(`${index} ${status}`),
    },
  );
  const { signal } = new AbortController();
  expect(await executor.execute(work(), signal)).toEqual({ kind: "done", complete: 3, failed: 3 });
  expect(log.slice(0, 2).sort()).toEqual(["0 begins", "1 begins"]);
  expect(log).toContain("0 failed");
  expect(log.filter((line) => line === "2 not begun" || line === "4 not begun")).toHaveLength(2);
  expect(log.indexOf("3 begins")).toBeGreaterThan(log.indexOf("1 complete"));
  rmSync(folder);
  expect(await executor.execute(work(), signal)).toEqual({ kind: "done", complete: 3, failed: 0 });
  expect(study.plan.tasks.every((task) => isComplete(study, task))).toBe(true);
  expect(await executor.execute(work(), signal)).toEqual({ kind: "done", complete: 0, failed: 0 });
});
